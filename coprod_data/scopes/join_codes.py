"""Which session a typed join code is of."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, SessionCode
from coprod_data.rules.join_hours import STILL_SENT, closes_at, opens_at
from coprod_data.store.card_codes import tidy_code
from coprod_data.vocabulary.sessions import SHUT

LONGEST = 40


def coded(db: Session, typed: str) -> tuple[SessionCode, CoproductionSession] | None:
    """Return the code of these words and its session; the newest, a stopped one last."""
    row = db.execute(
        sa.select(SessionCode, CoproductionSession)
        .join(CoproductionSession, CoproductionSession.id == SessionCode.session_id)
        .where(SessionCode.words == tidy_code(typed)[:LONGEST])
        .order_by(
            SessionCode.stopped_at.is_not(None), CoproductionSession.ends_at.desc(), SessionCode.id
        )
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def session_sent_from(db: Session, typed: str, at: datetime) -> int | None:
    """Return the session at which words are sent with this code; None where it counts no more."""
    found = coded(db, typed) if typed else None
    if found is None:
        return None
    code, session = found
    off = code.stopped_at is not None or session.state in SHUT
    in_time = opens_at(session.starts_at) <= at <= closes_at(session.ends_at) + STILL_SENT
    return None if off or not in_time else session.id
