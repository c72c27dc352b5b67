"""Who said yes to an opportunity aloud in a meeting, and who could be written down for it."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Invitation, MeetingInvited, Opportunity, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.opportunities import may_be_invited, said_aloud, seen_invitation
from coprod_data.scopes.undoing import UNDO_MINUTES
from coprod_data.vocabulary.meetings import MeetingReply


@dataclass(frozen=True)
class SaidRow:
    """Somebody who said yes in a meeting; `confirmed` once they gave that answer themselves.

    `may_undo`: it was written down less than ten minutes ago, and this reader may take it back.
    """

    invitation_id: int
    opportunity_id: int
    title: str
    name: str
    confirmed: bool
    may_undo: bool


@dataclass(frozen=True)
class InTheRoom:
    """Somebody who could say yes; `away` sent apologies or is not invited."""

    id: int
    name: str
    job: str
    away: bool


def said_in_meeting(db: Session, actor: Actor, meeting_id: int) -> list[SaidRow]:
    """Return who said yes in a meeting, in the order in which it was written down."""
    actor.must(Permission.MEETINGS_READ)
    keeps = actor.may(Permission.MEETINGS_WRITE)
    lately = actor.at - timedelta(minutes=UNDO_MINUTES)
    rows = db.execute(
        sa.select(
            Invitation.id, Opportunity.id, Opportunity.title, Person.name, Invitation.said_at,
            said_aloud(),
        )
        .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.said_meeting_id == meeting_id, seen_invitation(actor))
        .order_by(Invitation.said_at, Invitation.id)
    )  # fmt: skip
    return [
        SaidRow(number, about, title, name, not waits, bool(waits and keeps and at and at > lately))
        for number, about, title, name, at, waits in rows
    ]


def in_the_room(db: Session, actor: Actor, meeting_id: int) -> list[InTheRoom]:
    """Return members and officers who could say yes, those invited without apologies first."""
    actor.must(Permission.MEETINGS_WRITE)
    seat = sa.and_(MeetingInvited.person_id == Person.id, MeetingInvited.meeting_id == meeting_id)
    away = sa.or_(
        MeetingInvited.id.is_(None),
        sa.func.coalesce(MeetingInvited.reply == MeetingReply.APOLOGIES, False),
    ).label("away")
    rows = db.execute(
        sa.select(Person.id, Person.name, Person.job, away)
        .outerjoin(MeetingInvited, seat)
        .where(may_be_invited(), Person.id != actor.id)
        .order_by(away, Person.name, Person.id)
    )
    return [InTheRoom(*row) for row in rows]
