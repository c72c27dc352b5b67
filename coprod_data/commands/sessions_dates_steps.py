"""What several commands do with the days of a session. Each records its own event."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, SessionAnswer, SessionDate

Span = tuple[datetime, datetime]


def days_of(db: Session, session: CoproductionSession) -> list[SessionDate]:
    """Return the days proposed for a session, the first first."""
    rows = sa.select(SessionDate).filter_by(session_id=session.id)
    return list(db.scalars(rows.order_by(SessionDate.starts_at, SessionDate.id)))


def ask_again(db: Session, session: CoproductionSession, days: Sequence[Span]) -> None:
    """Put these days in the place of those proposed; everybody is asked again."""
    for answer in db.scalars(sa.select(SessionAnswer).filter_by(session_id=session.id)):
        db.delete(answer)
    db.flush()
    for row in days_of(db, session):
        db.delete(row)
    for starts_at, ends_at in days:
        db.add(SessionDate(session_id=session.id, starts_at=starts_at, ends_at=ends_at))
