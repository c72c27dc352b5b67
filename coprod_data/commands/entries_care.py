"""When an entry needs a person more than a card: hold it, pass it on, close it."""

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import (
    entry_of,
    entry_to_check,
    must_have_read,
    open_hold,
    with_its_words,
)
from coprod_data.commands.entries_steps import erase_words, forget_drafts, index_again
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, Reply, SafeguardingHold
from coprod_data.permissions import Actor, NotFound, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.events import EventKind


def hold_entry(db: Session, actor: Actor, entry_id: int) -> None:
    """Hold an entry for safeguarding at once, released or not: its words leave every view.

    Only the fact that it was held is kept here; the details go to the case system. Only
    safeguarding can read held words. Raises NotFound, and Refused when it is already held.
    """
    actor.must(Permission.ENTRIES_HOLD)
    entry = entry_of(db, entry_id)
    if open_hold(db, entry) is not None:
        raise Refused("This entry is already with the safeguarding lead.")
    hold = SafeguardingHold(entry_id=entry.id, opened_at=actor.at, opened_by_id=actor.id)
    db.add(hold)
    entry.proposed_version_id = entry.proposed_by_id = entry.proposed_at = None
    record(db, actor, EventKind.HOLD_OPENED, hold)
    everything = with_its_words(db, entry)
    index_again(db, [one.id for one in everything])
    forget_drafts(db, everything)


def end_hold(db: Session, actor: Actor, entry_id: int) -> None:
    """End a hold: a released entry returns to its card, any other to the queue.

    If the entry was taken back during the hold, its words are erased now. Raises NotFound.
    """
    actor.must(Permission.ENTRIES_READ_HELD)
    entry = db.get(CardEntry, entry_id, with_for_update=True)
    hold = open_hold(db, entry) if entry is not None else None
    if entry is None or hold is None or hold.entry_id != entry.id:
        raise NotFound("This entry is no longer on hold.")
    hold.closed_at, hold.closed_by_id = actor.at, actor.id
    if entry.withdrawn_at is not None:
        erase_words(db, with_its_words(db, entry))
    record(db, actor, EventKind.HOLD_CLOSED, hold)
    index_again(db, [one.id for one in with_its_words(db, entry)])


def pass_to_worker(db: Session, actor: Actor, entry_id: int) -> None:
    """Record that this entry is about one young person's own life, and that their worker will help.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    must_have_read(db, actor, entry)
    entry.proposed_version_id = entry.proposed_by_id = entry.proposed_at = None
    entry.review, entry.taken_by_id = Review.PERSONAL_HELP, actor.id
    record(db, actor, EventKind.ENTRY_PERSONAL_HELP, entry)


def close_entry(db: Session, actor: Actor, entry_id: int, *, text: str) -> None:
    """Close an entry that will not go on a card, with a last reply to the young person.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.REPLIES_SEND)
    entry = entry_to_check(db, actor, entry_id)
    must_have_read(db, actor, entry)
    reply = Reply(
        entry_id=entry.id,
        text=required_text(text, "text", "Tell the young person what you did."),
        person_id=actor.id,
        at=actor.at,
    )
    db.add(reply)
    entry.review, entry.replied_at = Review.CLOSED, entry.replied_at or actor.at
    entry.proposed_version_id = entry.proposed_by_id = entry.proposed_at = None
    record(db, actor, EventKind.ENTRY_CLOSED, entry)
