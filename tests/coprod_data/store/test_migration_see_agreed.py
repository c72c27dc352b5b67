"""The upgrade that says who agreed what will be seen of an action: up, down and up, with rows."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0094_see_agreed import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import a_person, a_promise
from tests.helpers.plans import under

pytestmark = pytest.mark.both_engines


def test_it_goes_down_and_up_and_keeps_each_action(database: Database):
    with Session(database.engine) as db:
        made = under(db, a_promise(db)[0], a_person(db, Role.MANAGER), title="A page for each move")
        made_id = made.id
        db.commit()
    before = guards(database)

    downgrade(database.engine, down_revision)
    columns = {one["name"] for one in sa.inspect(database.engine).get_columns("action")}
    assert "see_agreed_with_id" not in columns
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:
        kept = db.get_one(Action, made_id)
        assert (kept.title, kept.see_agreed_with_id) == ("A page for each move", None)
