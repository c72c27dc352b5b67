"""Which session follows another, and who has read what people said of one."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, CoproductionSession, EntryReading
from coprod_data.permissions import Actor
from coprod_data.vocabulary.entries import EntryKind


def follows(session: CoproductionSession) -> sa.ColumnElement[bool]:
    """Return the condition on earlier sessions whose wishes this one may take over.

    They had the same group, or were about the same work; where neither is named, the same theme.
    """
    earlier = CoproductionSession
    alike: list[sa.ColumnElement[bool]] = []
    if session.group_id is not None:
        alike.append(earlier.group_id == session.group_id)
    if session.opportunity_id is not None:
        alike.append(earlier.opportunity_id == session.opportunity_id)
    if not alike and session.theme_id is not None:
        alike.append(
            sa.and_(
                earlier.theme_id == session.theme_id,
                earlier.group_id.is_(None),
                earlier.opportunity_id.is_(None),
            )
        )
    return sa.and_(earlier.ends_at <= session.starts_at, sa.or_(sa.false(), *alike))


def of_feedback(session_id: int) -> sa.ColumnElement[bool]:
    """Return the condition on entries that are words of what people said of a session."""
    return sa.and_(CardEntry.session_id == session_id, CardEntry.kind == EntryKind.FEEDBACK)


def has_read_feedback(db: Session, actor: Actor, session_id: int) -> bool:
    """Say whether this person has opened words of what people said of a session."""
    read = (
        sa.select(EntryReading.id)
        .join(CardEntry, CardEntry.id == EntryReading.entry_id)
        .where(of_feedback(session_id), EntryReading.person_id == actor.id)
    )
    return db.scalar(read.limit(1)) is not None
