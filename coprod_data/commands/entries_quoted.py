"""Texts of staff that wait because they repeat a young person's words: reworded, or put back."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_quoted_steps import digest_of
from coprod_data.commands.entries_rules import is_about
from coprod_data.commands.entries_summary_steps import decide_again, must_sum_up
from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    EntryQuestion,
    EntrySummary,
    Outcome,
    Rewording,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.texts import LONGEST, required_text
from coprod_data.scopes.rewordings import WHY_NOT, hidden_from, ways_back
from coprod_data.scopes.staff_texts import OF_ENTRY, column_of, model_of
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.entries import QuestionKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, REMOVED, TextEnd

GONE = "This text is not waiting any more."
ELSEWHERE = "What this text was in has gone or was changed, so there is nothing to reword."


def reword_text(db: Session, actor: Actor, rewording_id: int, *, text: str) -> None:
    """Write a text in other words, in the place of the one that waits.

    Signatures stay, and both sides are told that the words are others. The author of a summary is
    asked again, and it holds to every rule of a new one. Raises NotFound, NotAllowed, Refused, and
    Invalid when nothing was written, it is too long, or the young person's own words are still in
    it.
    """
    actor.must(Permission.TEXTS_REWORD)
    waiting, row = _waiting(db, actor, rewording_id)
    column = column_of(waiting.place).type
    longest = column.length or LONGEST
    said = required_text(text, "text", "Write it in other words.", longest)
    if column.length:
        said = " ".join(said.split())  # a title or another single line
    if isinstance(row, EntrySummary):
        must_sum_up(db, actor, _summed_up(db, row))
    setattr(row, waiting.place.column, said)
    if isinstance(row, Outcome):
        row.reworded_at = actor.at
    if isinstance(row, EntrySummary):  # its author is asked again
        _ask_again(db, actor, row)
        decide_again(db, actor, _summed_up(db, row))
    try:
        record(
            db, actor, EventKind.TEXT_REWORDED, row,
            place=waiting.place.value, entry_id=waiting.entry_id,
        )  # fmt: skip
    except Invalid as refused:
        raise Invalid(refused.sentence, field="text") from refused


def put_text_back(db: Session, actor: Actor, rewording_id: int, *, ending: TextEnd) -> None:
    """Put a text back as it was: the words are not theirs, or all of them are out again.

    While words of somebody else in it have left too, it goes on waiting for these. A summary that
    is put back holds to every rule of a new one, and after a flag waits as one does: whoever has
    decided meanwhile has not seen it. Raises NotFound, NotAllowed, and Refused when words of it may
    not be read, or when six of theirs in a row are said not to be theirs.
    """
    actor.must(Permission.TEXTS_REWORD)
    waiting, row = _waiting(db, actor, rewording_id)
    if isinstance(row, EntrySummary):
        must_sum_up(db, actor, _summed_up(db, row))
    if ending is TextEnd.REWORDED:
        raise Invalid("Write it in other words.", field="text")
    if hidden_from(db, actor, waiting):
        raise Refused("Some of its words are for safeguarding only. Write it in other words.")
    if ending in WHY_NOT and ending not in ways_back(db, waiting):
        raise Refused(WHY_NOT[ending])
    text, row_id, place = waiting.text or "", waiting.row_id, waiting.place
    waiting.settled_at, waiting.settled_by_id = actor.at, actor.id
    waiting.ending, waiting.text, waiting.spans = ending, None, []
    waiting.digest = digest_of(text) if ending is TextEnd.NOT_THEIRS else None
    db.flush()
    others = sa.select(Rewording.id).where(
        Rewording.place == place, Rewording.row_id == row_id, Rewording.settled_at.is_(None)
    )
    if db.scalars(others.limit(1)).first() is None:
        setattr(row, place.column, text)
        if isinstance(row, EntrySummary) and _summed_up(db, row).flagged:
            row.made_at = actor.at
            decide_again(db, actor, _summed_up(db, row))
    owe_wiping(db, actor.at)
    record(
        db, actor, EventKind.TEXT_PUT_BACK, row,
        place=place.value, entry_id=waiting.entry_id, ending=ending.value,
    )  # fmt: skip


def _waiting(db: Session, actor: Actor, rewording_id: int) -> tuple[Rewording, Any]:
    """Return what waits and the row with its place, both locked. Raises NotFound, Refused."""
    waiting = db.get(Rewording, rewording_id, with_for_update=True, populate_existing=True)
    if waiting is None or waiting.settled_at is not None:
        raise NotFound(GONE)
    row: Any = db.get(model_of(waiting.place), waiting.row_id, with_for_update=True)
    if row is None or getattr(row, waiting.place.column) != BEING_REWORDED:
        raise Refused(ELSEWHERE)
    whose = {waiting.entry_id} | ({row.entry_id} if waiting.place in OF_ENTRY else set())
    if any(is_about(db, actor, db.get_one(CardEntry, entry_id)) for entry_id in whose):
        raise NotFound(GONE)
    return waiting, row


def _summed_up(db: Session, summary: EntrySummary) -> CardEntry:
    return db.get_one(CardEntry, summary.entry_id, with_for_update=True)


def _ask_again(db: Session, actor: Actor, summary: EntrySummary) -> None:
    """Ask the author about the new wording, in place of the summary that waits."""
    said, summary.text = summary.text, REMOVED
    summary.replaced_at = actor.at
    written = EntrySummary(
        entry_id=summary.entry_id, text=said, made_at=actor.at, made_by_id=actor.id
    )
    db.add(written)
    db.flush()
    for question in db.scalars(sa.select(EntryQuestion).filter_by(summary_id=summary.id)):
        question.answered_at = question.answered_at or actor.at
    db.add(
        EntryQuestion(
            entry_id=summary.entry_id,
            kind=QuestionKind.SUMMARY,
            text="We wrote your words in another way. Is this what you mean?",
            summary_id=written.id,
            asked_at=actor.at,
            asked_by_id=actor.id,
        )
    )
