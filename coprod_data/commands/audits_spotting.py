"""Gaps of the audit become opportunities: one for a service and a round, made by the server."""

from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Opportunity,
    OpportunitySource,
    Service,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.audits import handed_in
from coprod_data.scopes.audits_gaps import is_gap, is_in_hand
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState

TITLE = "What the audit of {service} left open"
HELP = (
    "The service gives itself levels that nothing shows yet, or that young auditors see two levels "
    "lower. The standards are named below. Help us find out what would change that."
)
TITLE_LONGEST = 160


def spot_gaps(db: Session, actor: Actor) -> int:
    """Make one opportunity for each return that was handed in and has gaps nobody works on.

    It lists its gaps and waits for the group to review it. A later gap joins it while it still
    waits, else it makes another one; a gap that is in any opportunity makes none. A round that
    names no part of The Promise makes none. Returns how many were made or grew.
    """
    actor.must(Permission.JOBS_RUN)
    rows = db.execute(
        sa.select(AuditReturn.id, AuditRound.theme_id, Service.name, AuditAnswer.id.label("answer"))
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .join(Service, Service.id == AuditReturn.service_id)
        .join(AuditAnswer, AuditAnswer.return_id == AuditReturn.id)
        .join(AuditStandard, AuditStandard.id == AuditAnswer.standard_id)
        .where(handed_in(), AuditRound.theme_id.is_not(None), is_gap(), ~is_in_hand())
        .order_by(AuditReturn.id, AuditStandard.position)
    ).all()
    for return_id, gaps in groupby(rows, key=lambda row: row.id):
        first, *others = gaps
        waiting = _waiting(db, return_id)
        opportunity = waiting or _made(db, actor, first.theme_id, first.name)
        for gap in (first, *others):
            db.add(OpportunitySource(opportunity_id=opportunity.id, audit_answer_id=gap.answer))
        kind = EventKind.OPPORTUNITY_CHANGED if waiting else EventKind.OPPORTUNITY_SPOTTED
        record(db, actor, kind, opportunity)
    return len({row.id for row in rows})


def _waiting(db: Session, return_id: int) -> Opportunity | None:
    """Return the opportunity that the server made of this return and no group has reviewed."""
    return db.scalars(
        sa.select(Opportunity)
        .join(OpportunitySource, OpportunitySource.opportunity_id == Opportunity.id)
        .join(AuditAnswer, AuditAnswer.id == OpportunitySource.audit_answer_id)
        .where(
            AuditAnswer.return_id == return_id,
            Opportunity.spotted_by_id.is_(None),
            Opportunity.state == OpportunityState.SPOTTED,
        )
        .order_by(Opportunity.id)
        .limit(1)
    ).first()


def _made(db: Session, actor: Actor, theme_id: int, service: str) -> Opportunity:
    opportunity = Opportunity(
        title=TITLE.format(service=service)[:TITLE_LONGEST],
        help_wanted=HELP,
        theme_id=theme_id,
        state=OpportunityState.SPOTTED,
        spotted_at=actor.at,
    )
    db.add(opportunity)
    db.flush()
    return opportunity
