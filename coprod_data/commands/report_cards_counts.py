"""The counts on a report card and which entries have a summary, updated in the flush that changes
what may be read.

A listener looks at what is written, so no command can forget to update them. They are not in the
log, because `scopes.report_cards.counted_voices` can work them out again at any time.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, UOWTransaction

from coprod_data.models import (
    CardEntry,
    Consent,
    EntrySummary,
    ReportCard,
    SafeguardingHold,
    UseDecision,
)
from coprod_data.models.report_cards import VOICE_COUNTS
from coprod_data.scopes.entries import summed_up
from coprod_data.scopes.report_cards import counted_voices

_BESIDE = (Consent, EntrySummary, SafeguardingHold, UseDecision)


def _count_again(db: Session, _context: UOWTransaction) -> None:
    written = [*db.new, *db.dirty, *db.deleted]
    released = [row for row in written if isinstance(row, CardEntry) and row.place is not None]
    beside = [row.entry_id for row in written if isinstance(row, _BESIDE)]
    summarised = {row.entry_id for row in written if isinstance(row, EntrySummary)}
    if summarised:
        stands = sa.update(CardEntry).where(CardEntry.id.in_(summarised))
        db.connection().execute(stands.values(summed_up=summed_up()))
    touched = {entry.id for entry in released} | set(beside)
    if not touched:
        return
    cards = {card_id for entry in released for card_id in _left(entry)}
    cards.update(
        db.connection().scalars(
            sa.select(CardEntry.report_card_id).where(
                sa.or_(CardEntry.id.in_(touched), CardEntry.about_id.in_(touched)),
                CardEntry.place.is_not(None),
            )
        )
    )
    for card_id in sorted(cards):
        _count(db, card_id)


def _left(entry: CardEntry) -> list[int]:
    """Return the card that an entry leaves in this flush, if it does."""
    return list(sa.inspect(entry).attrs.report_card_id.history.deleted)


def _count(db: Session, card_id: int) -> None:
    connection = db.connection()
    # Two releases onto one card wait for each other here; otherwise each would miss the other.
    connection.execute(
        sa.select(ReportCard.id).where(ReportCard.id == card_id).with_for_update(key_share=True)
    )
    counted = connection.execute(
        counted_voices().where(CardEntry.report_card_id == card_id)
    ).one_or_none()
    values: dict[str, Any] = {name: getattr(counted, name, 0) for name in VOICE_COUNTS}
    connection.execute(sa.update(ReportCard).where(ReportCard.id == card_id).values(values))


sa.event.listen(Session, "after_flush", _count_again)
