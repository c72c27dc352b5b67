"""Sessions that tests begin with."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.sessions import plan_session
from coprod_data.commands.sessions_after import record_who_came, review_session
from coprod_data.permissions import Actor
from coprod_data.rules.session_parts import Part
from coprod_data.rules.session_plan import SessionPlan
from coprod_data.vocabulary.sessions import AttendeeKind, SessionKind, SessionWay
from tests.helpers.builders import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YOUNG: Part = (AttendeeKind.YOUNG_PEOPLE, None)
BOARD: Part = (AttendeeKind.BOARD, None)
WHY_NOTHING = "They asked us to write the rules down first."


def a_plan(actor: Actor, **said: Any) -> SessionPlan:
    """A plan that can be confirmed, led by this person."""
    usual = {
        "title": "What makes a good school day?",
        "kind": SessionKind.FORUM,
        "way": SessionWay.ONLINE,
        "joining": "Ask the team for the link.",
        "aims": "To hear it before the meeting.",
        "facilitator_id": actor.person_id,
    }
    return SessionPlan(**{**usual, **said})


def a_session(
    db: Session, actor: Actor, *, starts_at: datetime = NOW + 7 * DAY, **said: Any
) -> int:
    """A planned session of two hours."""
    return plan_session(
        db, actor, plan=a_plan(actor, **said), starts_at=starts_at, ends_at=starts_at + 2 * HOUR
    )


def held(db: Session, actor: Actor, *, young: int = 9, **said: Any) -> int:
    """A session that was held three hours ago."""
    number = a_session(db, actor, **{"starts_at": NOW - 3 * HOUR, **said})
    record_who_came(db, actor, number, came={YOUNG: young})
    return number


def reviewed(db: Session, actor: Actor) -> int:
    """A held session at which nothing was found, with a reason."""
    number = held(db, actor)
    review_session(db, actor, number, nothing_because=WHY_NOTHING)
    return number
