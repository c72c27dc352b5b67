"""What the team writes about an entry: a summary, a reply, and which entry says the same."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import (
    entry_of,
    must_be_translated,
    must_have_read,
    must_write,
)
from coprod_data.commands.entries_second_rules import must_check
from coprod_data.commands.entries_summary_steps import decide_again, must_sum_up
from coprod_data.commands.event_log import record
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.models import CardEntry, EntryQuestion, EntrySummary, Reply, SameAs
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.entries import TRANSLATED, EntryKind, Hint, QuestionKind
from coprod_data.vocabulary.entry_care import Translator
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, REMOVED, TextPlace


def write_summary(db: Session, actor: Actor, entry_id: int, *, text: str) -> int:
    """Write other words for an entry and ask the young person whether they agree.

    It takes the place of an earlier summary, is never shown as their own words, and reaches the
    card with the entry's next release, or once its author agreed to it. While a second person reads
    the entry to let it out it stays as they read it. After a flag it reaches the card only with a
    release that a second person agreed to: an entry that had left the queue returns to it. Returns
    the summary's id. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_of(db, actor, entry_id)
    must_sum_up(db, actor, entry)
    must_be_translated(entry)
    _replace_earlier(db, actor, entry)
    summary = EntrySummary(
        entry_id=entry.id,
        text=required_text(text, "summary", "Write the summary."),
        made_at=actor.at,
        made_by_id=actor.id,
    )
    db.add(summary)
    db.flush()
    db.add(
        EntryQuestion(
            entry_id=entry.id,
            kind=QuestionKind.SUMMARY,
            text=_asks(entry),
            summary_id=summary.id,
            asked_at=actor.at,
            asked_by_id=actor.id,
        )
    )
    decide_again(db, actor, entry)
    record(db, actor, EventKind.SUMMARY_WRITTEN, summary)
    return summary.id


def send_reply(db: Session, actor: Actor, entry_id: int, *, text: str) -> int:
    """Tell the young person what happened with their words. Returns the reply's id.

    Raises NotFound, Invalid, and Refused before anybody has dealt with the entry, or while anything
    on its card is on hold.
    """
    actor.must(Permission.REPLIES_SEND, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, actor, entry_id)
    must_write(db, actor, entry)
    must_check(db, actor, entry)
    if entry.about_id is not None:
        entry = entry_of(db, actor, entry.about_id)
    if entry.dealt_at is None and entry.place is None:
        raise Refused("Check the entry first. To ask something before, use Ask back.")
    reply = Reply(
        entry_id=entry.id,
        text=required_text(text, "text", "Write the reply."),
        person_id=actor.id,
        at=actor.at,
    )
    db.add(reply)
    entry.replied_at = entry.replied_at or actor.at
    record(db, actor, EventKind.ENTRY_REPLIED, entry)
    return reply.id


def join_entries(db: Session, actor: Actor, entry_id: int, other_id: int) -> None:
    """Record that two entries say the same, for somebody who has read both.

    Both are kept, and both authors get a reply. Several that say the same form one group, led by
    one of them; two groups become one, so that a group with an entry that this person may not know
    of is joined like any other. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry, other = entry_of(db, actor, entry_id), entry_of(db, actor, other_id)
    must_have_read(db, actor, entry)
    must_have_read(db, actor, other)
    if entry.id == other.id or {entry.kind, other.kind} != {EntryKind.WORDS}:
        raise Refused("Choose another entry that says the same.")
    main_id, member_id = _led_by(db, other.id), _led_by(db, entry.id)
    if main_id == member_id:
        raise Refused("These two are joined already.")
    for same in db.scalars(sa.select(SameAs).where(SameAs.main_id == member_id)):
        same.main_id = main_id
    db.add(SameAs(entry_id=member_id, main_id=main_id))
    record(db, actor, EventKind.ENTRY_JOINED, entry, main_id=main_id)


def part_entries(db: Session, actor: Actor, entry_id: int, other_id: int) -> None:
    """Take an entry out of the group of another, for somebody who read both: they differ.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry, other = entry_of(db, actor, entry_id), entry_of(db, actor, other_id)
    must_have_read(db, actor, entry)
    must_have_read(db, actor, other)
    same = db.get(SameAs, entry_id)
    if same is None or _led_by(db, other_id) != same.main_id:
        same = db.get(SameAs, other_id)
        if same is None or same.main_id != entry_id:
            raise Refused("These two are not joined any more.")
    db.delete(same)
    record(db, actor, EventKind.ENTRY_PARTED, entry)


def _asks(entry: CardEntry) -> str:
    """Return what its author is asked about a summary: whether it says what they mean."""
    in_english = Hint.LANGUAGE not in entry.hints or entry.translated is Translator.ENGLISH
    return f"{'We wrote your words shorter.' if in_english else TRANSLATED} Is this what you mean?"


def _led_by(db: Session, entry_id: int) -> int:
    """Return the entry that leads the group of another: itself while it is not joined."""
    main_id = db.scalar(sa.select(SameAs.main_id).where(SameAs.entry_id == entry_id))
    return entry_id if main_id is None else main_id


def _replace_earlier(db: Session, actor: Actor, entry: CardEntry) -> None:
    for summary in db.scalars(
        sa.select(EntrySummary).where(
            EntrySummary.entry_id == entry.id, EntrySummary.replaced_at.is_(None)
        )
    ):
        summary.replaced_at = actor.at
        if summary.text == BEING_REWORDED:
            summary.text = REMOVED
            stop_rewording(db, actor, [(TextPlace.SUMMARY, summary.id)])
    for question in db.scalars(
        sa.select(EntryQuestion).where(
            EntryQuestion.entry_id == entry.id,
            EntryQuestion.kind == QuestionKind.SUMMARY,
            EntryQuestion.answered_at.is_(None),
        )
    ):
        question.answered_at = actor.at
