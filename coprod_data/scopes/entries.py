"""THE gate: which words of young people may be read, by whom. Conditions in SQL, no reads.

Every list, count, chart, search and export of a young person's words starts from `released` or
`words_for`. No other code decides whether words may leave the Youth Voice Team.
"""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    CardEntry,
    CardHolder,
    Consent,
    EntryMeant,
    EntrySummary,
    SafeguardingHold,
    UseDecision,
)
from coprod_data.models.links import cards_of_officer
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.scopes.entries_family import main_id
from coprod_data.scopes.one_person import accounts_of
from coprod_data.vocabulary.entries import ANSWERED, ConsentUse, EntryKind, Review
from coprod_data.vocabulary.entry_care import AboutUs

Condition = sa.ColumnElement[bool]
_MEANT = aliased(EntryMeant)

# Building a condition takes longer than answering it; none of these depends on the actor.
built_once = lru_cache(maxsize=64)


@built_once
def released(use: ConsentUse, entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry's shown words may be read for this use.

    A named person let them out for this use, they were not taken back, nobody holds the entry or
    the one it belongs to, and the young person allows this use now. `entry` is CardEntry or an
    alias of it.
    """
    return sa.and_(let_out(entry), allowed(use, entry))


@built_once
def allowed(use: ConsentUse, entry: Any = CardEntry) -> Condition:
    """Return the condition that a named person and the young person allow this use now.

    By itself it opens no words: see `released`.
    """
    return sa.and_(consented(use, entry), decided(use, entry))


@built_once
def let_out(entry: Any = CardEntry) -> Condition:
    """Return the condition that something of an entry is out, not taken back and not held.

    By itself it opens no words: the young person's own need `released`, a summary `summary_out`.
    """
    main = aliased(CardEntry)
    return sa.and_(
        entry.released_at.is_not(None),
        entry.withdrawn_at.is_(None),
        ~held(entry),
        ~sa.exists().where(main.id == entry.about_id, main.withdrawn_at.is_not(None)),
    )


@built_once
def on_its_card(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry has been out, and is neither taken back nor held.

    What came of it goes on while its words are read again: sources, offers and seats. It opens no
    words.
    """
    main = aliased(CardEntry)
    return sa.and_(
        entry.place.is_not(None),
        entry.withdrawn_at.is_(None),
        ~held(entry),
        ~sa.exists().where(main.id == entry.about_id, main.withdrawn_at.is_not(None)),
    )


@built_once
def decided(use: ConsentUse, entry: Any = CardEntry) -> Condition:
    """Return the condition that a named person let an entry's words out for this use."""
    decision = aliased(UseDecision)
    return sa.exists().where(
        decision.entry_id == entry.id,
        decision.use == use,
        decision.let_out,
        decision.ended_at.is_(None),
    )


@built_once
def summed_up(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry has a summary which its author has not refused.

    It may be read once `summary_out`.
    """
    return _has_summary(entry, agreed=False)


@built_once
def summary_out(entry: Any = CardEntry) -> Condition:
    """Return the condition that the Board may read an entry's summary.

    Beside words that the Board may read it need not be agreed yet, if it was there when they were
    let out; without them it is let out for itself, and its author has said yes to it. After a flag
    one written later waits for the next decision, which needs two people, whatever its author said.
    """
    agreed = sa.and_(
        consented(ConsentUse.SUMMARY, entry),
        decided(ConsentUse.SUMMARY, entry),
        _has_summary(entry, agreed=True),
    )
    beside = sa.and_(consented(ConsentUse.BOARD, entry), _decided_beside(entry))
    return sa.and_(let_out(entry), sa.or_(beside, agreed))


def _decided_beside(entry: Any) -> Condition:
    """The words are out for the Board, with a summary that was decided with them or is agreed."""
    decision, summary = aliased(UseDecision), aliased(EntrySummary)
    return sa.exists().where(
        decision.entry_id == entry.id,
        decision.use == ConsentUse.BOARD,
        decision.let_out,
        decision.ended_at.is_(None),
        summary.entry_id == entry.id,
        summary.replaced_at.is_(None),
        summary.refused_at.is_(None),
        sa.or_(
            sa.and_(summary.agreed_at.is_not(None), ~flagged(entry)),
            summary.made_at <= decision.decided_at,
        ),
    )


def _has_summary(entry: Any, *, agreed: bool) -> Condition:
    summary = aliased(EntrySummary)
    return sa.exists().where(
        summary.entry_id == entry.id,
        summary.replaced_at.is_(None),
        summary.refused_at.is_(None),
        summary.agreed_at.is_not(None) if agreed else sa.true(),
    )


@built_once
def consented(use: ConsentUse, entry: Any = CardEntry) -> Condition:
    """Return the condition that the young person allows this use now."""
    consent = aliased(Consent)
    return sa.exists().where(
        consent.entry_id == entry.id, consent.use == use, consent.withdrawn_at.is_(None)
    )


@built_once
def held(entry: Any = CardEntry) -> Condition:
    """Return the condition that a hold is open on an entry, or on one it belongs to or with."""
    hold = aliased(SafeguardingHold)
    return sa.exists().where(
        hold.entry_id.in_([entry.id, entry.about_id, entry.held_with_id]), hold.closed_at.is_(None)
    )


def flagged(entry: Any = CardEntry) -> Condition:
    """Return the condition that a flag asks for a sooner and a second reading, as in its index."""
    return sa.cast(entry.flags, sa.Text) != sa.literal_column("'[]'")


def hinted(entry: Any = CardEntry) -> Condition:
    """Return the condition that something only moves an entry up."""
    return sa.cast(entry.hints, sa.Text) != "[]"


@built_once
def in_hand(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry has not left the queue and was not taken back.

    Written exactly like its index, with no bound value: SQLite uses a partial index only then.
    """
    return sa.and_(entry.dealt_at.is_(None), entry.withdrawn_at.is_(None))


@built_once
def waiting(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry waits to be read and decided, and is not held."""
    return sa.and_(in_hand(entry), ~held(entry))


def as_in_its_index(value: EntryKind | Review) -> sa.ColumnElement[str]:
    """Return a value written out, as in the index: SQLite uses a partial index only then."""
    return sa.literal_column(f"'{value.value}'")


@built_once
def reply_owed(entry: Any = CardEntry) -> Condition:
    """Return the condition that words were let out or kept and their author has heard nothing.

    Held words are left out here, as in other counts: comparing two counts, only one of which leaves
    them out, would reveal how many are held. Written as its index is, like `in_hand`.
    """
    return sa.and_(
        entry.kind.in_([as_in_its_index(one) for one in ANSWERED]),
        entry.dealt_at.is_not(None),
        entry.withdrawn_at.is_(None),
        entry.replied_at.is_(None),
        entry.review.in_((Review.RELEASED, Review.KEPT)),
        ~held(entry),
    )


def not_about(actor: Actor, entry: Any = CardEntry) -> Condition:
    """Return the condition that this person is not one of those an entry may be about.

    What belongs to an entry is about the same people; each account of theirs is they.
    """
    if actor.person_id is None:
        return sa.true()
    return ~sa.exists().where(
        _MEANT.entry_id.in_([entry.id, entry.about_id]),
        _MEANT.person_id.in_(accounts_of(actor.person_id)),
    ).correlate_except(_MEANT)


def may_open(actor: Actor, entry: Any = CardEntry) -> Condition:
    """Return the condition that this person may know of an entry that nobody has let out.

    It is not about them, and one whose author would not say whom it is about is for safeguarding.
    """
    if actor.may(Permission.ENTRIES_READ_HELD):
        return not_about(actor, entry)
    return sa.and_(not_about(actor, entry), ~unsaid(entry))


@built_once
def unsaid(entry: Any = CardEntry) -> Condition:
    """Return the condition that its author would not say whom an entry is about.

    It, and what belongs to it, is then for safeguarding only, until something of it is out; where
    it was said on a card that was out by then, until it is let out again.
    """
    main = aliased(CardEntry)
    shut = sa.or_(main.released_at.is_(None), main.about_us_at > main.released_at)
    unsaid_yet = sa.and_(main.about_us == AboutUs.NOT_SAID, shut)
    its_main = main.id == main_id(entry)
    # Not "exists": PostgreSQL would first look for all such entries, in every entry there is.
    return sa.func.coalesce(sa.select(unsaid_yet).where(its_main).scalar_subquery(), sa.false())


def words_for(actor: Actor, entry: Any = CardEntry) -> Condition:
    """Return the condition that this actor may read an entry's shown words.

    It is `released` for a use that is theirs; what the uses have in common is asked once, so that
    the newest words of a card are found by its index.
    """
    if actor.may(Permission.REPORT_CARDS_READ):
        theirs = allowed(ConsentUse.BOARD, entry)
    elif actor.may(Permission.ENTRIES_READ_PUBLIC):
        theirs = allowed(ConsentUse.PUBLIC, entry)
    else:
        return sa.false()
    if not actor.may(Permission.PEOPLE_NAMES):  # not one of the staff
        return sa.and_(let_out(entry), theirs)
    linked = entry.report_card_id.in_(cards_of_officer(actor.id))
    if actor.may(Permission.REPORT_CARDS_READ_LINKED):
        theirs = sa.or_(theirs, sa.and_(allowed(ConsentUse.BOARD, entry), linked))
    in_work = sa.true() if actor.may(Permission.ENTRIES_READ_RAW) else linked
    theirs = sa.or_(theirs, sa.and_(allowed(ConsentUse.WORK, entry), in_work))
    return sa.and_(let_out(entry), theirs, not_about(actor, entry))


def own(actor: Actor, entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry belongs to the holder of a code, or to a card holder."""
    return _owned(actor, main_id(entry))


def own_main(actor: Actor) -> Condition:
    """Return `own` for those entries only that belong to no other."""
    return _owned(actor, CardEntry.id)


def _owned(actor: Actor, number: sa.SQLColumnExpression[int]) -> Condition:
    if actor.kind is ActorKind.CARD_CODE:
        return number == actor.entry_id
    if not actor.may(Permission.ENTRIES_OWN):
        return sa.false()
    return number.in_(sa.select(CardHolder.entry_id).where(CardHolder.person_id == actor.id))


def account_of(entry_id: Any) -> sa.ScalarSelect[int]:
    """Return the account that holds an entry, or null: one account is one person."""
    holder = sa.select(sa.func.min(CardHolder.person_id)).where(CardHolder.entry_id == entry_id)
    return holder.scalar_subquery()
