"""THE gate: which words of young people may be read, by whom. Conditions in SQL, no reads.

Every list, count, chart, search and export of a young person's words starts from `released` or
`words_for`. No other code decides whether words may leave the Youth Voice Team.
"""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import CardEntry, CardHolder, Consent, EntrySummary, SafeguardingHold
from coprod_data.models.links import cards_of_officer
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Review

Condition = sa.ColumnElement[bool]

# Building a condition takes longer than SQLite takes to answer it; none of these depends on the
# actor.
_built_once = lru_cache(maxsize=64)

UNREAD = (Review.SUBMITTED, Review.IN_REVIEW)


@_built_once
def released(use: ConsentUse, entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry's shown words may be read for this use.

    A named person released it, it was not taken back, nobody holds it or the entry it belongs to,
    and the young person allows this use now. `entry` is CardEntry or an alias of it.
    """
    return sa.and_(let_out(entry), consented(use, entry))


@_built_once
def let_out(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry is released and neither taken back nor held.

    This is not enough to show words: a summary may rely on it, but the young person's own words
    need `released`.
    """
    main = aliased(CardEntry)
    return sa.and_(
        entry.released_at.is_not(None),
        entry.withdrawn_at.is_(None),
        ~held(entry),
        ~sa.exists().where(main.id == entry.about_id, main.withdrawn_at.is_not(None)),
    )


@_built_once
def summed_up(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry has a summary which its author has not refused.

    It may be read once the entry is `let_out`.
    """
    summary = aliased(EntrySummary)
    return sa.exists().where(
        summary.entry_id == entry.id,
        summary.replaced_at.is_(None),
        summary.refused_at.is_(None),
    )


@_built_once
def consented(use: ConsentUse, entry: Any = CardEntry) -> Condition:
    """Return the condition that the young person allows this use now."""
    consent = aliased(Consent)
    return sa.exists().where(
        consent.entry_id == sa.func.coalesce(entry.about_id, entry.id),
        consent.use == use,
        consent.withdrawn_at.is_(None),
    )


@_built_once
def held(entry: Any = CardEntry) -> Condition:
    """Return the condition that a hold is open on an entry or on the one it belongs to."""
    hold = aliased(SafeguardingHold)
    return sa.exists().where(
        hold.entry_id.in_([entry.id, entry.about_id]), hold.closed_at.is_(None)
    )


def flagged(entry: Any = CardEntry) -> Condition:
    """Return the condition that a word flag asks for an early and a second reading."""
    return sa.cast(entry.flags, sa.Text) != "[]"


@_built_once
def in_hand(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry is with the team: not let out, taken back nor closed.

    Written exactly like its index, with no bound value: SQLite uses a partial index only then.
    """
    return sa.and_(
        entry.released_at.is_(None),
        entry.withdrawn_at.is_(None),
        entry.review != sa.literal_column(f"'{Review.CLOSED.value}'"),
    )


@_built_once
def waiting(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry waits to be read and let out, and is not held."""
    return sa.and_(in_hand(entry), entry.review.in_(UNREAD), ~held(entry))


@_built_once
def reply_owed(entry: Any = CardEntry) -> Condition:
    """Return the condition that words are released and their author has had no reply.

    Held words are left out here, as in other counts: comparing two counts, only one of which leaves
    them out, would reveal how many are held. Written as its index is, like `in_hand`.
    """
    return sa.and_(
        entry.kind == sa.literal_column(f"'{EntryKind.WORDS.value}'"),
        entry.released_at.is_not(None),
        entry.withdrawn_at.is_(None),
        entry.replied_at.is_(None),
        ~held(entry),
    )


def words_for(actor: Actor, entry: Any = CardEntry) -> Condition:
    """Return the condition that this actor may read an entry's shown words."""
    if actor.may(Permission.REPORT_CARDS_READ):
        return released(ConsentUse.BOARD, entry)
    if actor.may(Permission.REPORT_CARDS_READ_LINKED):
        linked = entry.report_card_id.in_(cards_of_officer(actor.id))
        for_the_board = sa.and_(consented(ConsentUse.BOARD, entry), linked)
        return sa.and_(let_out(entry), sa.or_(consented(ConsentUse.PUBLIC, entry), for_the_board))
    may = actor.may(Permission.ENTRIES_READ_PUBLIC)
    return released(ConsentUse.PUBLIC, entry) if may else sa.false()


def counted_voices() -> sa.Select[int, int, int, int, int]:
    """Return how much of each card may be read, counted entry by entry.

    Its columns are `report_card_id` and the four counts kept on ReportCard, by their names. A card
    without a released entry is left out.
    """
    words = CardEntry.kind == EntryKind.WORDS
    board, public = consented(ConsentUse.BOARD), consented(ConsentUse.PUBLIC)
    return (
        sa.select(
            CardEntry.report_card_id,
            sa.func.count().filter(words, board).label("board_voices"),
            sa.func.count().filter(words, public).label("public_voices"),
            sa.func.count().filter(words, sa.or_(board, public)).label("any_voices"),
            sa.func.count().filter(summed_up()).label("summaries"),
        )
        .where(let_out())
        .group_by(CardEntry.report_card_id)
    )


def own(actor: Actor, entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry belongs to the holder of a code, or to a card holder."""
    return _owned(actor, sa.func.coalesce(entry.about_id, entry.id))


def own_main(actor: Actor) -> Condition:
    """Return `own` for only those entries that belong to no other."""
    return _owned(actor, CardEntry.id)


def _owned(actor: Actor, main_id: sa.SQLColumnExpression[int]) -> Condition:
    if actor.kind is ActorKind.CARD_CODE:
        return main_id == actor.entry_id
    if not actor.may(Permission.ENTRIES_OWN):
        return sa.false()
    return main_id.in_(sa.select(CardHolder.entry_id).where(CardHolder.person_id == actor.id))
