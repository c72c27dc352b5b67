"""The Youth Voice Team reads an entry and lets it out, or asks back. Nothing is released
automatically.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import open_card
from coprod_data.commands.entries_rules import (
    entry_of,
    entry_to_check,
    must_have_read,
    one_worker_team,
    open_hold,
    original_of,
    with_its_words,
)
from coprod_data.commands.entries_steps import let_words_out
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, EntryQuestion, EntryReading, EntryVersion
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Refused
from coprod_data.rules.redaction import MOST_WORDS, Span, hide, spans_of
from coprod_data.rules.texts import clean, required_text
from coprod_data.vocabulary.entries import QuestionKind, Review, VersionKind
from coprod_data.vocabulary.events import EventKind


class AskedBack(Refused):
    """The young person was asked something and has not answered."""


def open_to_read(db: Session, actor: Actor, entry_id: int) -> None:
    """Open an entry's raw words for this person, and record it in the log.

    A new entry becomes theirs to check. Only safeguarding can open held words. An entry that waits
    for its second reader also opens for the deputy lead where the team has only one worker. Raises
    NotFound, NotAllowed.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, entry_id, held_too=True)
    if entry.typed_by_id == actor.id:
        raise NotAllowed("You typed this entry, so somebody else in the team must read it.")
    if open_hold(db, entry) is not None:
        actor.must(Permission.ENTRIES_READ_HELD)
    elif not actor.may(Permission.ENTRIES_READ_RAW):
        _must_be_deputy(db, entry)
    db.add(EntryReading(entry_id=entry.id, person_id=actor.id, at=actor.at))
    if entry.review is Review.SUBMITTED and actor.may(Permission.ENTRIES_CHECK):
        entry.review, entry.taken_by_id = Review.IN_REVIEW, actor.id
    record(db, actor, EventKind.ENTRY_OPENED, entry)


def move_entry(db: Session, actor: Actor, entry_id: int, *, theme_id: int) -> None:
    """Move an entry to another theme, which is only possible before release.

    Words that go with a choice stay with the entry they belong to. Raises NotFound, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    if entry.about_id is not None:
        raise Refused("These words belong to another entry and stay with it.")
    card = open_card(db, actor, theme_id)
    if card.id != entry.report_card_id:
        for one in with_its_words(db, entry):
            one.report_card_id = card.id
        record(db, actor, EventKind.ENTRY_MOVED, entry)


def release_entry(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    shown_thinks: str,
    shown_wants: str,
    confirmed_many: bool = False,
) -> bool:
    """Release an entry's words as shown, or propose to when a flag asks for a second reader.

    The shown texts are the original with roles in brackets over what is hidden; `confirmed_many`
    says that it is intended to hide more than six words under one role. Returns whether the words
    are out. Raises NotFound, NotAllowed, AskedBack, Refused, and Invalid for other words.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    must_have_read(db, actor, entry)
    if entry.review is Review.ASKED_BACK:
        raise AskedBack(
            "You asked the young person and they have not answered. "
            "Wait for their answer, or put the entry back in the queue first."
        )
    version_id = _shown_version(db, actor, entry, shown_thinks, shown_wants, confirmed_many)
    _refuse_refused_wording(db, version_id)
    if entry.flagged:
        entry.review = Review.IN_REVIEW
        entry.proposed_version_id = version_id
        entry.proposed_by_id, entry.proposed_at = actor.id, actor.at
        record(db, actor, EventKind.ENTRY_PROPOSED, entry)
        return False
    let_words_out(db, actor, entry, version_id)
    return True


def confirm_release(db: Session, actor: Actor, entry_id: int) -> None:
    """Release a flagged entry as its second reader, in the words that were proposed.

    The second reader is another worker who read it after it was proposed, or the deputy lead where
    the team has only one worker. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_to_check(db, actor, entry_id)
    if entry.proposed_version_id is None:
        raise Refused("Nobody has proposed to let this entry out. Read it and propose it first.")
    if entry.proposed_by_id == actor.id:
        raise NotAllowed("You proposed this. A second person must read a flagged entry.")
    if not actor.may(Permission.ENTRIES_CHECK):
        _must_be_deputy(db, entry)
    must_have_read(db, actor, entry, since=entry.proposed_at)
    let_words_out(db, actor, entry, entry.proposed_version_id)


def return_to_queue(db: Session, actor: Actor, entry_id: int) -> None:
    """Put an entry back among the new ones and drop any proposal to release it. Raises NotFound,
    NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    _forget_proposal(entry)
    entry.review, entry.taken_by_id = Review.SUBMITTED, None
    record(db, actor, EventKind.ENTRY_RETURNED, entry)


def ask_back(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    text: str,
    shown_thinks: str | None = None,
    shown_wants: str | None = None,
) -> int:
    """Ask the young person something before their words go out. Returns the question's id.

    With shown texts it asks whether they agree to these words being hidden. The entry waits for the
    answer. Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    must_have_read(db, actor, entry)
    question = EntryQuestion(
        entry_id=entry.id,
        kind=QuestionKind.TALK,
        text=required_text(text, "text", "Write what you want to ask."),
        asked_at=actor.at,
        asked_by_id=actor.id,
    )
    if shown_thinks is not None or shown_wants is not None:
        question.kind = QuestionKind.WORDING
        question.version_id = _shown_version(
            db, actor, entry, shown_thinks or "", shown_wants or "", confirmed_many=True
        )
    db.add(question)
    _forget_proposal(entry)
    entry.review = Review.ASKED_BACK
    record(db, actor, EventKind.ENTRY_ASKED_BACK, entry)
    return question.id


def _must_be_deputy(db: Session, entry: CardEntry) -> None:
    if entry.proposed_version_id is None or not one_worker_team(db):
        raise NotAllowed("The Youth Voice Team reads this entry.")


def _forget_proposal(entry: CardEntry) -> None:
    entry.proposed_version_id = entry.proposed_by_id = entry.proposed_at = None


def _shown_version(
    db: Session, actor: Actor, entry: CardEntry, thinks: str, wants: str, confirmed_many: bool
) -> int:
    """Return the id of the version with these words hidden: the original when nothing is."""
    original = original_of(db, entry)
    hidden = {
        field: spans_of(whole or "", clean(shown), f"shown_{field}")
        for field, whole, shown in (
            ("thinks", original.thinks, thinks),
            ("wants", original.wants, wants),
        )
    }
    _refuse_hiding_much(hidden, confirmed_many)
    spans = [[field, s.start, s.end, s.role] for field, found in hidden.items() for s in found]
    if not spans:
        return original.id
    versions = db.scalars(
        sa.select(EntryVersion)
        .where(EntryVersion.entry_id == entry.id)
        .order_by(EntryVersion.number)
    ).all()
    for version in versions:
        if version.spans == spans:
            return version.id
    version = EntryVersion(
        entry_id=entry.id,
        number=versions[-1].number + 1,
        kind=VersionKind.SHOWN,
        thinks=hide(original.thinks, hidden["thinks"]) if original.thinks else None,
        wants=hide(original.wants, hidden["wants"]) if original.wants else None,
        spans=spans,
        made_at=actor.at,
        made_by_id=actor.id,
    )
    db.add(version)
    db.flush()
    return version.id


def _refuse_refused_wording(db: Session, version_id: int) -> None:
    said_no = sa.select(EntryQuestion.id).where(
        EntryQuestion.version_id == version_id, EntryQuestion.agreed.is_(False)
    )
    if db.scalars(said_no.limit(1)).first() is not None:
        raise Refused("The young person said no to this wording. Ask them, or hide other words.")


def _refuse_hiding_much(hidden: dict[str, list[Span]], confirmed_many: bool) -> None:
    for field, spans in hidden.items():
        if not confirmed_many and any(span.long for span in spans):
            raise Invalid(
                f"More than {MOST_WORDS} words are hidden under one role. "
                "Hide less, or confirm that you mean to.",
                field=f"shown_{field}",
            )
