"""The action plan: who proposes, approves and drops, and how a milestone is met."""

from dataclasses import replace
from datetime import date, timedelta
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
from coprod_data.commands.actions_undo import correct_milestone
from coprod_data.models import (
    Action,
    ActionUpdate,
    Event,
    Milestone,
    PromiseCommitment,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.actions import Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import NOW, TODAY, a_person, a_promise, a_service, days_ago, somebody
from tests.helpers.plans import owned


def propose(db: Session, actor: Actor, commitment: PromiseCommitment, **fields: Any) -> Action:
    said: dict[str, Any] = {
        "commitment_id": commitment.id, "title": "Check every heater", "will_see": "Warm rooms.",
        "owner_id": actor.id, "worked_on_by": WorkedOnBy.JOINTLY,
    }  # fmt: skip
    if "service_id" not in fields:
        fields["service_id"] = a_service(db).id
    return db.get_one(Action, propose_action(db, actor, **{**said, **fields}))


# Proposing and approving


def test_a_manager_proposes_and_the_chair_approves(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    earlier = replace(owner, at=days_ago(3))
    action = propose(db, earlier, commitment, due_on=TODAY + timedelta(days=30))
    assert (action.stage, action.rag, action.approved_at) == (Stage.PROPOSED, None, None)

    approve_action(db, chair, action.id)

    assert (action.stage, action.approved_by_id) == (Stage.AGREED, chair.id)
    assert action.moved_at == action.proposed_at < chair.at
    kinds = db.scalars(sa.select(Event.kind).where(Event.subject_type == "action")).all()
    assert kinds == [EventKind.ACTION_PROPOSED, EventKind.ACTION_APPROVED]


def test_nobody_approves_their_own_proposal(db: Session, commitment: PromiseCommitment):
    both = somebody(db, Role.CHAIR, Role.MANAGER)
    action = propose(db, both, commitment)

    with pytest.raises(NotAllowed, match="somebody else"):
        approve_action(db, both, action.id)

    assert action.stage is Stage.PROPOSED


@pytest.mark.parametrize(
    "role", [r for r in Role if r is not Role.CHAIR], ids=lambda role: role.value
)
def test_only_the_chair_approves_and_drops(
    db: Session, commitment: PromiseCommitment, owner: Actor, role: Role
):
    action = propose(db, owner, commitment)
    other = somebody(db, role)

    with pytest.raises(NotAllowed):
        approve_action(db, other, action.id)
    with pytest.raises(NotAllowed):
        drop_action(db, other, action.id, reason="No money.")


def test_an_action_is_approved_once(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    action = propose(db, owner, commitment)
    approve_action(db, chair, action.id)

    with pytest.raises(Refused, match="no longer waiting"):
        approve_action(db, chair, action.id)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"will_see": ""}, "will_see"),
        ({"commitment_id": 99}, "commitment"),
        ({"owner_id": 99}, "owner"),
        ({"service_id": 99}, "service"),
        ({"together_with_id": 99}, "together_with"),
        ({"opportunity_id": 99}, "opportunity"),
        ({"starts_on": TODAY, "due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_wording": "w" * 121}, "due_wording"),
    ],
)
def test_a_proposal_that_does_not_hold_is_refused_at_its_field(
    db: Session, commitment: PromiseCommitment, owner: Actor, fields: dict[str, Any], field: str
):
    with pytest.raises(Invalid) as refused:
        propose(db, owner, commitment, **fields)

    assert refused.value.field == field


def test_nothing_is_proposed_under_an_earlier_wording(db: Session, owner: Actor):
    [old, *_] = a_promise(db, adopted_at=days_ago(400))
    a_promise(db, adopted_at=days_ago(10))
    earlier = db.scalars(
        sa.select(PromiseCommitment).where(PromiseCommitment.theme_id == old.id)
    ).one()

    with pytest.raises(Invalid, match="in force"):
        propose(db, owner, earlier)


def test_an_owner_whose_account_is_closed_takes_no_action(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    gone = a_person(db, Role.MANAGER, disabled_at=days_ago(1))

    with pytest.raises(Invalid) as refused:
        propose(db, owner, commitment, owner_id=gone.id)

    assert refused.value.field == "owner"


def test_the_chair_drops_with_a_reason_that_stays(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    action = owned(
        db, commitment, owner, stage=Stage.IN_PROGRESS, rag=Rag.RED, rag_reason="Ask again."
    )

    with pytest.raises(Invalid):
        drop_action(db, chair, action.id, reason=" ")
    drop_action(db, chair, action.id, reason="The scheme closed.")

    assert (action.stage, action.rag) == (Stage.DROPPED, None)
    assert db.scalars(sa.select(ActionUpdate.text)).all() == ["The scheme closed."]
    with pytest.raises(Refused, match="was dropped"):
        drop_action(db, chair, action.id, reason="Again.")


def test_what_both_sides_signed_is_not_dropped(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    action = owned(db, commitment, owner, stage=Stage.VERIFIED)

    with pytest.raises(Refused, match="cannot be changed"):
        drop_action(db, chair, action.id, reason="No money.")


# Milestones


def test_a_milestone_is_met_by_its_evidence_and_moves_the_action(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = owned(db, commitment, owner)
    milestone_id = add_milestone(db, owner, action.id, title="All visited", due_on=TODAY)

    with pytest.raises(Invalid) as refused:
        meet_milestone(db, owner, milestone_id, evidence=" ", met_on=TODAY)
    meet_milestone(db, owner, milestone_id, evidence="The visit log.", met_on=TODAY)

    milestone = db.get_one(Milestone, milestone_id)
    assert refused.value.field == "evidence"
    assert (milestone.met_on, milestone.evidence) == (TODAY, "The visit log.")
    assert (milestone.met_by_id, action.moved_at) == (owner.id, NOW)
    with pytest.raises(Refused, match="already been met"):
        meet_milestone(db, owner, milestone_id, evidence="Again: the log.", met_on=TODAY)


def test_a_milestone_is_not_met_on_a_day_to_come(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    milestone_id = add_milestone(db, owner, owned(db, commitment, owner).id, title="All visited")

    with pytest.raises(Invalid, match="today's date or earlier"):
        meet_milestone(
            db, owner, milestone_id, evidence="The log of visits.", met_on=date(2026, 3, 5)
        )


def test_a_proposed_action_may_have_milestones_but_meets_none(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action = propose(db, owner, commitment)
    milestone_id = add_milestone(db, owner, action.id, title="All visited")

    with pytest.raises(Refused, match="waiting for the chair"):
        meet_milestone(db, owner, milestone_id, evidence="The log of visits.", met_on=TODAY)


def test_what_is_not_there_is_said_so(db: Session, owner: Actor, chair: Actor):
    for change in (
        lambda: approve_action(db, chair, 99),
        lambda: drop_action(db, chair, 99, reason="x"),
        lambda: add_milestone(db, owner, 99, title="x"),
        lambda: meet_milestone(db, owner, 99, evidence="The log of visits.", met_on=TODAY),
        lambda: update_action(db, owner, 99, stage=Stage.DONE, rag=None, text="x"),
    ):
        with pytest.raises(NotFound):
            change()


@pytest.mark.parametrize("empty", ["Yes", "..... done", "1234567890123", "aaaaaaaaaaaaa", "- - -"])
def test_evidence_says_something_and_has_a_possible_day(
    db: Session, commitment: PromiseCommitment, owner: Actor, empty: str
):
    step = add_milestone(db, owner, owned(db, commitment, owner).id, title="Ten visits")
    log, long_ago = "The log of visits.", date(2001, 1, 1)

    with pytest.raises(Invalid, match="at least a few words|Give the evidence"):
        meet_milestone(db, owner, step, evidence=empty, met_on=TODAY)
    with pytest.raises(Invalid, match="This action began on"):
        meet_milestone(db, owner, step, evidence=log, met_on=long_ago)
    meet_milestone(db, owner, step, evidence=log, met_on=TODAY)
    for said in ({"evidence": empty, "met_on": TODAY}, {"evidence": log, "met_on": long_ago}):
        with pytest.raises(Invalid):
            correct_milestone(db, owner, step, **said, reason="Wrong.")
