"""An action is put on hold, dropped or taken up again by a decision, with a reason people read."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import add_milestone, meet_milestone, update_action
from coprod_data.commands.actions_changes import decide_change
from coprod_data.commands.actions_stopping import (
    hold_action,
    propose_stage,
    take_up_action,
)
from coprod_data.commands.actions_undo import undo_last_step
from coprod_data.models import Action, Event, OpportunitySource, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.actions import action as read
from coprod_data.queries.actions_detail import changes_of, milestones_of
from coprod_data.queries.actions_listed import actions_counted
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.actions_views import actions_stopped
from coprod_data.queries.work import turns
from coprod_data.queries.work_decided import decided_lately
from coprod_data.vocabulary.actions import CommitmentState, Listed, MilestoneState, Rag, Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.work import Decided
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
)
from tests.helpers.plans import owned

WHY = "The supplier has gone bust."


def later(actor: Actor, **by: float) -> Actor:
    at = actor.at + timedelta(**by)
    return replace(actor, at=at, recorded_at=at)


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    """A late, red action that has not moved for 70 days, with a late milestone."""
    action = owned(
        db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.RED, rag_reason="Two more vans.",
        due_on=TODAY - timedelta(days=30), moved_at=days_ago(70), approved_at=days_ago(80),
    )  # fmt: skip
    add_milestone(db, owner, action.id, title="A list", due_on=TODAY - timedelta(days=40))
    return action


def test_no_clock_runs_on_hold_and_it_is_neither_late_nor_red_nor_green(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    before = actions_counted(db, chair)
    assert (before[Listed.LATE], before[Listed.STUCK]) == (1, 1)

    hold_action(db, chair, action.id, reason=WHY)

    far = later(chair, days=100)
    row = read(db, far, action.id)
    assert (row.stage, row.rag, row.rag_reason) == (Stage.ON_HOLD, None, "")
    assert (row.past_due, row.due_in, row.drift, row.tier, row.gap) == (False, None, 0, 0, None)
    assert milestones_of(db, far, action.id)[0].state is MilestoneState.TO_COME
    numbers = actions_counted(db, far)
    assert [numbers[one] for one in (Listed.LATE, Listed.STUCK, Listed.ON_HOLD)] == [0, 0, 1]
    [kept] = progress_by_theme(db, far)[0].commitments
    assert (kept.state, kept.staff_view) == (CommitmentState.ON_HOLD, None)
    assert (kept.late, kept.late_steps, kept.drift) == (0, 0, 0)
    assert turns(db, later(owner, days=100)) == []

    take_up_action(db, far, action.id, reason="There is another supplier.")

    assert (action.stage, action.rag, action.held_at) == (Stage.IN_PROGRESS, None, None)
    row = read(db, far, action.id)
    assert (row.past_due, row.drift) == (True, 0)
    kinds = db.scalars(sa.select(Event.kind).order_by(Event.id)).all()
    assert kinds[-2:] == [EventKind.ACTION_HELD, EventKind.ACTION_TAKEN_UP]


def test_one_that_was_not_started_is_not_started_when_it_is_taken_up_again(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    action = owned(db, commitment, owner)
    hold_action(db, chair, action.id, reason=WHY)

    take_up_action(db, chair, action.id, reason="There is money.")

    assert action.stage is Stage.AGREED


@pytest.mark.parametrize("stage", [one for one in Stage if not one.owed])
def test_only_what_is_owed_is_held_and_only_what_is_held_is_taken_up(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor, stage: Stage
):
    action = owned(db, commitment, owner, stage=stage)

    with pytest.raises(Refused):
        hold_action(db, chair, action.id, reason=WHY)
    if stage is not Stage.ON_HOLD:
        with pytest.raises(Refused):
            take_up_action(db, chair, action.id, reason=WHY)
    assert action.stage is stage


def test_the_chair_decides_with_a_reason_and_its_owner_only_proposes(
    db: Session, action: Action, owner: Actor, chair: Actor
):
    for role in Role:
        if role is not Role.CHAIR:
            with pytest.raises(NotAllowed):
                hold_action(db, somebody(db, role), action.id, reason=WHY)
    with pytest.raises(Invalid):
        hold_action(db, chair, action.id, reason="  ")
    with pytest.raises(Refused, match="Propose it to the chair"):
        update_action(db, owner, action.id, stage=Stage.ON_HOLD, rag=None, text=WHY)
    with pytest.raises(NotAllowed, match="another service"):
        propose_stage(
            db, somebody(db, Role.MANAGER), action.id, stage=Stage.ON_HOLD, reason=WHY
        )  # fmt: skip

    change = propose_stage(db, owner, action.id, stage=Stage.ON_HOLD, reason=WHY)

    assert action.stage is Stage.IN_PROGRESS
    assert [row.about for row in turns(db, chair)] == [action.id]
    [asked] = changes_of(db, chair, action.id)
    assert (asked.stage, asked.reason) == (Stage.ON_HOLD, WHY)
    with pytest.raises(Refused, match="waiting for your decision"):
        hold_action(db, chair, action.id, reason=WHY)

    decide_change(db, chair, change, agreed=True)

    assert action.stage is Stage.ON_HOLD
    assert [(row.decided, row.why) for row in decided_lately(db, owner)] == [
        (Decided.CHANGE_AGREED, "")
    ]
    with pytest.raises(Refused, match="until the chair takes it up again"):
        update_action(db, owner, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="On.")

    undo_last_step(db, later(chair, minutes=2), action.id)

    assert (action.stage, action.rag) == (Stage.IN_PROGRESS, Rag.RED)
    assert (action.held_at, action.held_from, action.moved_at) == (None, None, days_ago(70))
    assert changes_of(db, chair, action.id)[0].waits


def test_the_young_people_whose_card_it_came_from_read_why_whatever_is_written_since(
    db: Session, theme: PromiseTheme, action: Action, owner: Actor, chair: Actor
):
    entry = an_entry(db, a_report_card(db, theme))
    work = an_opportunity(db, theme, somebody(db, Role.YOUTH_VOICE))
    add(db, OpportunitySource(opportunity_id=work.id, entry_id=entry.id))
    action.opportunity_id = work.id
    db.flush()
    db.info["gathered"] = []
    hold_action(db, chair, action.id, reason=WHY)
    assert [(row.decided, row.why) for row in decided_lately(db, owner)] == [(Decided.HELD, WHY)]
    step = milestones_of(db, owner, action.id)[0].id
    evening = later(owner, hours=1)
    update_action(db, evening, action.id, stage=Stage.ON_HOLD, rag=None, text="Two bids came.")
    meet_milestone(db, evening, step, evidence="The log of visits.", met_on=NOW.date())

    [stopped] = actions_stopped(db, holding_the_code(entry))

    assert (stopped.dropped, stopped.why) == (False, WHY)
