"""When somebody may not be safe: an entry is held, somebody is told, and the hold is ended."""

import re
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_end_steps import erase_what_was_read, finish_hold
from coprod_data.commands.entries_opening import entry_to_open, opened_by_safeguarding
from coprod_data.commands.entries_quoted_steps import words_leave
from coprod_data.commands.entries_room_steps import off_the_wall
from coprod_data.commands.entries_rules import (
    entry_of,
    must_be_translated,
    must_have_read,
    must_have_read_beside,
    must_have_read_taken_back,
    open_hold,
    open_wishes_of,
    with_its_words,
)
from coprod_data.commands.entries_second_steps import propose
from coprod_data.commands.entries_steps import (
    forget_drafts,
    forget_steps,
    index_again,
)
from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    EntryQuestion,
    HoldCall,
    Reply,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Permission, Refused
from coprod_data.scopes.duty import is_away
from coprod_data.scopes.second_person import left_to_others
from coprod_data.vocabulary.entries import QuestionKind
from coprod_data.vocabulary.entry_care import BESIDE, HoldEnd, HoldLine, StepKind, Told, WordsTo
from coprod_data.vocabulary.events import EventKind

SAME_NUMBER_AGAIN = timedelta(minutes=5)  # a message before that is the same press, or no try
_REFERENCE = re.compile(r"[0-9-]{0,40}")


def hold_entry(db: Session, actor: Actor, entry_id: int) -> int:
    """Hold an entry for safeguarding at once, released or not: its words leave every view.

    Only that it was held is kept here; the story goes to the case system. Held words are read by
    safeguarding only. What waits beside the entry for a second person goes on waiting. Returns the
    hold's id. Raises NotFound, and Refused when it is held already.
    """
    actor.must(Permission.ENTRIES_HOLD)
    entry = entry_of(db, actor, entry_id, taken_back=actor.may(Permission.ENTRIES_READ_HELD))
    if open_hold(db, entry) is not None:
        raise Refused("This entry is already with safeguarding.")
    hold = SafeguardingHold(entry_id=entry.id, opened_at=actor.at, opened_by_id=actor.id)
    if actor.may(Permission.ENTRIES_READ_HELD):
        opened_by_safeguarding(db, actor, hold)
    db.add(hold)
    entry.kept_unread = False
    forget_steps(db, actor, entry, but=BESIDE)
    everything = with_its_words(db, entry)
    words_leave(db, actor, everything)
    off_the_wall(db, actor, everything)
    record(db, actor, EventKind.HOLD_OPENED, hold)
    index_again(db, [one.id for one in everything])
    forget_drafts(db, everything)
    return hold.id


def tell_of_hold(db: Session, actor: Actor, entry_id: int, told: Told) -> None:
    """Write down whom this person told that an entry is held, or that nobody answered.

    Raises NotFound, and Refused for a second message at one number within five minutes.
    """
    actor.must(Permission.ENTRIES_HOLD)
    _, hold = _held(db, actor, entry_id)
    if told.message and _left_just_now(db, actor, hold, told):
        raise Refused("A message was left at this number just now. Ring another number.")
    db.add(HoldCall(hold_id=hold.id, told_to=Told(told), at=actor.at, by_id=actor.id))
    record(db, actor, EventKind.HOLD_TOLD, hold, told=told.value)


def take_hold(db: Session, actor: Actor, entry_id: int, *, shown: int | None) -> None:
    """Become the one of safeguarding who deals with a hold, also instead of a colleague.

    `shown` is who had it when this was asked. The same once more changes nothing.
    Raises NotFound, NotAllowed, and Refused for somebody who has not read it or is away.
    """
    actor.must(Permission.ENTRIES_READ_HELD)
    entry, hold = _held(db, actor, entry_id)
    entry_to_open(db, actor, entry.id)
    if hold.taken_by_id == actor.id:
        return
    if hold.taken_by_id != shown:
        raise Refused("A colleague has taken it since you opened it. Look at it again.")
    must_have_read(db, actor, entry, since=hold.opened_at)
    if is_away(db, actor.id, actor.at):
        raise Refused("You are down as away. Take that back first, in Who is away.")
    opened_by_safeguarding(db, actor, hold)
    hold.taken_at, hold.taken_by_id = actor.at, actor.id
    record(db, actor, EventKind.HOLD_TAKEN, hold)


def write_on_held_card(db: Session, actor: Actor, entry_id: int, line: HoldLine) -> None:
    """Put one of a few sentences on a held entry's card: a question, or a word that we are at it.

    The card does not say that it is held. One that was taken back shows nothing any more.
    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_READ_HELD)
    entry, _ = _held(db, actor, entry_id)
    main_id = entry.about_id or entry.id
    if db.get_one(CardEntry, main_id).withdrawn_at is not None:
        raise Refused("They took this card back. What you write would not reach them.")
    if line.asks:
        question = EntryQuestion(
            entry_id=main_id,
            kind=QuestionKind.TALK,
            text=line.words,
            asked_at=actor.at,
            asked_by_id=actor.id,
            while_held=True,
        )
        db.add(question)
        record(db, actor, EventKind.ENTRY_ASKED_BACK, question)
    else:
        reply = Reply(entry_id=main_id, text=line.words, person_id=actor.id, at=actor.at)
        db.add(reply)
        record(db, actor, EventKind.ENTRY_REPLIED, reply)


def end_hold(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    ending: HoldEnd,
    words_to: WordsTo,
    reference: str = "",
) -> bool:
    """End a hold and say how, and what happens to the words. Returns whether it has ended.

    Where no risk was found, or it was known already, or nobody could find out who it is, a second
    person of safeguarding agrees first. Whom its words may name by their first name does not end it
    while another of safeguarding is there. What its author wrote beside it is read before it ends.
    `reference` is the number in the case system. Raises NotFound, NotAllowed, Invalid, Refused.
    """
    actor.must(Permission.ENTRIES_READ_HELD)
    actor.must_have_proved()
    entry, hold = _held(db, actor, entry_id)
    if hold.entry_id != entry.id:
        raise NotFound("The hold is on the entry that these words belong to.")
    _must_leave_to_others(db, actor, entry)
    must_have_read(db, actor, entry, since=hold.opened_at)
    must_have_read_beside(db, actor, hold)
    if not _REFERENCE.fullmatch(reference.strip()):
        raise Invalid("Give the number only: digits and dashes.", field="reference")
    if entry.withdrawn_at is not None:
        words_to = WordsTo.ERASED
    elif words_to is WordsTo.ERASED:
        raise Invalid("Only words that were taken back are erased.", field="words_to")
    detail = {
        "ending": HoldEnd(ending).value,
        "words_to": words_to.value,
        "reference": reference.strip(),
    }
    if ending.needs_second:
        must_be_translated(entry)
        propose(db, actor, entry, StepKind.END_HOLD, detail=detail)
        return False
    finish_hold(
        db, actor, entry, hold, ending=ending, words_to=words_to, reference=reference.strip()
    )
    return True


def let_go(db: Session, actor: Actor, entry_id: int) -> None:
    """Let go of an entry that was taken back before anybody, or after one person alone, decided:
    its words are erased.

    What else of its card was taken back, or waits, is read first, and let go, or held, for itself.
    So is each wish to talk: it is opened and let go first.
    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_READ_HELD)
    actor.must_have_proved()
    entry = entry_of(db, actor, entry_id, taken_back=True)
    if not entry.kept_unread:
        raise Refused("This entry is not waiting to be let go.")
    if open_hold(db, entry) is not None:
        raise Refused("This entry is on hold with others. End that hold first.")
    _must_leave_to_others(db, actor, entry)
    must_have_read(db, actor, entry, since=entry.withdrawn_at)
    if open_wishes_of(db, entry):
        raise Refused("They want somebody to talk to them. Open that and let it go first.")
    must_have_read_taken_back(db, actor, entry)
    must_be_translated(entry)
    erase_what_was_read(db, actor, entry)
    record(db, actor, EventKind.ENTRY_LET_GO, entry)


def _must_leave_to_others(db: Session, actor: Actor, entry: CardEntry) -> None:
    if left_to_others(db, actor, [entry], [entry.id]).get(entry.id):
        raise NotAllowed("This may be about you. Somebody else of safeguarding decides it.")


def _left_just_now(db: Session, actor: Actor, hold: SafeguardingHold, told: Told) -> bool:
    before = sa.select(HoldCall.id).where(
        HoldCall.hold_id == hold.id,
        HoldCall.told_to == told,
        HoldCall.at > actor.at - SAME_NUMBER_AGAIN,
    )
    return db.scalars(before.limit(1)).first() is not None


def _held(db: Session, actor: Actor, entry_id: int) -> tuple[CardEntry, SafeguardingHold]:
    entry = entry_of(db, actor, entry_id, taken_back=True)
    hold = open_hold(db, entry)
    if hold is None:
        raise NotFound("This entry is not on hold any more.")
    return entry, hold
