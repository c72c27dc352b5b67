"""The screen of a session's room: opened, turned and closed by whoever leads it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.sessions_rules import must_be_planned_ahead, session_of
from coprod_data.models import CoproductionSession, RoomScreen
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.join_hours import JoinTime, join_time
from coprod_data.scopes.room_screens import in_its_order, shown_now
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import SessionState


def open_screen(db: Session, actor: Actor, session_id: int) -> None:
    """Open the screen of a session's room while the session is on; again is once.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id)
    time = join_time(session.starts_at, session.ends_at, actor.at)
    if session.state is SessionState.CLOSED:
        raise Refused("This session is closed, so it has no wall any more.")
    if session.state is SessionState.CANCELLED or time is not JoinTime.OPEN:
        raise Refused("Open the wall on the day, from 15 minutes before the session.")
    must_be_planned_ahead(session)
    screen = _screen(db, session)
    if screen is None:
        screen = RoomScreen(session_id=session.id, opened_at=actor.at, opened_by_id=actor.id)
        db.add(screen)
    elif screen.closed_at is None:
        return
    screen.closed_at = None
    record(db, actor, EventKind.SCREEN_OPENED, screen)


def close_screen(db: Session, actor: Actor, session_id: int) -> None:
    """Close the screen of a session's room: nothing more is shown. Raises NotFound, NotAllowed."""
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    screen = _screen(db, session_of(db, actor, session_id))
    if screen is not None and screen.closed_at is None:
        screen.closed_at = actor.at
        record(db, actor, EventKind.SCREEN_CLOSED, screen)


def turn_screen(db: Session, actor: Actor, session_id: int, *, by: int, seen: int | None) -> None:
    """Go to the next words or, with -1, the ones before. `seen` is the number that was on it.

    A press on what is not there any more turns nothing: two people pressed at once. Raises
    NotFound, NotAllowed.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id)
    screen = _screen(db, session)
    words = in_its_order(db, session.id)
    if screen is None or screen.closed_at is not None:
        return
    now = shown_now(screen, words)
    if now is None or now.position != seen:
        return
    after = words[(words.index(now) + (1 if by >= 0 else -1)) % len(words)]
    if after.id != screen.at_id:
        screen.at_id = after.id
        record(db, actor, EventKind.SCREEN_TURNED, screen)


def _screen(db: Session, session: CoproductionSession) -> RoomScreen | None:
    return db.scalar(sa.select(RoomScreen).filter_by(session_id=session.id).with_for_update())
