"""Erasing again what was erased after a backup was made."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_steps import erase_words, index_again
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, EntryVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.events import EventKind


def erase_again(db: Session, actor: Actor, entry_ids: Collection[int]) -> int:
    """Erase these entries' words where a restored backup still has them. Returns how many had."""
    actor.must(Permission.JOBS_RUN)
    has_words = sa.exists().where(
        EntryVersion.entry_id == CardEntry.id,
        sa.or_(EntryVersion.thinks.is_not(None), EntryVersion.wants.is_not(None)),
    )
    entries = list(
        db.scalars(sa.select(CardEntry).where(CardEntry.id.in_(list(entry_ids)), has_words))
    )
    for entry in entries:
        entry.withdrawn_at = entry.withdrawn_at or actor.at
        entry.kept_unread = False
        erase_words(db, actor, [entry])
        record(db, actor, EventKind.ENTRY_ERASED_AGAIN, entry)
    index_again(db, [entry.id for entry in entries])
    return len(entries)
