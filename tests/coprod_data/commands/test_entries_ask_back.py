"""Asking back: the words wait for the young person's answer, and a no is respected."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_checks import AskedBack, ask_back, release_entry
from coprod_data.models import (
    EntryQuestion,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, Refused
from coprod_data.vocabulary.entries import QuestionKind, Review
from tests.helpers.builders import holding_the_code
from tests.helpers.entries_read import AS_WRITTEN, read


def test_an_entry_asked_back_waits_for_the_answer(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    question_id = ask_back(db, worker, entry.id, text="May we leave out the street?")
    question = db.get_one(EntryQuestion, question_id)
    assert (entry.review, question.kind) == (Review.ASKED_BACK, QuestionKind.TALK)

    with pytest.raises(AskedBack):
        release_entry(db, worker, entry.id, **AS_WRITTEN)
    answer_question(
        db, holding_the_code(entry), question_id, agreed=True, words="", form_id="form-answer-1"
    )

    assert entry.review is Review.IN_REVIEW
    assert release_entry(db, worker, entry.id, **AS_WRITTEN)


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
