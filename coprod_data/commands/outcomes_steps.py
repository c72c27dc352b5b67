"""Making and keeping a signature, and what the second one sets off: steps of the commands."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.outcomes_rules import (
    is_complete,
    made_too_much,
    must_be_two_people,
    must_not_have_made_both_sides,
    signature,
    staff_capacity,
    young_capacity,
)
from coprod_data.models import (
    Action,
    CoSignature,
    Opportunity,
    OpportunityYoung,
    Outcome,
    OutcomeAction,
)
from coprod_data.permissions import Actor
from coprod_data.vocabulary.actions import NOT_LIVE, Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.outcomes import Side


def complete(db: Session, actor: Actor, outcome: Outcome) -> list[Action]:
    """After the second signature, count the outcome as done together. The actions it names have
    moved. Returns them; without both signatures there is none.
    """
    signed = [signature(db, outcome, side) for side in Side]
    if not all(is_complete(one) for one in signed):
        return []
    outcome.co_signed_at = actor.at
    named = sa.select(OutcomeAction.action_id).where(OutcomeAction.outcome_id == outcome.id)
    live = sa.select(Action).where(Action.id.in_(named), Action.stage.not_in(NOT_LIVE))
    actions = db.scalars(live.order_by(Action.id).with_for_update()).all()
    for action in actions:
        action.moved_at = actor.at
    return list(actions)


def by_seat(outcome: Outcome, actor: Actor, seat: OpportunityYoung) -> CoSignature:
    """Return the signature of a young person's place."""
    return CoSignature(
        outcome_id=outcome.id,
        side=Side.YOUNG,
        # The card signs, not the account that holds it, so that the two cannot be linked.
        entry_id=seat.entry_id,
        person_id=seat.person_id,
        capacity=young_capacity(seat),
        at=actor.at,
    )


def by_staff(
    db: Session, outcome: Outcome, opportunity: Opportunity, actor: Actor, person_id: int
) -> CoSignature:
    """Return the signature of a member or officer in the work. Raises NotAllowed."""
    return CoSignature(
        outcome_id=outcome.id,
        side=Side.STAFF,
        person_id=person_id,
        capacity=staff_capacity(db, opportunity, person_id),
        at=actor.at,
    )


def sign(
    db: Session,
    actor: Actor,
    outcome: Outcome,
    opportunity: Opportunity,
    signed: CoSignature,
    *,
    witness_id: int | None = None,
    instead_of: CoSignature | None = None,
) -> None:
    """Keep a signature, alone or instead of another, and see whether it completes the outcome.

    `witness_id` is the second worker of one on paper. Raises NotAllowed when one person would be on
    both sides.
    """
    other = signature(db, outcome, Side.STAFF if signed.side is Side.YOUNG else Side.YOUNG)
    young, staff = (signed, other) if signed.side is Side.YOUNG else (other, signed)
    must_be_two_people(db, opportunity, young, staff, witness_id=witness_id)
    if signed.side is Side.STAFF and signed.person_id is not None:
        must_not_have_made_both_sides(db, outcome, signed.person_id)
    elif other is not None and made_too_much(db, outcome, other):
        # Nobody is turned away for what an adult did: theirs goes, and another adult is asked.
        db.delete(other)
    if instead_of is not None:
        db.delete(instead_of)
        db.flush()
    signed.witnessed_by_id = witness_id
    db.add(signed)
    moved = complete(db, actor, outcome)
    facts: dict[str, Any] = {"side": signed.side, "counts": int(is_complete(signed))}
    if outcome.co_signed_at is not None:
        facts["together"] = outcome.opportunity_id
    record(db, actor, EventKind.OUTCOME_SIGNED, outcome, **facts)
    for action in moved:
        if action.stage is Stage.DONE:
            action.stage = Stage.VERIFIED
            record(db, actor, EventKind.ACTION_VERIFIED, action, outcome=outcome.id)
