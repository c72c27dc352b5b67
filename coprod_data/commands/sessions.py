"""Sessions before they are held: plan, change, move, confirm, cancel."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, must_be_as_opened
from coprod_data.commands.sessions_dates_steps import ask_again, days_of
from coprod_data.commands.sessions_rules import (
    must_be_there,
    must_say_since,
    must_stay_on_its_day,
    session_of,
)
from coprod_data.models import CoproductionSession
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.session_plan import SessionPlan, checked_times
from coprod_data.rules.texts import required_text
from coprod_data.scopes.sessions import rules_of_group
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import AFTER, AHEAD
from coprod_data.vocabulary.sessions import SessionState as S

WHY = "Say why. Everybody who was asked can read it."


def plan_session(
    db: Session, actor: Actor, *, plan: SessionPlan, starts_at: datetime, ends_at: datetime
) -> int:
    """Plan a session. Returns its id. Raises NotFound, Invalid.

    Without ground rules of its own it begins with those that its group agreed last.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    said = plan.checked()
    starts_at, ends_at = checked_times(starts_at, ends_at)
    must_be_there(db, said, None)
    if not said.ground_rules and said.group_id:
        said = replace(said, ground_rules=rules_of_group(db, said.group_id))
    session = CoproductionSession(
        **said.values,
        starts_at=starts_at,
        ends_at=ends_at,
        state=S.PLANNED,
        planned_at=actor.at,
        planned_by_id=actor.id,
    )
    return kept(db, actor, EventKind.SESSION_PLANNED, session)


def change_session(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    plan: SessionPlan,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what a session is, until it is closed. `opened` is what the form showed.

    A confirmed one must still say where it is and what it is for. Raises NotFound, NotAllowed,
    Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    said = plan.checked()
    must_be_as_opened(SessionPlan.of(session).values, opened, said.values)
    must_be_there(db, said, session)
    if session.state is S.CONFIRMED:
        said.must_say_where()
        must_say_since(db, session, said)
    if said.ground_rules != session.ground_rules:
        session.rules_agreed_at = None
    for field, value in said.values.items():
        setattr(session, field, value)
    record_if_changed(db, actor, EventKind.SESSION_CHANGED, session)


def move_session(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    starts_at: datetime,
    ends_at: datetime,
    why: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Move a session to another day or time, with a reason that everybody who was asked can read.

    Who answered for the day before is asked again for the new one. Once people have joined in, it
    stays on its day.
    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD)
    starts_at, ends_at = checked_times(starts_at, ends_at)
    typed = {"starts_at": starts_at, "ends_at": ends_at}
    now = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    must_be_as_opened(now, opened, typed)
    if typed == now:
        raise Invalid("That is when it is now. Write another day or time.", field="day")
    if starts_at <= actor.at:
        raise Invalid("Move it to a day that is still to come.", field="day")
    must_stay_on_its_day(db, session)
    session.why_moved = required_text(why, "why", WHY)
    if starts_at != session.starts_at:
        session.moved_from = session.starts_at
    session.starts_at, session.ends_at = starts_at, ends_at
    if days_of(db, session):
        ask_again(db, session, [(starts_at, ends_at)])
    record(db, actor, EventKind.SESSION_MOVED, session)


def confirm_session(db: Session, actor: Actor, session_id: int) -> None:
    """Confirm a session: people may be told. A group that was asked before is told first what
    happened after the last one. Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, S.PLANNED)
    if len(days_of(db, session)) > 1:
        raise Refused("Both sides were asked about several days. Choose the day below.")
    plan = SessionPlan.of(session)
    plan.must_say_where()
    must_say_since(db, session, plan)
    session.state = S.CONFIRMED
    record(db, actor, EventKind.SESSION_CONFIRMED, session)


def cancel_session(db: Session, actor: Actor, session_id: int, *, why: str) -> None:
    """Cancel a session that has not been held, with a reason that everybody who was asked can read.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD)
    session.why_cancelled = required_text(why, "why", WHY)
    session.state = S.CANCELLED
    session.cancelled_at, session.cancelled_by_id = actor.at, actor.id
    record(db, actor, EventKind.SESSION_CANCELLED, session)


def restore_session(db: Session, actor: Actor, session_id: int) -> None:
    """Take back that a session was cancelled; it is planned again.

    Raises NotFound, NotAllowed, and Refused once its day has passed.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, S.CANCELLED)
    if session.starts_at <= actor.at:
        raise Refused("Its day has passed. Plan a new session.")
    session.state, session.why_cancelled = S.PLANNED, ""
    session.cancelled_at = session.cancelled_by_id = None
    record(db, actor, EventKind.SESSION_RESTORED, session)
