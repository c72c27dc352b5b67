"""Rows of lists of entries, with the names beside them and without a word of the entry."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    ContactWish,
    CoproductionSession,
    EntryQuestion,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import Hours, before_working_days
from coprod_data.scopes import entries_family
from coprod_data.scopes.entries import flagged, held, hinted
from coprod_data.scopes.watched_cards import on_watched_card
from coprod_data.vocabulary.entries import SECOND_LIST, EntryKind

LONGEST_LIST = 200
ANSWER_DAYS = 5  # working days in which an answer is waited for


class Place(IntEnum):
    """Where an entry stands among those that are not urgent, by the session it was sent at."""

    FIRST = 0  # how a session is that has not ended: somebody is still in the room
    USUAL = 1
    SECOND_LIST = 2  # how a session was, what is said about a page or a policy


def wished() -> sa.ColumnElement[bool]:
    """Return the condition that the author wants to talk, and nobody has closed that wish."""
    return sa.exists().where(
        ContactWish.entry_id == CardEntry.id,
        ContactWish.closed_at.is_(None),
        ContactWish.taken_back_at.is_(None),
    )


def no_answer_since(actor: Actor, hours: Hours) -> datetime:
    """Return the moment since when an entry asked back has waited long enough."""
    return before_working_days(actor.at, ANSWER_DAYS, hours)


def any_of(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return the condition that an entry meets one of these.

    Each is asked separately: in one condition the engine would read every entry.
    """
    return CardEntry.id.in_(sa.union(*(sa.select(CardEntry.id).where(one) for one in conditions)))


def rows_of(
    db: Session,
    *which: sa.ColumnElement[bool],
    order: Any = None,
    limit: int | None = LONGEST_LIST,
) -> list[sa.Row[*tuple[Any, ...]]]:
    """Return entries with the names beside them, the most urgent first, 200 at most unless said."""
    taker = aliased(Person)
    urgent = sa.or_(flagged(), wished(), on_watched_card())
    urgency = sa.case((urgent, 0), (hinted(), 1), else_=2)
    by = (urgency, CardEntry.waits_since) if order is None else (order,)
    rows = db.execute(
        sa.select(
            CardEntry,
            held().label("is_held"),
            wished().label("wish"),
            on_watched_card().label("watched_card"),
            PromiseTheme.title,
            PromiseTheme.icon,
            taker.name.label("taker"),
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .outerjoin(taker, taker.id == CardEntry.taken_by_id)
        .where(*which)
        .order_by(*by, CardEntry.id)
        .limit(limit)
    )
    return list(rows)


def answers_to_nothing(db: Session, entries: Iterable[CardEntry]) -> set[int]:
    """Return which of these entries were written back though nobody had asked anything."""
    cards = {one.id: one.about_id for one in entries if one.kind is EntryKind.ANSWER}
    if not cards:
        return set()
    family = sa.select(CardEntry.id).where(entries_family.of([*filter(None, cards.values())]))
    asked = sa.select(EntryQuestion.answer_id).where(
        EntryQuestion.entry_id.in_(family), EntryQuestion.answer_id.in_(cards)
    )
    return set(cards) - set(db.scalars(asked))


def sessions_on(db: Session, at: datetime, entries: Iterable[CardEntry]) -> set[int]:
    """Return the sessions that have not ended, of those that these say how they are."""
    ids = {one.session_id for one in entries if one.kind is EntryKind.FEEDBACK}
    if not ids:
        return set()
    going = CoproductionSession.ends_at >= at
    return set(db.scalars(sa.select(CoproductionSession.id).where(
        CoproductionSession.id.in_(ids), going
    )))  # fmt: skip


def place_of(entry: CardEntry, on_now: set[int]) -> Place:
    """Return where an entry stands; `on_now` are the sessions that have not ended."""
    if entry.kind not in SECOND_LIST:
        return Place.USUAL
    return Place.FIRST if entry.session_id in on_now else Place.SECOND_LIST
