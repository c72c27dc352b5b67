"""Released words: those that a search finds, and those at the top of the Board's overview."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import released, words_for
from coprod_data.scopes.entries_readers import not_about_reader
from coprod_data.scopes.settings import setting
from coprod_data.store.released_text import newest_places
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.settings import Mode, SettingKey

Statement = sa.Select[*tuple[Any, ...]]
Which = Literal["any", "newest shared", "theme"]

OPENING, TO_PIN = 3, 10
_LIMIT = sa.bindparam("limit", type_=sa.Integer)


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

    None is about this reader.
    These are the pinned ones in the chair's order, else the newest of a theme, else of the newest
    shared card, else the newest of all.
    """
    actor.must(Permission.OVERVIEW_READ)
    if pinned:
        order = {entry_id: place for place, entry_id in enumerate(pinned)}
        asked = {"ids": pinned, "limit": OPENING, "reader": actor.person_id}
        found = _told(db.execute(_pinned(), asked))
        if found:
            return sorted(found, key=lambda words: order[words.entry_id])
    first: Which = "newest shared" if theme_id is None else "theme"
    return _of_newest_cards(db, actor, first, OPENING, theme_id) or _of_newest_cards(
        db, actor, "any", OPENING
    )


def words_to_pin(db: Session, actor: Actor) -> list[Words]:
    """Return the newest ten entries whose words may be shown in public, for the chair to choose."""
    actor.must(Permission.OVERVIEW_PIN)
    return _of_newest_cards(db, actor, "any", TO_PIN)


def words_to_demonstrate(db: Session, actor: Actor) -> list[Words]:
    """Return the newest ten entries whose words may be shown in public, for the demonstration of
    the wall. Raises NotFound in a council that works with it.
    """
    actor.must(Permission.SESSIONS_READ)
    if Mode(setting(db, SettingKey.MODE) or Mode.DEMO) is not Mode.DEMO:
        raise NotFound("There is a demonstration only where everybody is invented.")
    return _of_newest_cards(db, actor, "any", TO_PIN)


def public_among(db: Session, actor: Actor, entry_ids: Iterable[int]) -> frozenset[int]:
    """Return those of these entries whose words may be shown in public."""
    actor.must(Permission.REPORT_CARDS_READ, Permission.REPORT_CARDS_READ_LINKED)
    public = sa.select(CardEntry.id).where(
        CardEntry.id.in_(entry_ids), released(ConsentUse.PUBLIC), words_for(actor)
    )
    return frozenset(db.scalars(public))


def _of_newest_cards(
    db: Session, actor: Actor, which: Which, limit: int, theme_id: int | None = None
) -> list[Words]:
    """Return the newest words of these cards, the newest card first.

    It reads card by card, because reading through all entries would take too long where few are
    public.
    """
    found: list[Words] = []
    for card_id in db.scalars(_cards(which), {"theme_id": theme_id, "limit": limit}).all():
        left = limit - len(found)
        asked = {"card_id": card_id, "limit": left, "reader": actor.person_id}
        found += _told(db.execute(_on_card(), asked))
        if len(found) == limit:
            break
    return found


@statement
def _cards(which: Which) -> sa.Select[int]:
    newest_shared = (
        sa.select(ReportCard.id)
        .where(ReportCard.shared_on.is_not(None))
        .order_by(ReportCard.shared_on.desc(), ReportCard.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    conditions: dict[Which, sa.ColumnElement[bool]] = {
        "any": sa.true(),
        "newest shared": ReportCard.id == newest_shared,
        "theme": ReportCard.theme_id == sa.bindparam("theme_id"),
    }
    return (
        sa.select(ReportCard.id)
        .where(conditions[which], ReportCard.public_voices > 0)
        .order_by(ReportCard.id.desc())
        .limit(_LIMIT)
    )


@statement
def _pinned() -> Statement:
    return _public_words(CardEntry.id.in_(sa.bindparam("ids", expanding=True)))


@statement
def _on_card() -> Statement:
    return _public_words(CardEntry.report_card_id == sa.bindparam("card_id"))


def _public_words(which: sa.ColumnElement[bool]) -> Statement:
    public = sa.and_(released(ConsentUse.PUBLIC), CardEntry.kind == EntryKind.WORDS)
    return _newest().where(which, public, not_about_reader()).limit(_LIMIT)


def _newest() -> Statement:
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
