"""Released words found again."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.clocks import london_day
from coprod_data.models import CardEntry, EntryVersion, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.released_text import newest_places
from coprod_data.scopes.entries import words_for


@dataclass(frozen=True)
class FoundWords:
    """Released words that a search found; `month` is the first day of the month they were sent."""

    entry_id: int
    report_card_id: int
    theme_title: str
    icon: str
    thinks: str
    wants: str
    month: date


def search_words(db: Session, actor: Actor, typed: str, *, limit: int = 50) -> list[FoundWords]:
    """Return released words that this actor may read and that hold every word typed, newest
    first. Consent is asked now, not when the words were released.
    """
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.ENTRIES_READ_PUBLIC,
    )
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.report_card_id,
            CardEntry.sent_at,
            PromiseTheme.young_title,
            PromiseTheme.icon,
            EntryVersion.thinks,
            EntryVersion.wants,
        )
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(CardEntry.place.in_(newest_places(db, typed, words_for(actor), limit=limit)))
        .order_by(CardEntry.place.desc())
    )
    return [
        FoundWords(
            entry_id=row.id,
            report_card_id=row.report_card_id,
            theme_title=row.young_title,
            icon=row.icon,
            thinks=row.thinks or "",
            wants=row.wants or "",
            month=london_day(row.sent_at).replace(day=1),
        )
        for row in rows
    ]
