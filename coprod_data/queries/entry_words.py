"""Released words read again: those that a search finds, and those that open the Board's picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.clocks import london_day
from coprod_data.models import CardEntry, EntryVersion, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.released_text import newest_places
from coprod_data.scopes.entries import released, words_for
from coprod_data.vocabulary import ConsentUse, EntryKind

OPENING, TO_PIN = 3, 10


@dataclass(frozen=True)
class Words:
    """Released words of a young person; `month` is the first day of the month they were sent."""

    entry_id: int
    report_card_id: int
    theme: str
    icon: str
    thinks: str
    wants: str
    month: date


def search_words(db: Session, actor: Actor, typed: str, *, limit: int = 50) -> list[Words]:
    """Return released words that this actor may read and that hold every word typed, newest
    first. Consent is asked now, not when the words were released.
    """
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.ENTRIES_READ_PUBLIC,
    )
    places = newest_places(db, typed, words_for(actor), limit=limit)
    return _told(db.execute(_newest().where(CardEntry.place.in_(places))))


def opening_words(
    db: Session, actor: Actor, *, pinned: tuple[int, ...] = (), theme_id: int | None = None
) -> list[Words]:
    """Return up to three entries whose words may be shown in public, the first to open with.

    Pinned ones in the chair's order, else the newest of a theme, else of the newest shared card,
    else the newest of all.
    """
    actor.must(Permission.OVERVIEW_READ)
    if pinned:
        order = {entry_id: place for place, entry_id in enumerate(pinned)}
        found = _public_words(db, CardEntry.id.in_(pinned), OPENING)
        if found:
            return sorted(found, key=lambda words: order[words.entry_id])
    newest_shared = (
        sa.select(ReportCard.id)
        .where(ReportCard.shared_on.is_not(None))
        .order_by(ReportCard.shared_on.desc(), ReportCard.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    first = ReportCard.id == newest_shared if theme_id is None else ReportCard.theme_id == theme_id
    return _of_newest_cards(db, first, OPENING) or _of_newest_cards(db, sa.true(), OPENING)


def words_to_pin(db: Session, actor: Actor) -> list[Words]:
    """Return the newest ten entries whose words may be shown in public, for the chair to choose."""
    actor.must(Permission.OVERVIEW_PIN)
    return _of_newest_cards(db, sa.true(), TO_PIN)


def _of_newest_cards(db: Session, which: sa.ColumnElement[bool], limit: int) -> list[Words]:
    """Return the newest words of these cards, the newest card first.

    Card by card, for a walk through all entries would have no end where few are for the public.
    """
    cards = (
        sa.select(ReportCard.id)
        .where(which, ReportCard.public_voices > 0)
        .order_by(ReportCard.id.desc())
        .limit(limit)
    )
    found: list[Words] = []
    for card_id in db.scalars(cards).all():
        found += _public_words(db, CardEntry.report_card_id == card_id, limit - len(found))
        if len(found) == limit:
            break
    return found


def _public_words(db: Session, which: sa.ColumnElement[bool], limit: int) -> list[Words]:
    public = sa.and_(released(ConsentUse.PUBLIC), CardEntry.kind == EntryKind.WORDS)
    return _told(db.execute(_newest().where(which, public).limit(limit)))


def _newest() -> sa.Select[*tuple[Any, ...]]:
    return (
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
        .order_by(CardEntry.place.desc())
    )


def _told(rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> list[Words]:
    return [
        Words(
            entry_id=row.id,
            report_card_id=row.report_card_id,
            theme=row.young_title,
            icon=row.icon,
            thinks=row.thinks or "",
            wants=row.wants or "",
            month=london_day(row.sent_at).replace(day=1),
        )
        for row in rows
    ]
