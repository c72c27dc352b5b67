"""How the reading of an entry ends: steps of its commands, taken by one person or by two.

The command that takes one has locked the entry and asked its rules.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_code_steps import stop_waiting
from coprod_data.commands.entries_quoted_steps import words_leave
from coprod_data.commands.entries_room_steps import off_the_wall
from coprod_data.commands.entries_rules import (
    allowed_uses,
    must_have_read,
    one_decided,
    open_hold,
    open_wishes_of,
    undecided,
    unread_wish,
    with_its_words,
)
from coprod_data.commands.entries_steps import (
    decide_uses,
    end_decisions,
    end_here,
    erase_wish,
    erase_words,
    forget_drafts,
    forget_steps,
    index_again,
    into_queue,
    take_views_out,
)
from coprod_data.commands.entries_wish_steps import wish_taken_back
from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    Consent,
    ContactWish,
    EntryQuestion,
    Recall,
    Reply,
    SafeguardingHold,
    UseDecision,
)
from coprod_data.permissions import Actor, Refused
from coprod_data.scopes.held_cards import held_beside
from coprod_data.scopes.second_person import about_whom
from coprod_data.scopes.watched_cards import on_watched_card
from coprod_data.vocabulary.entries import ConsentUse, Flag, QuestionKind, Review
from coprod_data.vocabulary.entry_care import (
    CLOSED_BECAUSE,
    KEPT_BECAUSE,
    PASSED_ON_BECAUSE,
    Again,
    HoldEnd,
    StepKind,
    WordsTo,
)
from coprod_data.vocabulary.events import EventKind


def asked(db: Session, actor: Actor, entry: CardEntry, text: str, version_id: int | None) -> int:
    """Write the question down and tell the log. Returns its id."""
    question = EntryQuestion(
        entry_id=entry.id,
        kind=QuestionKind.TALK if version_id is None else QuestionKind.WORDING,
        text=text,
        version_id=version_id,
        asked_at=actor.at,
        asked_by_id=actor.id,
    )
    db.add(question)
    record(db, actor, EventKind.ENTRY_ASKED_BACK, entry)
    return question.id


def pass_on(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Take the step that `pass_to_worker` describes; it has been decided."""
    entry.taken_by_id = actor.id
    _decide_the_rest(db, actor, entry, PASSED_ON_BECAUSE)
    end_here(db, actor, entry, Review.PERSONAL_HELP)
    record(db, actor, EventKind.ENTRY_PERSONAL_HELP, entry)


def close_with_reply(db: Session, actor: Actor, entry: CardEntry, text: str) -> None:
    """Take the step that `close_entry` describes; it has been decided."""
    db.add(Reply(entry_id=entry.id, text=text, person_id=actor.id, at=actor.at))
    entry.replied_at = entry.replied_at or actor.at
    _decide_the_rest(db, actor, entry, CLOSED_BECAUSE)
    end_here(db, actor, entry, Review.CLOSED)
    record(db, actor, EventKind.ENTRY_CLOSED, entry)


def _decide_the_rest(db: Session, actor: Actor, entry: CardEntry, because: str) -> None:
    """Write down that what the author allows and nobody has decided about is not let out.

    An ended entry is read by nobody any more, so its author must not be told to wait.
    """
    decided = sa.select(UseDecision.use).where(
        UseDecision.entry_id == entry.id, UseDecision.ended_at.is_(None)
    )
    uses = db.scalars(
        sa.select(Consent.use).where(
            Consent.entry_id == entry.id,
            Consent.withdrawn_at.is_(None),
            Consent.use.not_in(decided),
        )
    )
    db.add_all(
        UseDecision(
            entry_id=entry.id,
            use=use,
            let_out=False,
            reason=because,
            decided_at=actor.at,
            decided_by_id=actor.id,
        )
        for use in uses.all()
    )


def take_back(db: Session, actor: Actor, entry: CardEntry, *, on_behalf: str | None) -> None:
    """Take the step that `withdraw_entry` describes; it has been decided."""
    taken = [one for one in with_its_words(db, entry) if one.withdrawn_at is None]
    if not taken:
        return
    erased = []
    wishes = open_wishes_of(db, entry)
    free = bool(wishes) and open_hold(db, entry) is None
    unopened = free and any(wish.opened_at is None for wish in wishes)
    for one in taken:
        wanted = undecided(db, one) or one_decided(db, one) or _unread_on_watched_card(db, one)
        unread = _unread_beside_a_hold(db, one) or (one is entry and unopened)
        one.kept_unread = (on_behalf is None and wanted) or unread
        one.withdrawn_at = actor.at
        forget_steps(db, actor, one, but=() if free else (StepKind.END_WISH,))
        if not one.kept_unread and open_hold(db, one) is None:
            erased.append(one)
    for wish in wishes if free else ():
        if wish.taken_back_at is None or wish.opened_at is not None:
            wish_taken_back(db, actor, entry, wish)
    words_leave(db, actor, [one for one in taken if one not in erased])
    erase_words(db, actor, erased)
    forget_drafts(db, taken)
    stop_waiting(db, taken)
    take_views_out(db, entry, taken)
    record(db, actor, EventKind.ENTRY_WITHDRAWN, entry, on_behalf=on_behalf)
    index_again(db, [one.id for one in taken])


def _unread_on_watched_card(db: Session, entry: CardEntry) -> bool:
    """Say whether nobody has decided about words on whose card something asks for care."""
    if entry.dealt_at is not None or open_hold(db, entry) is not None:
        return False
    watched = sa.select(CardEntry.id).where(CardEntry.id == entry.id, on_watched_card())
    return db.scalar(watched) is not None


def _unread_beside_a_hold(db: Session, entry: CardEntry) -> bool:
    """Say whether flagged words are on hold only with others, whose hold can end without them."""
    hold = open_hold(db, entry)
    beside = hold is not None and hold.entry_id != entry.id
    return beside and entry.flagged and entry.dealt_at is None


def erase_what_was_read(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Erase an entry that was taken back, with its words that nobody still has to read.

    What was taken back unread, or is held for itself, stays until it is read and ended for itself.
    """
    read = [
        one
        for one in with_its_words(db, entry)
        if one is entry or not (one.kept_unread or open_hold(db, one) is not None)
    ]
    for one in read:
        one.kept_unread = False
    erase_words(db, actor, read)


def unread_beside(db: Session, entry: CardEntry) -> list[CardEntry]:
    """Return those of an entry and its words that nobody may take back for the author alone.

    Flagged ones that wait for somebody of the team, those on whose card something asks for care,
    and those that may be about one of us, if nobody has decided about them; and the entry while a
    wish to talk is open.
    """
    wished = bool(open_wishes_of(db, entry)) and open_hold(db, entry) is None
    words = with_its_words(db, entry)
    about = about_whom(db, CardEntry.id.in_([one.id for one in words]))
    return [
        one
        for one in words
        if one.withdrawn_at is None
        and (
            undecided(db, one)
            or _unread_on_watched_card(db, one)
            or (about[one.id].meant and one.dealt_at is None)
            or (one is entry and wished)
        )
    ]


def must_have_read_all(db: Session, actor: Actor, entry: CardEntry, *, since: datetime) -> None:
    """Check that a second person has read all that taking an entry back would erase unread.

    Raises Refused.
    """
    for one in unread_beside(db, entry):
        if one is not entry:
            unread = f"No. {one.id} is taken back with it. Open that and read it first."
            must_have_read(db, actor, one, since, unread=unread)
    if open_hold(db, entry) is None and (first := unread_wish(db, entry)):
        raise Refused(first)


def take_in(db: Session, actor: Actor, entry: CardEntry, reason: str) -> None:
    """Take the step that `recall_entry` describes; it has been decided."""
    db.add(Recall(entry_id=entry.id, reason=reason, at=actor.at, by_id=actor.id))
    end_decisions(db, actor, entry, frozenset(ConsentUse))
    entry.released_at = None
    into_queue(actor, entry, Again.RECALLED)
    off_the_wall(db, actor, [entry])
    record(db, actor, EventKind.ENTRY_RECALLED, entry)
    index_again(db, [one.id for one in with_its_words(db, entry)])


def finish_hold(
    db: Session,
    actor: Actor,
    entry: CardEntry,
    hold: SafeguardingHold,
    *,
    ending: HoldEnd,
    words_to: WordsTo,
    reference: str,
) -> None:
    """Take the step that `end_hold` describes; it has been decided. Raises Refused."""
    if entry.withdrawn_at is not None:  # taken back since it was proposed
        words_to = WordsTo.ERASED
        _wish_goes_too(db, actor, entry)
    hold.closed_at, hold.closed_by_id = actor.at, actor.id
    hold.ending, hold.reference, hold.words_to = ending, reference, words_to
    everything = with_its_words(db, entry)
    db.flush()
    forget_steps(db, actor, entry, but=(StepKind.END_WISH,))
    if words_to is not WordsTo.ERASED:
        _out_of_view(db, actor, [one for one in everything if one is not entry])
    match words_to:
        case WordsTo.ERASED:
            erase_what_was_read(db, actor, entry)
        case WordsTo.KEPT:
            uses = allowed_uses(db, entry)
            decide_uses(db, actor, entry, uses, dict.fromkeys(uses, KEPT_BECAUSE))
            entry.released_at = None
            end_here(db, actor, entry, Review.KEPT)
        case WordsTo.QUEUE:
            decide_uses(db, actor, entry, frozenset(), {})
            entry.released_at = None
            entry.flags = entry.flags or [Flag.WORRIED.value]  # a person held what no list flagged
            into_queue(actor, entry, Again.HOLD_ENDED)
    for wish in db.scalars(
        sa.select(ContactWish).where(
            ContactWish.entry_id == entry.id, ContactWish.closed_at.is_not(None)
        )
    ):
        erase_wish(db, actor, wish)
    for one in everything:
        if one.held_with_id == entry.id:
            one.held_with_id = held_beside(db, one.about_id or one.id)
    record(db, actor, EventKind.HOLD_CLOSED, hold)
    index_again(db, [one.id for one in everything])


def _wish_goes_too(db: Session, actor: Actor, entry: CardEntry) -> None:
    """Close each wish to talk of an entry that was taken back, once somebody has opened them."""
    if first := unread_wish(db, entry):
        raise Refused(first)
    for wish in open_wishes_of(db, entry):
        wish_taken_back(db, actor, entry, wish)
        forget_steps(db, actor, entry)


def _out_of_view(db: Session, actor: Actor, beside: list[CardEntry]) -> None:
    """Put those of these entries that were let out back into the queue, for they may tell of what
    the hold was about.
    """
    for one in beside:
        if one.released_at is not None and one.withdrawn_at is None:
            decide_uses(db, actor, one, frozenset(), {})
            forget_steps(db, actor, one)
            one.released_at = None
            into_queue(actor, one, Again.HOLD_ENDED)
