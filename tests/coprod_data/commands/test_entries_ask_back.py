"""Asking back: the words wait for the young person's answer, and a no is respected."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_checks import ask_back, release_entry, return_to_queue
from coprod_data.models import (
    EntryQuestion,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, Refused
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.vocabulary.entries import QuestionKind, QueueState, Review
from coprod_data.vocabulary.entry_care import Again
from tests.helpers.builders import NOW, holding_the_code
from tests.helpers.entries_read import AS_WRITTEN, later, read


def test_an_entry_asked_back_waits_for_the_answer(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    question_id = ask_back(db, worker, entry.id, text="May we leave out the street?")
    question = db.get_one(EntryQuestion, question_id)
    assert (entry.review, question.kind) == (Review.ASKED_BACK, QuestionKind.TALK)

    assert entry.dealt_at == NOW
    with pytest.raises(Refused, match="dealt with"):
        release_entry(db, worker, entry.id, **AS_WRITTEN)
    answer_question(
        db, holding_the_code(entry), question_id, agreed=True, words="", form_id="form-answer-1"
    )

    assert (entry.review, entry.dealt_at) == (Review.IN_REVIEW, None)
    assert release_entry(db, worker, entry.id, **AS_WRITTEN)


def test_a_question_without_an_answer_brings_it_back_after_five_working_days(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    ask_back(db, worker, entry.id, text="May we leave out the street?")
    day = 60 * 24

    assert entries_to_check(db, later(worker, 4 * day)) == []
    (row,) = entries_to_check(db, later(worker, 8 * day))
    assert (row.id, row.state, row.for_me) == (entry.id, QueueState.NO_ANSWER, True)
    return_to_queue(db, later(worker, 8 * day), entry.id)
    assert (entry.dealt_at, entry.again) == (None, Again.PUT_BACK)


def test_a_wording_they_said_no_to_is_not_let_out(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, thinks="Dave lost it.", wants=None)
    shown = {"shown_thinks": "[My worker] lost it.", "shown_wants": ""}
    question_id = ask_back(db, worker, entry.id, text="Is this fine?", **shown)

    answer_question(
        db, holding_the_code(entry), question_id, agreed=False, words="", form_id="form-answer-1"
    )

    with pytest.raises(Refused, match="said no"):
        release_entry(db, worker, entry.id, **shown)


def test_a_wording_they_agreed_to_is_the_one_let_out(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card, thinks="Dave lost it.", wants=None)
    shown = {"shown_thinks": "[My worker] lost it.", "shown_wants": ""}
    question_id = ask_back(db, worker, entry.id, text="Is this fine?", **shown)
    answer_question(
        db, holding_the_code(entry), question_id, agreed=True, words="", form_id="form-answer-1"
    )

    release_entry(db, worker, entry.id, **shown)

    assert entry.released_version_id == db.get_one(EntryQuestion, question_id).version_id


def test_an_empty_question_is_refused(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)

    with pytest.raises(Invalid):
        ask_back(db, worker, entry.id, text=" ")
