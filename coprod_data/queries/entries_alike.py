"""Which entries may say the same as one that a checker has open; no word of one not opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, EntryReading, EntryVersion, SameAs
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_raw import raw_words
from coprod_data.rules.alike import nearest
from coprod_data.scopes.entries import held, may_open
from coprod_data.vocabulary.entries import EntryKind, VersionKind

COMPARED, SINCE = 200, timedelta(days=180)


@dataclass(frozen=True)
class AlikeEntry:
    """An entry that may say the same. `joined`: somebody has recorded that it does.

    `words`: what they think and want, once this person has opened it, else None.
    """

    id: int
    sent_at: datetime
    joined: bool
    words: tuple[str, str] | None


def entries_alike(db: Session, actor: Actor, entry_id: int) -> list[AlikeEntry]:
    """Return the entries joined with this one, then at most three that seem to say the same.

    They are of the same report card and not older than 180 days; the newest 200 are compared. Held
    entries, those taken back, those this person typed and those that may be about them are never
    among them. Raises NotAllowed for somebody who has not opened the entry, and NotFound.
    """
    actor.must(Permission.ENTRIES_CHECK)
    raw = raw_words(db, actor, entry_id)
    joined, this = _joined(db, entry_id), aliased(CardEntry)
    card = sa.select(this.report_card_id).where(this.id == entry_id).scalar_subquery()
    if raw.kind is not EntryKind.WORDS:
        return []
    opened = sa.exists().where(
        EntryReading.entry_id == CardEntry.id, EntryReading.person_id == actor.id
    )
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.sent_at,
            EntryVersion.thinks,
            EntryVersion.wants,
            opened.label("opened"),
        )
        .join(EntryVersion, EntryVersion.entry_id == CardEntry.id)
        .where(
            EntryVersion.kind == VersionKind.ORIGINAL,
            CardEntry.id != entry_id,
            CardEntry.kind == EntryKind.WORDS,
            CardEntry.report_card_id == card,
            CardEntry.withdrawn_at.is_(None),
            sa.or_(CardEntry.typed_by_id.is_(None), CardEntry.typed_by_id != actor.id),
            CardEntry.sent_at >= actor.at - SINCE,
            ~held(),
            may_open(actor),
        )
        .order_by(CardEntry.id.desc())
        .limit(COMPARED)
    ).all()
    texts = {
        row.id: f"{row.thinks or ''} {row.wants or ''}" for row in rows if row.id not in joined
    }
    found = {row.id: row for row in rows}
    near = [] if joined & found.keys() else nearest(f"{raw.thinks} {raw.wants}", texts)
    return [
        AlikeEntry(row.id, row.sent_at, row.id in joined, _words(row))
        for row in (found[number] for number in [*sorted(joined & found.keys()), *near])
    ]


def _words(row: sa.Row[*tuple[Any, ...]]) -> tuple[str, str] | None:
    return (row.thinks or "", row.wants or "") if row.opened else None


def _joined(db: Session, entry_id: int) -> set[int]:
    """Return the other entries of the group that says the same."""
    main_id = sa.select(SameAs.main_id).where(SameAs.entry_id == entry_id)
    pairs = db.execute(
        sa.select(SameAs.entry_id, SameAs.main_id).where(
            sa.or_(SameAs.main_id == entry_id, SameAs.main_id == main_id.scalar_subquery())
        )
    )
    return {number for pair in pairs for number in pair} - {entry_id}
