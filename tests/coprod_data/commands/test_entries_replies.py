"""Summaries are the team's words and say so; every author gets a reply; questions are answered."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import ask_back
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_replies import join_entries, send_reply, write_summary
from coprod_data.models import (
    CardEntry,
    EntryQuestion,
    EntrySummary,
    EntryVersion,
    Reply,
    ReportCard,
    SameAs,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused
from coprod_data.vocabulary.entries import EntryKind, Review
from tests.helpers.builders import NOW, an_entry, holding_the_code
from tests.helpers.entries_read import let_out, read

FORM = "form-of-an-answer"


def the_question(db: Session) -> EntryQuestion:
    newest = sa.select(EntryQuestion).order_by(EntryQuestion.id.desc()).limit(1)
    return db.scalars(newest).one()


def test_a_summary_is_not_agreed_before_the_young_person_says_so(
    db: Session, card: ReportCard, worker: Actor
):
    entry = let_out(db, worker, card)
    summary = db.get_one(EntrySummary, write_summary(db, worker, entry.id, text="Cold at night."))
    assert summary.agreed_at is None

    answer_question(
        db, holding_the_code(entry), the_question(db).id, agreed=True, words="", form_id=FORM
    )

    assert (summary.agreed_at, summary.refused_at) == (NOW, None)


def test_a_summary_they_refuse_is_refused(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)
    summary = db.get_one(EntrySummary, write_summary(db, worker, entry.id, text="Cold at night."))

    answer_question(
        db, holding_the_code(entry), the_question(db).id, agreed=False, words="", form_id=FORM
    )

    assert (summary.agreed_at, summary.refused_at) == (None, NOW)


def test_a_new_summary_takes_the_place_of_the_old_one(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)
    write_summary(db, worker, entry.id, text="Cold.")
    before, holder = the_question(db).id, holding_the_code(entry)
    write_summary(db, worker, entry.id, text="Cold at night.")

    live = sa.select(EntrySummary.text).where(EntrySummary.replaced_at.is_(None))
    assert db.scalars(live).all() == ["Cold at night."]
    open_ = sa.select(EntryQuestion.id).where(EntryQuestion.answered_at.is_(None))
    assert len(db.scalars(open_).all()) == 1
    with pytest.raises(Refused, match="We have changed our words"):  # on a page opened before
        answer_question(db, holder, before, agreed=True, words="", form_id=FORM)
    answer_question(db, holder, the_question(db).id, agreed=False, words="", form_id=FORM)
    with pytest.raises(Refused, match="You said no to this before"):
        answer_question(db, holder, the_question(db).id, agreed=True, words="", form_id=FORM)


def test_nobody_sums_up_what_they_typed_or_never_read(db: Session, card: ReportCard, worker: Actor):
    typed, unread = an_entry(db, card, typed_by_id=worker.id), an_entry(db, card)

    for entry in (typed, unread):
        with pytest.raises((NotAllowed, Refused)):
            write_summary(db, worker, entry.id, text="Cold at night.")


def test_a_reply_is_kept_and_the_first_day_counts(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)

    send_reply(db, worker, entry.id, text="It is mended.")
    send_reply(db, worker, entry.id, text="And painted.")

    assert entry.replied_at == NOW
    assert db.scalars(sa.select(Reply.text).order_by(Reply.id)).all() == [
        "It is mended.",
        "And painted.",
    ]


def test_a_reply_comes_after_the_checking_and_not_during_a_hold(
    db: Session, card: ReportCard, worker: Actor
):
    waiting, held = an_entry(db, card), let_out(db, worker, card)
    hold_entry(db, worker, held.id)

    with pytest.raises(Refused, match="Check the entry first"):
        send_reply(db, worker, waiting.id, text="Hello")
    with pytest.raises(Refused, match="with safeguarding"):
        send_reply(db, worker, held.id, text="Hello")


def test_an_empty_reply_is_refused(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)

    with pytest.raises(Invalid):
        send_reply(db, worker, entry.id, text="\n")


def test_entries_that_say_the_same_are_joined_and_both_stay(
    db: Session, card: ReportCard, worker: Actor
):
    first, other = let_out(db, worker, card), let_out(db, worker, card)

    join_entries(db, worker, other.id, first.id)

    assert [(row.entry_id, row.main_id) for row in db.scalars(sa.select(SameAs))] == [
        (other.id, first.id)
    ]
    assert first.released_at == other.released_at == NOW
    for entry, main in ((other, first), (first, other), (first, first)):
        with pytest.raises(Refused):
            join_entries(db, worker, entry.id, main.id)


def test_an_answer_in_words_is_an_entry_that_waits(db: Session, card: ReportCard, worker: Actor):
    entry = read(db, worker, card)
    ask_back(db, worker, entry.id, text="Which one?")

    answer_question(
        db, holding_the_code(entry), the_question(db).id, agreed=None, words="The first.",
        form_id=FORM,
    )  # fmt: skip

    question = the_question(db)
    answer = db.get_one(CardEntry, question.answer_id)
    assert (answer.kind, answer.about_id, answer.review) == (
        EntryKind.ANSWER, entry.id, Review.SUBMITTED,
    )  # fmt: skip
    words = db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id == answer.id)).one()
    assert words.thinks == "The first."
    assert entry.review is Review.IN_REVIEW


def test_the_same_answer_twice_is_once_and_another_one_is_refused(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    question_id = ask_back(db, worker, entry.id, text="Which one?")
    said = {"agreed": True, "words": "The first.", "form_id": FORM}
    actor = holding_the_code(entry)
    answer_question(db, actor, question_id, **said)

    answer_question(db, actor, question_id, **said)

    children = sa.select(CardEntry).where(CardEntry.about_id == entry.id)
    assert len(db.scalars(children).all()) == 1
    for other in ({"agreed": False}, {"words": "Another.", "form_id": "form-of-another"}):
        with pytest.raises(Refused, match="You said yes to this before"):
            answer_question(db, actor, question_id, **{**said, **other})


@pytest.mark.parametrize("said", [{"agreed": None, "words": ""}, {"agreed": None, "words": " "}])
def test_an_empty_answer_is_refused(
    db: Session, card: ReportCard, worker: Actor, said: dict[str, object]
):
    entry = read(db, worker, card)
    question_id = ask_back(db, worker, entry.id, text="Which one?")

    with pytest.raises(Invalid):
        answer_question(db, holding_the_code(entry), question_id, form_id=FORM, **said)


def test_a_summary_wants_yes_or_no(db: Session, card: ReportCard, worker: Actor):
    entry = let_out(db, worker, card)
    write_summary(db, worker, entry.id, text="Cold at night.")

    with pytest.raises(Invalid):
        answer_question(
            db, holding_the_code(entry), the_question(db).id, agreed=None, words="Hm",
            form_id=FORM,
        )  # fmt: skip


def test_nobody_answers_for_somebody_else_or_after_taking_back(
    db: Session, card: ReportCard, worker: Actor
):
    entry, other = read(db, worker, card), an_entry(db, card)
    question_id = ask_back(db, worker, entry.id, text="Which one?")
    said = {"agreed": True, "words": "", "form_id": FORM}

    with pytest.raises(NotFound):
        answer_question(db, holding_the_code(other), question_id, **said)
    with pytest.raises(NotFound):
        answer_question(db, holding_the_code(entry), 999, **said)
    withdraw_entry(db, holding_the_code(entry), entry.id)
    with pytest.raises(NotFound):
        answer_question(db, holding_the_code(entry), question_id, **said)
