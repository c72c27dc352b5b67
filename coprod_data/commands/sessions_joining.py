"""The join code of a session: made, and stopped."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.event_log import record
from coprod_data.commands.sessions_rules import must_be_planned_ahead, session_of
from coprod_data.models import CoproductionSession, SessionCode
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.join_hours import TOLD_FOR, closes_at
from coprod_data.store.join_codes import spell_join_code
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import SessionState


def make_join_code(db: Session, actor: Actor, session_id: int) -> str:
    """Give a session its join code, or return the one it has. No other session near it has it.

    Raises NotFound, NotAllowed, and Refused once it is over, closed or cancelled, or where it was
    planned after it had begun.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id)
    if session.state is SessionState.CANCELLED:
        raise Refused("This session is cancelled, so it has no code.")
    if session.state is SessionState.CLOSED or closes_at(session.ends_at) < actor.at:
        raise Refused("This session is over, so it has no code any more.")
    must_be_planned_ahead(session)
    if (live := _live(db, session)) is not None:
        return live.words
    in_turn(db, "join codes")
    made = db.scalar(
        sa.select(sa.func.count()).select_from(SessionCode).filter_by(session_id=session.id)
    )
    number, key = (made or 0) + 1, db.info["keys"].newest
    while _is_taken(db, actor, words := spell_join_code(session.id, number, key)):
        number += 1
    code = SessionCode(session_id=session.id, words=words, made_at=actor.at, made_by_id=actor.id)
    db.add(code)
    record(db, actor, EventKind.JOIN_CODE_MADE, code)
    return words


def stop_join_code(db: Session, actor: Actor, session_id: int) -> None:
    """Stop the join code of a session: from now on it opens nothing. Twice is once.

    Raises NotFound, NotAllowed.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    code = _live(db, session_of(db, actor, session_id))
    if code is not None:
        code.stopped_at = actor.at
        record(db, actor, EventKind.JOIN_CODE_STOPPED, code)


def _live(db: Session, session: CoproductionSession) -> SessionCode | None:
    return db.scalar(
        sa.select(SessionCode).filter_by(session_id=session.id, stopped_at=None).with_for_update()
    )


def _is_taken(db: Session, actor: Actor, words: str) -> bool:
    """Say whether a session that is not long over had these words, also if they were stopped."""
    return bool(
        db.scalar(
            sa.select(sa.func.count())
            .select_from(SessionCode)
            .join(CoproductionSession, CoproductionSession.id == SessionCode.session_id)
            .where(
                SessionCode.words == words,
                CoproductionSession.ends_at > actor.at - TOLD_FOR - TOLD_FOR,
            )
        )
    )
