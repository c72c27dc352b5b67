"""How work on an opportunity stops: parked, declined, closed; and how it goes on again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.opportunities_rules import (
    opportunity_of,
    somebody_matched,
    young_person_in,
)
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.models import Opportunity, Outcome
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState

S = OpportunityState


def park_opportunity(
    db: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    reason: str,
    review_on: date,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Stop for now, with a reason young people can read and a date to look again.

    `opened` is the `reason` that the form showed. Raises NotFound, NoLongerOpen,
    Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(
        db, opportunity_id, S.SPOTTED, S.REVIEWED, S.OPEN, S.MATCHED, S.WORKING
    )
    must_be_as_opened(_stopped(opportunity), opened, {})
    reason = required_text(reason, "reason", "Say why it is parked.")
    if review_on <= london_day(actor.at):
        raise Invalid("Choose a day after today on which to look again.", field="review_on")
    opportunity.state, opportunity.reason, opportunity.review_on = S.PARKED, reason, review_on
    record(db, actor, EventKind.OPPORTUNITY_PARKED, opportunity)


def decline_opportunity(
    db: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Record that it will not be done, and why. `opened` is that of `park_opportunity`.

    Raises NotFound, NoLongerOpen, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(
        db, opportunity_id, S.SPOTTED, S.REVIEWED, S.OPEN, S.MATCHED, S.PARKED
    )
    must_be_as_opened(_stopped(opportunity), opened, {})
    opportunity.reason = required_text(
        reason, "reason", "Say why it cannot be done, and what can be done instead."
    )
    opportunity.state, opportunity.review_on = S.DECLINED, None
    opportunity.ended_at = actor.at
    record(db, actor, EventKind.OPPORTUNITY_DECLINED, opportunity)


def reopen_opportunity(
    db: Session, actor: Actor, opportunity_id: int, *, opened: Mapping[str, Any] | None = None
) -> None:
    """Reopen a parked or declined opportunity at its earlier stage; its waiting time was never
    reset.

    `opened` is that of `park_opportunity`. Raises NotFound, NoLongerOpen, ChangedMeanwhile.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(db, opportunity_id, S.PARKED, S.DECLINED)
    must_be_as_opened(_stopped(opportunity), opened, {})
    if opportunity.opened_at is None:
        opportunity.state = S.SPOTTED
    elif not (somebody_matched(db, opportunity.id) and young_person_in(db, opportunity.id)):
        opportunity.state = S.OPEN
    else:
        opportunity.state = S.WORKING if opportunity.working_at else S.MATCHED
    opportunity.reason, opportunity.review_on, opportunity.ended_at = "", None, None
    record(db, actor, EventKind.OPPORTUNITY_REOPENED, opportunity)


def close_opportunity(db: Session, actor: Actor, opportunity_id: int) -> None:
    """Close what both sides signed. Raises NotFound, NoLongerOpen, Refused."""
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(db, opportunity_id, S.WORKING)
    outcomes = sa.select(Outcome.co_signed_at).where(Outcome.opportunity_id == opportunity.id)
    if db.scalar(outcomes.order_by(Outcome.id.desc()).limit(1)) is None:
        raise Refused("It can be closed once both sides have signed its outcome.")
    opportunity.state, opportunity.ended_at = S.CLOSED, actor.at
    record(db, actor, EventKind.OPPORTUNITY_CLOSED, opportunity)


def _stopped(opportunity: Opportunity) -> dict[str, Any]:
    return {"reason": opportunity.reason or ""}
