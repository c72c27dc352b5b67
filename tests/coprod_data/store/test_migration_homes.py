"""The upgrade moves each action to the wording in force, where something there carries it on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import copy_promise, decide_home
from coprod_data.models import Action, CommitmentSuccessor, PromiseHome, PromiseVersion
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0034_homes import down_revision, revision
from coprod_data.store.schema import downgrade, migrate
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.promise import HomeKind
from tests.helpers.builders import NOW, a_person, a_promise, add, somebody
from tests.helpers.plans import under
from tests.helpers.source import ROOT
from tests.helpers.wordings import lines

pytestmark = pytest.mark.both_engines

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"


def test_actions_of_an_older_wording_move_and_nothing_else(database: Database):
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        owner = a_person(db, Role.MANAGER)
        first, second, third = (
            a_promise(db, adopted_at=NOW + timedelta(days=days)) for days in (0, 1, 2)
        )
        carried, lost, dropped, now = (
            under(db, theme, owner) for theme in (first[0], first[1], first[2], third[2])
        )
        dropped.stage = Stage.DROPPED
        db.flush()
        old, middle, newest = (lines(db, theme[0].version_id) for theme in (first, second, third))
        for earlier, later in (
            (old[0], middle[0]), (middle[0], newest[1]), (middle[0], newest[2]),
            (old[2], newest[2]),
        ):  # fmt: skip
            add(db, CommitmentSuccessor(earlier_id=earlier.id, later_id=later.id))
        db.info["gathered"] = []
        db.commit()
        expected = {
            carried.id: newest[1].id, lost.id: old[1].id, dropped.id: old[2].id,
            now.id: newest[2].id,
        }  # fmt: skip

    for _ in range(2):
        downgrade(database.engine, down_revision)
        assert not sa.inspect(database.engine).has_table("promise_home")
        migrate(database.engine)

    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        found = dict(db.execute(sa.select(Action.id, Action.commitment_id)).all())
        assert found == expected
        assert set(db.scalars(sa.select(PromiseVersion.written_with))) == {""}
        # What nothing carries on is asked for with the next wording.
        chair = somebody(db, Role.CHAIR)
        draft = copy_promise(db, chair, title="Next")
        decide_home(db, chair, draft, lost.id, kind=HomeKind.DROP, reason="Nothing carries it on.")
        adopt_promise(db, chair, draft, adopted_by="The Board")
        db.commit()
    downgrade(database.engine, down_revision)
    migrate(database.engine)
    with Session(database.engine) as db:
        assert db.scalars(sa.select(PromiseHome.id)).all() == []
        assert db.get_one(Action, lost.id).stage is Stage.DROPPED


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_homes.py").exists()
