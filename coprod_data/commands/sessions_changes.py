"""What people asked to be changed: written in the team's words, taken over by the next session."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import kept, locked
from coprod_data.commands.sessions_rules import session_of
from coprod_data.models import CoproductionSession, SessionChange, SessionTask
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.texts import required_line
from coprod_data.scopes.sessions_changes import follows, has_read_feedback
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import AHEAD

READ_FIRST = "Nobody has read what they wrote yet. Read it under To check, then write this."
SETTLED = "Somebody has decided about this since you opened the page."


def write_change(db: Session, actor: Actor, session_id: int, *, text: str) -> int:
    """Write what people asked to be changed at a session, in other words than theirs.

    Whoever writes it has read what they wrote. It is offered to the next session of the same group
    or work. Returns its id. Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.SESSIONS_WRITE)
    session = session_of(db, actor, session_id)
    words = required_line(text, "text", "Write what will be different.", 240)
    if not has_read_feedback(db, actor, session.id):
        raise Refused(READ_FIRST, field="text")
    change = SessionChange(
        session_id=session.id, text=words, written_at=actor.at, written_by_id=actor.id
    )
    return kept(db, actor, EventKind.CHANGE_WRITTEN, change)


def take_over_change(db: Session, actor: Actor, change_id: int, session_id: int) -> int:
    """Make what an earlier session asked for something to do before this one, for its leader.

    Returns the id of the task. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD)
    change = _open(db, change_id, session)
    task = SessionTask(
        session_id=session.id, text=change.text, person_id=session.facilitator_id,
        asked_at_id=change.session_id,
    )  # fmt: skip
    db.add(task)
    db.flush()
    change.task_id = task.id
    record(db, actor, EventKind.CHANGE_TAKEN, change)
    return task.id


def drop_change(db: Session, actor: Actor, change_id: int, session_id: int) -> None:
    """Say that what was asked for is not done this time; it is offered no more.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD)
    change = _open(db, change_id, session)
    change.dropped_at = actor.at
    record(db, actor, EventKind.CHANGE_DROPPED, change)


def _open(db: Session, change_id: int, session: CoproductionSession) -> SessionChange:
    change = locked(db, SessionChange, change_id, "wish")
    if change.task_id is not None or change.dropped_at is not None:
        raise Refused(SETTLED)
    offered = sa.select(CoproductionSession.id).where(
        CoproductionSession.id == change.session_id, follows(session)
    )
    if db.scalar(offered) is None:
        raise Refused("This was asked for at a session of another kind. Add it as a task there.")
    return change
