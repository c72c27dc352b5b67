"""Who was asked to join an opportunity and has not answered, a row each."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Invitation, Opportunity, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import days_between
from coprod_data.scopes.opportunities import unanswered

PAGE_SIZE = 50


@dataclass(frozen=True)
class SilentRow:
    """Somebody who was asked and has not answered; `days` counts from the invitation."""

    opportunity_id: int
    title: str
    name: str
    job: str
    days: int


def invitations_unanswered(db: Session, actor: Actor, *, page: int = 1) -> list[SilentRow]:
    """Return 50 invitations without an answer, the oldest first."""
    actor.must(Permission.OPPORTUNITIES_SEE_SILENT)
    rows = db.execute(
        sa.select(Opportunity.id, Opportunity.title, Person.name, Person.job, Invitation.asked_at)
        .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(unanswered())
        .order_by(Invitation.asked_at, Invitation.id)
        .limit(PAGE_SIZE)
        .offset(PAGE_SIZE * (page - 1))
    )
    return [
        SilentRow(row.id, row.title, row.name, row.job, days_between(row.asked_at, actor.at))
        for row in rows
    ]
