"""One's own last step on an action is undone for ten minutes, and corrected afterwards."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import (
    add_milestone,
    approve_action,
    meet_milestone,
    update_action,
)
from coprod_data.commands.actions_undo import (
    correct_milestone,
    correct_update,
    undo_last_step,
)
from coprod_data.models import (
    Action,
    ActionUpdate,
    Event,
    EventText,
    Milestone,
    OutcomeAction,
    Person,
    PromiseCommitment,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.actions_detail import updates_of
from coprod_data.queries.events_of import undoable
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_promise,
    add,
    an_opportunity,
    an_outcome,
    days_ago,
    somebody,
)
from tests.helpers.plans import owned, shown


def minutes(actor: Actor, count: float) -> Actor:
    """The same person, later."""
    at = NOW + timedelta(minutes=count)
    return replace(actor, at=at, recorded_at=at)


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    """An action that its owner set to amber an hour ago."""
    action = owned(db, commitment, owner)
    update_action(
        db, minutes(owner, -60), action.id,
        stage=Stage.IN_PROGRESS, rag=Rag.AMBER, rag_reason="Two more vans.", text="Started.",
    )  # fmt: skip
    return action


def state(action: Action) -> tuple[Any, ...]:
    return action.stage, action.rag, action.rag_reason, action.moved_at


def kinds(db: Session) -> list[EventKind]:
    return list(db.scalars(sa.select(Event.kind).order_by(Event.id)))


def test_an_update_is_undone_with_stage_colour_reason_and_movement(
    db: Session, action: Action, owner: Actor
):
    before = state(action)
    shown(db, action)
    update_action(db, owner, action.id, stage=Stage.DONE, rag=None, text="No vans at all.")
    assert state(action) != before
    assert undoable(db, minutes(owner, 9), action.id).until == NOW + timedelta(minutes=10)

    undo_last_step(db, minutes(owner, 9), action.id)

    assert state(action) == before
    assert [row.text for row in updates_of(db, owner, action.id)] == ["Started."]
    assert kinds(db)[-2:] == [EventKind.ACTION_MOVED, EventKind.ACTION_UNDONE]
    texts = db.scalars(sa.select(EventText.text)).all()
    assert "No vans at all." not in texts
    assert "Started." in texts
    with pytest.raises(Refused, match="nothing here"):
        undo_last_step(db, minutes(owner, 9), action.id)


def test_only_the_step_that_the_page_named_is_undone(db: Session, action: Action, owner: Actor):
    shown(db, action)
    update_action(db, owner, action.id, stage=Stage.DONE, rag=None, text="No vans at all.")
    seen = undoable(db, owner, action.id).id
    step = add_milestone(db, minutes(owner, -30), action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)

    with pytest.raises(Refused, match="Something else was done since then"):
        undo_last_step(db, owner, action.id, shown=seen)
    assert db.get_one(Milestone, step).met_on == TODAY

    undo_last_step(db, owner, action.id, shown=undoable(db, owner, action.id).id)
    assert db.get_one(Milestone, step).met_on is None


def test_a_milestone_is_not_met_again(db: Session, action: Action, owner: Actor):
    moved = action.moved_at
    step = add_milestone(db, minutes(owner, -30), action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)

    undo_last_step(db, owner, action.id)

    milestone = db.get_one(Milestone, step)
    assert (milestone.met_on, milestone.evidence, milestone.met_by_id) == (None, "", None)
    assert action.moved_at == moved


def test_an_approval_is_undone(db: Session, commitment: PromiseCommitment, owner: Actor):
    chair = somebody(db, Role.CHAIR)
    action = owned(db, commitment, owner, stage=Stage.PROPOSED)
    approve_action(db, chair, action.id)

    undo_last_step(db, minutes(chair, 1), action.id)

    assert (action.stage, action.approved_at, action.approved_by_id) == (
        Stage.PROPOSED, None, None,
    )  # fmt: skip


def test_after_ten_minutes_it_is_not(db: Session, action: Action, owner: Actor):
    shown(db, action)
    update_action(db, owner, action.id, stage=Stage.DONE, rag=None, text="No vans.")

    with pytest.raises(Refused, match="ten minutes have passed"):
        undo_last_step(db, minutes(owner, 10), action.id)

    assert undoable(db, minutes(owner, 10), action.id) is None
    assert action.stage is Stage.DONE


def test_nobody_undoes_what_somebody_else_did(db: Session, action: Action, owner: Actor):
    worker = somebody(db, Role.YOUTH_VOICE)
    shown(db, action)
    update_action(db, owner, action.id, stage=Stage.DONE, rag=None, text="No vans.")

    with pytest.raises(NotAllowed, match="Somebody else"):
        undo_last_step(db, worker, action.id)
    assert undoable(db, worker, action.id) is None
    with pytest.raises(NotAllowed):
        undo_last_step(db, somebody(db, Role.BOARD_MEMBER), action.id)
    with pytest.raises(NotFound):
        undo_last_step(db, owner, 4711)


def test_once_something_rests_on_it_it_is_refused(db: Session, action: Action, owner: Actor):
    worker = somebody(db, Role.YOUTH_VOICE)
    step = add_milestone(db, minutes(owner, -30), action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)
    update_action(
        db, worker, action.id, stage=action.stage, rag=action.rag, text="Young people saw it."
    )
    with pytest.raises(NotAllowed, match="Somebody else"):
        undo_last_step(db, owner, action.id)


def test_an_outcome_that_names_it_keeps_it(db: Session, action: Action, owner: Actor):
    step = add_milestone(db, minutes(owner, -30), action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)
    person = db.get_one(Person, owner.id)
    work = an_opportunity(db, a_promise(db, adopted_at=days_ago(300))[0], person)
    outcome = an_outcome(db, work, person, proposed_at=NOW + timedelta(minutes=1))
    add(db, OutcomeAction(outcome_id=outcome.id, action_id=action.id))

    with pytest.raises(Refused, match="outcome rests on this"):
        undo_last_step(db, minutes(owner, 2), action.id)

    assert undoable(db, minutes(owner, 2), action.id) is None
    assert db.get_one(Milestone, step).met_on == TODAY


# Correcting


def test_own_words_are_corrected_with_a_reason(db: Session, action: Action, owner: Actor):
    [update] = updates_of(db, owner, action.id)
    with pytest.raises(Invalid) as refused:
        correct_update(db, owner, update.id, text="Started on Monday.", reason=" ")
    assert refused.value.field == "reason"

    correct_update(db, owner, update.id, text="Started on Monday.", reason="Wrong day.")

    [row] = updates_of(db, owner, action.id)
    assert (row.text, row.corrected, row.own) == ("Started on Monday.", "Wrong day.", True)
    assert kinds(db)[-1] is EventKind.UPDATE_CORRECTED
    with pytest.raises(NotAllowed, match="Somebody else wrote"):
        correct_update(db, somebody(db, Role.YOUTH_VOICE), update.id, text="Mine.", reason="Mine.")


def test_a_milestone_is_corrected_with_a_reason(db: Session, action: Action, owner: Actor):
    step = shown(db, action)
    said = {"evidence": "The log, page 2.", "reason": "Wrong page."}

    correct_milestone(db, owner, step.id, met_on=TODAY - timedelta(days=2), **said)

    assert (step.met_on, step.evidence) == (TODAY - timedelta(days=2), "The log, page 2.")
    assert step.corrected == "Wrong page."
    with pytest.raises(Invalid):
        correct_milestone(db, owner, step.id, met_on=TODAY + timedelta(days=1), **said)
    with pytest.raises(NotAllowed):
        correct_milestone(db, somebody(db, Role.MANAGER), step.id, met_on=TODAY, **said)


def test_one_that_was_not_met_after_all_moves_the_action_back(
    db: Session, action: Action, owner: Actor
):
    moved = action.moved_at
    step = add_milestone(db, owner, action.id, title="A list of every flat")
    meet_milestone(db, owner, step, evidence="The log of visits.", met_on=TODAY)

    correct_milestone(
        db, minutes(owner, 60), step, evidence="", met_on=None, reason="It was the draft."
    )

    assert (db.get_one(Milestone, step).met_on, action.moved_at) == (None, moved)
    with pytest.raises(Refused, match="not met yet"):
        correct_milestone(db, owner, step, evidence="", met_on=None, reason="Again.")


def test_the_only_evidence_of_what_is_done_stays(db: Session, action: Action, owner: Actor):
    step = shown(db, action)
    update_action(db, owner, action.id, stage=Stage.DONE, rag=None, text="Done.")

    with pytest.raises(Refused, match="only this milestone shows it"):
        correct_milestone(db, owner, step.id, evidence="", met_on=None, reason="No.")

    shown(db, action)
    correct_milestone(db, owner, step.id, evidence="", met_on=None, reason="Wrong one.")
    assert (step.met_on, action.stage) == (None, Stage.DONE)
    assert db.scalar(sa.select(sa.func.count(ActionUpdate.id))) == 2
