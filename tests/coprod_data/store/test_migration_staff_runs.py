"""The upgrade that indexes the words in texts of staff, up, down and up again with rows."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, StaffRun
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0031_staff_runs import down_revision, revision
from coprod_data.store.schema import downgrade, is_current, migrate
from coprod_data.store.staff_runs import texts_that_may_hold
from coprod_data.vocabulary.rewordings import TextPlace
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_person, a_promise, an_opportunity
from tests.helpers.quoting import QUOTE, THINKS
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_it_goes_down_and_up_and_finds_the_texts_that_were_there(database: Database):
    with Session(database.engine) as db:
        made = an_opportunity(db, a_promise(db)[0], a_person(db, Role.CHAIR), help_wanted=QUOTE)
        made_id = made.id
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    assert "staff_run" not in sa.inspect(database.engine).get_table_names()
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        assert db.get_one(Opportunity, made_id).help_wanted == QUOTE
        assert texts_that_may_hold(db, [THINKS]) == {(TextPlace.HELP_WANTED, made_id)}
        runs = len(db.scalars(sa.select(StaffRun)).all())
        assert runs > 0
    downgrade(database.engine, revision)  # six words in a row, of which there is one less
    with Session(database.engine) as db:
        assert len(db.scalars(sa.select(StaffRun)).all()) == runs - 1
    migrate(database.engine)
    with Session(database.engine) as db:
        assert texts_that_may_hold(db, [THINKS]) == {(TextPlace.HELP_WANTED, made_id)}


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_staff_runs.py").exists()
