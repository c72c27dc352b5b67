"""Who may change a session, who may lead one, and which of them take answers."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Person, SessionDate
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.sessions import SessionState

WHO_READS = tuple(role for role in Role if role in Permission.SESSIONS_READ.holders)
LATER_LASTS = timedelta(days=3)
WHO_PLANS = tuple(role for role in Role if role in Permission.SESSIONS_OWN.holders)


def may_change(actor: Actor, session: CoproductionSession) -> bool:
    """Say whether this actor may change a session: any, or one that they lead or planned."""
    mine = actor.person_id in (session.facilitator_id, session.planned_by_id)
    return actor.may(Permission.SESSIONS_WRITE) or mine and actor.may(Permission.SESSIONS_OWN)


def may_be_changed_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which sessions `may_change` lets this actor change."""
    if actor.may(Permission.SESSIONS_WRITE):
        return sa.true()
    if not actor.may(Permission.SESSIONS_OWN):
        return sa.false()
    one = CoproductionSession
    return sa.or_(one.facilitator_id == actor.person_id, one.planned_by_id == actor.person_id)


def was_planned_ahead(session: CoproductionSession) -> bool:
    """Say whether a session was planned before it began: phones join no other."""
    return session.planned_at <= session.starts_at


def plans_sessions() -> sa.ColumnElement[bool]:
    """Return the condition that an open account may plan sessions, so sees them and may tick."""
    return holds(*WHO_PLANS, person=Person)


def days_proposed() -> sa.ColumnElement[bool]:
    """Return to which sessions those in the work were asked."""
    return (
        sa.exists()
        .where(SessionDate.session_id == CoproductionSession.id)
        .correlate(CoproductionSession)
    )


def later_since(at: datetime) -> datetime:
    """Return since when "not now, ask me later" still counts: after it they are asked again."""
    return at - LATER_LASTS


def takes_answers(at: object) -> sa.ColumnElement[bool]:
    """Return which sessions those in the work may still answer at a moment."""
    return sa.and_(
        CoproductionSession.state.in_((SessionState.PLANNED, SessionState.CONFIRMED)),
        CoproductionSession.starts_at > at,
        days_proposed(),
    )


def rules_of_group(db: Session, group_id: int) -> str:
    """Return the ground rules that a group agreed last, "" where it agreed none."""
    newest = (
        sa.select(CoproductionSession.ground_rules)
        .where(
            CoproductionSession.group_id == group_id,
            CoproductionSession.rules_agreed_at.is_not(None),
        )
        .order_by(CoproductionSession.rules_agreed_at.desc(), CoproductionSession.id.desc())
        .limit(1)
    )
    return db.scalar(newest) or ""
