"""What may be said to have come of a priority, and which ones to meet about, to choose from."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CoproductionSession,
    Opportunity,
    Priority,
    PriorityTie,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.sessions import SessionState
from coprod_data.vocabulary.surveys import CameOf

RIGHTS = {
    CameOf.SESSION: Permission.SESSIONS_READ,
    CameOf.OPPORTUNITY: Permission.OPPORTUNITIES_READ,
    CameOf.ACTION: Permission.ACTIONS_READ,
}


def what_may_be_tied(db: Session, actor: Actor) -> dict[CameOf, dict[int, str]]:
    """Return by kind what this reader may see of it, id and title, the newest first."""
    actor.must(Permission.SURVEYS_WRITE)
    found: dict[CameOf, dict[int, str]] = {}
    for kind in CameOf:
        if not actor.may(RIGHTS[kind]):
            continue
        match kind:
            case CameOf.SESSION:
                rows = db.execute(
                    sa.select(CoproductionSession).order_by(CoproductionSession.starts_at.desc())
                ).scalars()
                found[kind] = {row.id: f"{row.title}, {london_day(row.starts_at)}" for row in rows}
            case CameOf.OPPORTUNITY:
                found[kind] = _titles(db, sa.select(Opportunity.id, Opportunity.title))
            case CameOf.ACTION:
                found[kind] = _titles(db, sa.select(Action.id, Action.title))
    return found


def priorities_to_meet_about(db: Session, actor: Actor) -> dict[int, str]:
    """Return what young people chose, id and title: first those with no meeting held or planned,
    then the newest.
    """
    actor.must(Permission.SURVEYS_WRITE)
    has_one = (
        sa.exists()
        .where(
            PriorityTie.priority_id == Priority.id,
            PriorityTie.session_id == CoproductionSession.id,
            CoproductionSession.state != SessionState.CANCELLED,
        )
        .correlate(Priority)
    )
    rows = db.execute(
        sa.select(Priority.id, Priority.title).order_by(
            sa.case((has_one, 1), else_=0), Priority.chosen_on.desc(), Priority.id
        )
    )
    return {row.id: row.title for row in rows}


def _titles(db: Session, statement: sa.Select[int, str]) -> dict[int, str]:
    rows = db.execute(statement.order_by(sa.text("id DESC")))
    return {row.id: row.title for row in rows}
