"""The upgrade for the library: up, down and up, with rows."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.library import keep_file, publish_item, relate_items
from coprod_data.models import LibraryFile, LibraryItem, LibraryTie, Person
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0120_library import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.vocabulary.library import LibraryFormat
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import somebody
from tests.helpers.library import PDF, an_item

pytestmark = pytest.mark.both_engines
NEW = (LibraryItem, LibraryFile, LibraryTie)


def test_it_goes_down_and_up_and_keeps_what_was_there_before(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        team = somebody(db, Role.YOUTH_VOICE)
        one, two = an_item(db, team), an_item(db, team, title="Another")
        keep_file(db, team, one, form=LibraryFormat.EASY_READ, file=PDF, ending="pdf")
        relate_items(db, team, one, others={two})
        publish_item(db, team, one)
        db.commit()
        people = db.scalar(sa.select(sa.func.count(Person.id)))
    before = guards(database)

    downgrade(database.engine, down_revision)
    there = set(sa.inspect(database.engine).get_table_names())
    assert not {one.__tablename__ for one in NEW} & there
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        assert [db.scalar(sa.select(sa.func.count()).select_from(one)) for one in NEW] == [0, 0, 0]
        assert db.scalar(sa.select(sa.func.count(Person.id))) == people
