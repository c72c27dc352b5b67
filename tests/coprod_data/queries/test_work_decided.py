"""A change put to the chair waits for the chair, and its proposer reads what the chair decides."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import add_milestone, approve_action, update_action
from coprod_data.commands.actions_changes import decide_change, propose_change, take_back_change
from coprod_data.commands.actions_stopping import drop_action
from coprod_data.commands.actions_undo import correct_update, undo_last_step
from coprod_data.models import Action, ActionUpdate, Person
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_detail import changes_of
from coprod_data.queries.events_of import history_of_action, undoable
from coprod_data.queries.work import number_of_turns, turns, turns_of_others
from coprod_data.queries.work_decided import decided_lately
from coprod_data.vocabulary.actions import Listed, Stage
from coprod_data.vocabulary.work import Decided, WorkKind
from tests.helpers.builders import (
    TODAY,
    a_commitment,
    a_promise,
    a_service,
    an_action,
    days_ago,
    somebody,
)


@pytest.fixture
def priya(db: Session) -> Actor:
    return somebody(db, Role.MANAGER, name="Priya Nair")


@pytest.fixture
def chair(db: Session) -> Actor:
    return somebody(db, Role.CHAIR, name="Cllr Martin Ashby")


def an_owned(db: Session, owner: Actor, **fields: Any) -> Action:
    commitment = a_commitment(db, a_promise(db, adopted_at=days_ago(300))[0])
    return an_action(db, commitment, db.get_one(Person, owner.id), a_service(db), **fields)


def asked(db: Session, actor: Actor, action: Action) -> int:
    return propose_change(
        db, actor, action.id,
        commitment_id=action.commitment_id, title=action.title, will_see=action.will_see,
        due_on=TODAY + timedelta(days=90), reason="Carers were trained late.",
    )  # fmt: skip


def later(actor: Actor, **by: float) -> Actor:
    at = actor.at + timedelta(**by)
    return replace(actor, at=at, recorded_at=at)


def test_a_change_waits_for_the_chair_until_it_is_answered_or_taken_back(
    db: Session, priya: Actor, chair: Actor
):
    action = an_owned(db, priya, stage=Stage.ON_HOLD)
    change = asked(db, priya, action)

    [row] = turns(db, chair)
    assert (row.kind, row.about, row.who) == (WorkKind.CHANGE, action.id, "Priya Nair")
    assert (row.note, number_of_turns(db, chair)) == ("Carers were trained late.", 1)
    assert [one.kind for one in turns_of_others(db, priya)] == [WorkKind.WAITS_CHANGE]
    with pytest.raises(NotAllowed, match="Somebody else proposed"):
        take_back_change(db, somebody(db, Role.YOUTH_VOICE), change)

    take_back_change(db, priya, change)
    assert turns(db, chair) == [] == turns_of_others(db, priya)
    [told] = changes_of(db, priya, action.id)
    assert (told.waits, told.agreed) == (False, None)
    with pytest.raises(Refused, match="decided already"):
        decide_change(db, chair, change, agreed=True)
    assert decided_lately(db, priya) == []

    decide_change(db, chair, asked(db, priya, action), agreed=False, answer="Not before June.")
    assert turns(db, chair) == []
    [told] = decided_lately(db, priya)
    assert (told.decided, told.by, told.why) == (
        Decided.CHANGE_REFUSED, "Cllr Martin Ashby", "Not before June.",
    )  # fmt: skip
    assert history_of_action(db, priya, action.id)[0].reason == "Not before June."
    assert decided_lately(db, later(priya, days=15)) == []


def test_what_is_turned_down_or_dropped_is_told_listed_corrected_and_undone(
    db: Session, priya: Actor, chair: Actor
):
    worker = somebody(db, Role.YOUTH_VOICE)
    proposed = an_owned(db, priya, stage=Stage.PROPOSED, title="Buses on Sunday")
    agreed = an_owned(db, priya, title="Heaters", approved_at=days_ago(30))
    asked(db, worker, agreed)
    drop_action(db, chair, proposed.id, reason="It costs too mcuh.")
    drop_action(db, later(chair, minutes=1), agreed.id, reason="The law changed.")

    assert turns(db, chair) == []  # nothing is left to decide about a dropped action
    assert [(row.title, row.decided, row.why) for row in decided_lately(db, priya)] == [
        ("Heaters", Decided.DROPPED, "The law changed."),
        ("Buses on Sunday", Decided.TURNED_DOWN, "It costs too mcuh."),
    ]
    assert [(row.id, row.turned_down) for row in action_plan(db, priya, which=Listed.DROPPED)] == [
        (agreed.id, False), (proposed.id, True),
    ]  # fmt: skip

    why = db.scalars(sa.select(ActionUpdate.id).where(ActionUpdate.action_id == proposed.id)).one()
    correct_update(db, chair, why, text="It costs too much.", reason="A slip of the pen.")
    assert decided_lately(db, priya)[-1].why == "It costs too much."

    undo_last_step(db, later(chair, minutes=9), agreed.id)
    assert agreed.stage is not Stage.DROPPED
    assert [row.title for row in decided_lately(db, priya)] == ["Buses on Sunday"]


def test_an_approval_is_told_to_who_proposed_it(db: Session, priya: Actor, chair: Actor):
    approve_action(db, chair, an_owned(db, priya, stage=Stage.PROPOSED).id)

    [told] = decided_lately(db, priya)
    assert (told.decided, told.by) == (Decided.APPROVED, "Cllr Martin Ashby")


def test_an_unrelated_step_ends_no_undo_and_one_undone_opens_the_one_before(
    db: Session, priya: Actor
):
    action = an_owned(db, priya, stage=Stage.ON_HOLD)
    update_action(db, priya, action.id, stage=Stage.ON_HOLD, rag=None, text="No vans.")
    update = undoable(db, priya, action.id).id
    add_milestone(db, somebody(db, Role.YOUTH_VOICE), action.id, title="A list of every flat")
    assert undoable(db, priya, action.id).id == update

    add_milestone(db, priya, action.id, title="A lits of every flat")
    assert undoable(db, priya, action.id).did == "added a milestone"
    undo_last_step(db, priya, action.id)
    assert undoable(db, priya, action.id).id == update
    undo_last_step(db, priya, action.id)
    assert db.scalars(sa.select(ActionUpdate)).all() == []
    assert undoable(db, priya, action.id) is None
