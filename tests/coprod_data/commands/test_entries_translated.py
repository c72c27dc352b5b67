"""Words in another language: who translated them is said before anybody decides about them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import end_hold, hold_entry, let_go
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
)
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_replies import write_summary
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_translated import say_translated
from coprod_data.models import CardEntry, EntryQuestion, Event, ReportCard
from coprod_data.permissions import Actor, ActorKind, Refused
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.vocabulary.entries import TRANSLATED, ConsentUse, Flag, Hint, Review
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, Translator, WordsTo
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import the_public, unrecorded
from tests.helpers.entries_read import AS_WRITTEN, later, read, taken_back_for

POLISH = {"language": "Polish", "hints": [Hint.LANGUAGE.value]}
UNSAID = "Say who translated it first"


def polish(db: Session, worker: Actor, card: ReportCard, **said: Any) -> CardEntry:
    return read(db, worker, card, **{**POLISH, **said})


def by_somebody(db: Session, worker: Actor, entry: CardEntry) -> None:
    say_translated(db, worker, entry.id, translated=Translator.INTERPRETER)


DECIDED: dict[str, tuple[Callable[[Session, Actor, int], object], tuple[ConsentUse, ...]]] = {
    "release": (
        lambda db, actor, number: release_entry(db, actor, number, **AS_WRITTEN),
        (ConsentUse.BOARD,),
    ),
    "keep": (keep_entry, ()),
    "close": (lambda db, actor, number: close_entry(db, actor, number, text="Thank you."), ()),
    "sum up": (lambda db, actor, number: write_summary(db, actor, number, text="Cold."), ()),
}


@pytest.mark.parametrize("decision", DECIDED)
def test_nothing_is_decided_before_somebody_says_who_translated_it(
    db: Session, card: ReportCard, worker: Actor, decision: str
):
    decide, consents = DECIDED[decision]
    entry = polish(db, worker, card, consents=consents)

    with pytest.raises(Refused, match=UNSAID):
        decide(db, worker, entry.id)
    [row] = entries_to_check(db, worker)
    assert row.needs_translator

    by_somebody(db, worker, entry)

    decide(db, worker, entry.id)
    raw = raw_words(db, worker, entry.id)
    assert (raw.translated, raw.translated_by) == (Translator.INTERPRETER, worker.name)
    assert not any(row.needs_translator for row in entries_to_check(db, worker))


def test_asking_them_needs_no_translator_unless_somebody_may_be_at_risk(
    db: Session, card: ReportCard, worker: Actor
):
    entry, other = polish(db, worker, card), polish(db, worker, card, flags=[Flag.HURT.value])

    ask_back(db, worker, entry.id, text="Who can help us read this?")
    with pytest.raises(Refused, match=UNSAID):
        ask_back(db, worker, other.id, text="Who can help us read this?")

    assert entry.review is Review.ASKED_BACK


@pytest.mark.parametrize(
    "said", [{"flags": [Flag.HURT.value]}, {"hints": ["language", Hint.WEAK_WORDS.value]}]
)
def test_a_machine_alone_is_not_enough_where_somebody_may_be_at_risk(
    db: Session, card: ReportCard, worker: Actor, said: dict[str, Any]
):
    plain, risky = polish(db, worker, card), polish(db, worker, card, **said)
    for entry in (plain, risky):
        say_translated(db, worker, entry.id, translated=Translator.MACHINE)

    why = "A joke between two friends."
    assert release_entry(db, worker, plain.id, **AS_WRITTEN)
    with pytest.raises(Refused, match="Only a machine"):
        release_entry(db, worker, risky.id, **AS_WRITTEN, why=why)
    say_translated(db, worker, risky.id, translated=Translator.WORKER)
    release_entry(db, worker, risky.id, **AS_WRITTEN, why=why)


def test_the_second_person_does_not_agree_before_it_is_said(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = polish(db, worker, card, flags=[Flag.HURT.value])
    by_somebody(db, worker, entry)
    release_entry(db, worker, entry.id, **AS_WRITTEN, why="No harm.")
    with unrecorded(db):  # proposed before anybody had to say it
        entry.translated = None
    reader = later(second)
    open_to_read(db, reader, entry.id)

    with pytest.raises(Refused, match=UNSAID):
        agree_step(db, reader, entry.id, StepKind.RELEASE)
    by_somebody(db, reader, entry)
    agree_step(db, reader, entry.id, StepKind.RELEASE)

    assert entry.review is Review.RELEASED


def test_safeguarding_finds_no_risk_and_lets_go_only_of_what_was_translated(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    held = polish(db, worker, card, flags=[Flag.HURT.value])
    gone = polish(db, worker, card, flags=[Flag.HURT.value])
    hold_entry(db, worker, held.id)
    with unrecorded(db):
        gone.kept_unread, gone.withdrawn_at = True, worker.at
    reader = later(lead)
    for entry in (held, gone):
        open_to_read(db, reader, entry.id)

    with pytest.raises(Refused, match=UNSAID):
        end_hold(db, reader, held.id, ending=HoldEnd.NO_RISK, words_to=WordsTo.KEPT)
    with pytest.raises(Refused, match=UNSAID):
        let_go(db, reader, gone.id)
    for entry in (held, gone):
        by_somebody(db, reader, entry)
    let_go(db, reader, gone.id)
    assert not end_hold(db, reader, held.id, ending=HoldEnd.NO_RISK, words_to=WordsTo.KEPT)

    assert (gone.translated, gone.translated_by_id) == (None, None)


def test_it_goes_with_the_words_and_the_log_never_had_it(
    db: Session, card: ReportCard, worker: Actor
):
    entry = polish(db, worker, card, consents=())
    by_somebody(db, worker, entry)
    keep_entry(db, worker, entry.id)

    taken_back_for(db, later(worker), entry)

    assert (entry.translated, entry.translated_by_id) == (None, None)
    events = db.scalars(sa.select(Event)).all()
    assert EventKind.ENTRY_TRANSLATED in {event.kind for event in events}
    assert not [event for event in events if "translated" in str(event.changes)]


def test_only_who_opened_the_words_says_it_and_never_of_english(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry, english = polish(db, worker, card), read(db, worker, card)

    with pytest.raises(Refused, match="Open"):
        by_somebody(db, second, entry)
    with pytest.raises(Refused, match="looks like English"):
        by_somebody(db, worker, english)
    with pytest.raises(Refused):
        by_somebody(db, the_public(), entry)


@pytest.mark.parametrize(
    ("by", "said"),
    [(Translator.SPEAKER, TRANSLATED), (Translator.ENGLISH, "We wrote your words shorter.")],
)
def test_their_author_is_asked_about_what_the_board_will_read(
    db: Session, card: ReportCard, worker: Actor, by: Translator, said: str
):
    entry = polish(db, worker, card, consents=(ConsentUse.SUMMARY,))
    say_translated(db, worker, entry.id, translated=by)

    write_summary(db, worker, entry.id, text="My room is cold.")

    question = db.scalars(sa.select(EntryQuestion)).one()
    assert question.text == f"{said} Is this what you mean?"
    holder = replace(the_public(), kind=ActorKind.CARD_CODE, entry_id=entry.id)
    [asked] = follow_entry(db, holder, None).questions
    assert asked.summary == "My room is cold."
