"""The upgrade works out again when each action last moved, without what was only an approval."""

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import (
    add_milestone,
    approve_action,
    meet_milestone,
    propose_action,
    update_action,
)
from coprod_data.commands.actions_stopping import drop_action
from coprod_data.models import Action, PromiseCommitment, Service
from coprod_data.permissions import Actor, Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0011_owners import down_revision, revision
from coprod_data.store.schema import downgrade, migrate
from coprod_data.vocabulary.actions import Rag, Stage, WorkedOnBy
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_promise,
    a_service,
    acting,
    an_action,
    days_ago,
    unrecorded,
)
from tests.helpers.source import ROOT

pytestmark = pytest.mark.both_engines

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"
PROPOSED, APPROVED, MOVED = days_ago(40), days_ago(30), days_ago(20)


def old_council(database: Database) -> dict[str, tuple[int, datetime]]:
    """Actions as an older release left them: an approval set `moved_at`. Each with what is true."""
    with Session(database.engine) as db:
        db.info["keys"] = database.keys
        owner, chair = a_person(db, Role.MANAGER), a_person(db, Role.CHAIR)
        commitment, service = a_commitment(db, a_promise(db)[0]), a_service(db)

        def at(moment: datetime, person: Any = owner, role: Role = Role.MANAGER) -> Actor:
            return acting(person, role, at=moment)

        ids = {
            name: _approved(db, at(PROPOSED), at(APPROVED, chair, Role.CHAIR), commitment, service)
            for name in ("agreed", "started", "met", "dropped")
        }
        ids["proposed"] = _proposed(db, at(PROPOSED), commitment, service)
        update_action(
            db, at(MOVED), ids["started"], stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Started."
        )
        update_action(
            db, at(NOW), ids["started"], stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Words only."
        )
        step = add_milestone(db, at(APPROVED), ids["met"], title="A list of every flat")
        meet_milestone(db, at(MOVED), step, evidence="The housing log.", met_on=MOVED.date())
        drop_action(db, at(MOVED, chair, Role.CHAIR), ids["dropped"], reason="Done elsewhere.")
        unlogged = an_action(db, commitment, owner, service, stage=Stage.DONE, moved_at=MOVED)
        with unrecorded(db):
            db.execute(
                sa.update(Action)
                .where(Action.id.in_((ids["agreed"], ids["started"], ids["met"])))
                .values(moved_at=APPROVED)
            )
        db.commit()
        true = {
            "agreed": PROPOSED, "proposed": PROPOSED, "started": MOVED, "met": MOVED,
            "dropped": MOVED,
        }  # fmt: skip
        return {name: (ids[name], moment) for name, moment in true.items()} | {
            "done without evidence": (unlogged.id, MOVED)
        }


def _proposed(db: Session, owner: Actor, commitment: PromiseCommitment, service: Service) -> int:
    return propose_action(
        db, owner, commitment_id=commitment.id, title="Check every heater", will_see="Warm rooms.",
        owner_id=owner.id, service_id=service.id, worked_on_by=WorkedOnBy.JOINTLY,
    )  # fmt: skip


def _approved(
    db: Session, owner: Actor, chair: Actor, commitment: PromiseCommitment, service: Service
) -> int:
    action_id = _proposed(db, owner, commitment, service)
    approve_action(db, chair, action_id)
    return action_id


def moved(database: Database) -> dict[int, datetime]:
    with Session(database.engine) as db:
        return {row.id: row.moved_at for row in db.execute(sa.select(Action.id, Action.moved_at))}


def test_what_moved_is_worked_out_again(database: Database):
    true = old_council(database)
    downgrade(database.engine, down_revision)

    migrate(database.engine)

    found = moved(database)
    assert {name: found[id_] for name, (id_, _) in true.items()} == {
        name: moment for name, (_, moment) in true.items()
    }
    with Session(database.engine) as db:
        stage = db.get_one(Action, true["done without evidence"][0]).stage
    assert stage is Stage.DONE


def test_taken_down_an_approval_reads_as_movement_again(database: Database):
    true = old_council(database)
    downgrade(database.engine, down_revision)
    migrate(database.engine)

    downgrade(database.engine, down_revision)

    found = moved(database)
    assert found[true["agreed"][0]] == APPROVED
    assert found[true["proposed"][0]] == PROPOSED
    assert found[true["started"][0]] == MOVED


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_owners.py").exists()
