"""The upgrade that says who waited for a place: up, down and up, with rows of each kind in it."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.training_places import book_place, give_place_back
from coprod_data.models import Booking
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0122_waited import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import somebody
from tests.helpers.training import a_course, a_date

pytestmark = pytest.mark.both_engines


def test_it_goes_down_and_up_and_finds_again_who_waits(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        worker = somebody(db, Role.YOUTH_VOICE)
        date_id = a_date(db, worker, a_course(db, worker, title="Ours", parents=True), places=1)
        people = [somebody(db, Role.MANAGER) for _ in range(4)]
        made = [book_place(db, one, date_id, person_id=one.id) for one in people]
        give_place_back(db, people[1], made[1])
        waited = [db.get_one(Booking, one).waited for one in made]
        db.commit()
    assert waited == [False, True, True, True]
    before = guards(database)

    downgrade(database.engine, down_revision)
    migrate(database.engine)

    assert is_current(database.engine)
    assert guards(database) == before
    with Session(database.engine) as db:  # who gave it back does not wait any more
        assert [db.get_one(Booking, one).waited for one in made] == [False, False, True, True]
