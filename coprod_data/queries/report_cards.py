"""Report cards as a gallery: one page of rows, each with its first words that may be read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.excerpts import MOST
from coprod_data.rules.texts import clean_start
from coprod_data.rules.titles import both_names, card_title, month_shown
from coprod_data.scopes.entries import words_for
from coprod_data.scopes.promise import same_theme, theme_in_force, themes_carried_on
from coprod_data.scopes.report_cards import listed as card_list
from coprod_data.scopes.report_cards import (
    newest_shown_first,
    progress,
    visible_to,
    voices_for,
)
from coprod_data.store.released_text import newest_places
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.report_cards import STANDING, CardProgress, CardsListed

PAGE_SIZE = 12
NEWEST_FOUND = 100


@dataclass(frozen=True)
class CardRow:
    """One report card of the gallery.

    `title` is the team's, else its theme and month. `words` are the first own words on it that
    this reader may see, empty where there are none; `voices` how many entries they may read.
    `month` is when the card was shared, else when it opened.
    """

    id: int
    title: str
    theme_id: int
    theme: str
    young_theme: str
    icon: str
    state: CardProgress
    shared_on: date | None
    month: date
    voices: int
    words: str


@dataclass(frozen=True)
class CardPage:
    """One page of the gallery; `pages` is at least 1."""

    cards: tuple[CardRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class ThemeCards:
    """How many cards of a theme this reader may see, and how many entries on them."""

    theme_id: int
    theme: str
    young_theme: str
    icon: str
    cards: int
    voices: int


def report_cards(
    db: Session,
    actor: Actor,
    *,
    theme_id: int | None = None,
    state: CardProgress | None = None,
    cards: CardsListed | None = None,
    search: str = "",
    page: int = 1,
) -> CardPage:
    """Return one page of twelve cards, by the month they show, the newest first.

    `search` finds titles, themes, and the newest hundred released words that this reader may
    see and that match, by the beginnings of words. A page beyond the last gives the last.
    """
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.REPORT_CARDS_READ_PUBLIC,
    )
    listed = _readable_cards(actor).where(*_passing(db, actor, state, cards, search))
    if theme_id is not None:
        listed = listed.where(ReportCard.theme_id.in_(same_theme(theme_id)))
    total = db.scalar(listed.with_only_columns(sa.func.count(), maintain_column_froms=True)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = db.execute(
        listed.order_by(*newest_shown_first()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    ).all()
    words = _first_words(db, actor, [row.id for row in rows])
    return CardPage(tuple(_card_row(row, words) for row in rows), total, page, pages)


def themes_without_card(db: Session, actor: Actor) -> dict[int, str]:
    """Return the themes in force for which no card is collecting words, id and both names."""
    actor.must(Permission.REPORT_CARDS_WRITE)
    standing = sa.exists().where(
        ReportCard.theme_id == PromiseTheme.id, ReportCard.state.in_(STANDING)
    )
    rows = db.execute(
        sa.select(PromiseTheme.id, PromiseTheme.title, PromiseTheme.young_title)
        .where(theme_in_force(), ~standing)
        .order_by(PromiseTheme.position)
    )
    return {row.id: both_names(row.title, row.young_title) for row in rows}


def cards_per_theme(db: Session, actor: Actor) -> list[ThemeCards]:
    """Return the themes whose cards this reader may see, in the order of The Promise.

    A theme of an earlier wording counts under the one that carries it on.
    """
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.REPORT_CARDS_READ_PUBLIC,
    )
    pairs = themes_carried_on()
    rows = db.execute(
        sa.select(
            PromiseTheme.id.label("theme_id"),
            PromiseTheme.young_title,
            PromiseTheme.title.label("theme"),
            PromiseTheme.icon,
            sa.func.count().label("cards"),
            sa.func.sum(voices_for(actor)).label("voices"),
        )
        .select_from(ReportCard)
        .join(pairs, pairs.c.then_id == ReportCard.theme_id)
        .join(PromiseTheme, PromiseTheme.id == pairs.c.now_id)
        .where(visible_to(actor))
        .group_by(PromiseTheme.id)
        .order_by(PromiseTheme.position, PromiseTheme.id)
    )
    return [
        ThemeCards(
            theme_id=row.theme_id,
            theme=row.theme,
            young_theme=row.young_title,
            icon=row.icon,
            cards=row.cards,
            voices=int(row.voices),
        )
        for row in rows
    ]


def cards_counted(
    db: Session,
    actor: Actor,
    *,
    state: CardProgress | None = None,
    cards: CardsListed | None = None,
    search: str = "",
) -> dict[int, int]:
    """Return how many cards `report_cards` has for each theme of `cards_per_theme`, by its id."""
    actor.must(
        Permission.REPORT_CARDS_READ,
        Permission.REPORT_CARDS_READ_LINKED,
        Permission.REPORT_CARDS_READ_PUBLIC,
    )
    pairs = themes_carried_on()
    rows = db.execute(
        sa.select(pairs.c.now_id, sa.func.count())
        .select_from(ReportCard)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(pairs, pairs.c.then_id == ReportCard.theme_id)
        .where(visible_to(actor), *_passing(db, actor, state, cards, search))
        .group_by(pairs.c.now_id)
    )
    return {row[0]: row[1] for row in rows}


def _passing(
    db: Session,
    actor: Actor,
    state: CardProgress | None,
    cards: CardsListed | None,
    search: str,
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if state is not None:
        conditions.append(progress() == state.value)
    if cards is not None:
        conditions.append(card_list(cards, london_day(actor.at)))
    if typed := clean_start(search, MOST + 1):
        conditions.append(_found(db, actor, typed))
    return conditions


def _readable_cards(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            ReportCard.id,
            ReportCard.title,
            ReportCard.theme_id,
            ReportCard.shared_on,
            ReportCard.opened_at,
            PromiseTheme.title.label("theme"),
            PromiseTheme.young_title,
            PromiseTheme.icon,
            progress().label("progress"),
            voices_for(actor).label("voices"),
        )
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(visible_to(actor))
    )


def _found(db: Session, actor: Actor, typed: str) -> sa.ColumnElement[bool]:
    places = newest_places(db, typed, words_for(actor), limit=NEWEST_FOUND)
    on_it = sa.select(CardEntry.report_card_id).where(CardEntry.place.in_(places))
    return sa.or_(
        ReportCard.title.icontains(typed, autoescape=True),
        PromiseTheme.title.icontains(typed, autoescape=True),
        PromiseTheme.young_title.icontains(typed, autoescape=True),
        ReportCard.id.in_(on_it),
    )


def _first_words(db: Session, actor: Actor, card_ids: list[int]) -> dict[int, str]:
    first = (
        sa.select(CardEntry.id)
        .where(
            CardEntry.report_card_id == ReportCard.id,
            CardEntry.kind == EntryKind.WORDS,
            words_for(actor),
        )
        .order_by(CardEntry.place)
        .limit(1)
        .correlate(ReportCard)
        .scalar_subquery()
    )
    # Find the entries first, then their words: in one join PostgreSQL would read every entry.
    ids = db.execute(sa.select(ReportCard.id, first).where(ReportCard.id.in_(card_ids))).all()
    rows = db.execute(
        sa.select(CardEntry.id, EntryVersion.thinks, EntryVersion.wants)
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.id.in_([entry_id for _, entry_id in ids if entry_id is not None]))
    )
    words = {entry_id: thinks or wants or "" for entry_id, thinks, wants in rows}
    return {card_id: words.get(entry_id, "") for card_id, entry_id in ids}


def _card_row(row: sa.Row[*tuple[Any, ...]], words: dict[int, str]) -> CardRow:
    month = month_shown(row.shared_on, row.opened_at)
    return CardRow(
        id=row.id,
        title=card_title(row.title, row.young_title, month),
        theme_id=row.theme_id,
        theme=row.theme,
        young_theme=row.young_title,
        icon=row.icon,
        state=CardProgress(row.progress),
        shared_on=row.shared_on,
        month=month,
        voices=row.voices,
        words=words.get(row.id, ""),
    )
