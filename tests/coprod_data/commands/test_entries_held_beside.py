"""While an answer is on hold, only safeguarding writes on its card, and what comes then is held."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_care import end_hold, hold_entry, write_on_held_card
from coprod_data.commands.entries_checks import ask_back, open_to_read
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_endings import close_entry
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.models import CardEntry, EntryMeant, EntryVersion, ReportCard
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_urgent import urgent_moments
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.entries import EntryKind, Review
from coprod_data.vocabulary.entry_care import HoldEnd, HoldLine, StepKind, WordsTo
from tests.helpers.builders import add, an_entry, holding_the_code, somebody
from tests.helpers.entries_read import later, let_out, read, read_by_another

HURT = {"flags": ["hurt"]}
TALKED = {"ending": HoldEnd.TALKED, "words_to": WordsTo.QUEUE}


def an_answer(db: Session, card: ReportCard, entry: CardEntry, **said: object) -> CardEntry:
    return an_entry(db, card, kind=EntryKind.ANSWER, about_id=entry.id, **said)


def writes(
    db: Session,
    entry: CardEntry,
    words: str = "He is here now.",
    form_id: str = "form-of-a-letter",
) -> CardEntry:
    """Let the author write on their card."""
    number = write_back(db, holding_the_code(entry), entry.id, words=words, form_id=form_id)
    return db.get_one(CardEntry, number)


def words_are_there(db: Session, entry: CardEntry) -> bool:
    words = sa.select(EntryVersion.thinks).where(EntryVersion.entry_id == entry.id)
    return all(text is not None for text in db.scalars(words))


@pytest.fixture
def out(db: Session, card: ReportCard, worker: Actor) -> CardEntry:
    """An entry that is out, and whose author is owed a reply."""
    return let_out(db, worker, card)


def test_nobody_of_the_team_writes_on_the_card_of_a_held_answer(
    db: Session, card: ReportCard, worker: Actor, out: CardEntry
):
    held, other = an_answer(db, card, out), an_answer(db, card, out)
    open_to_read(db, worker, other.id)
    hold_entry(db, worker, held.id)

    for write in (
        lambda: send_reply(db, worker, out.id, text="We rang him."),
        lambda: send_reply(db, worker, other.id, text="We rang him."),
        lambda: write_summary(db, worker, out.id, text="Cold."),
        lambda: ask_back(db, worker, other.id, text="Who was it?"),
        lambda: close_entry(db, worker, other.id, text="We rang him."),
    ):
        with pytest.raises(Refused, match="with safeguarding"):
            write()
    told = follow_entry(db, holding_the_code(out))
    assert (told.replies, told.questions) == ((), ())
    assert raw_words(db, worker, out.id).shut


@pytest.mark.parametrize("kind", [StepKind.ASK_BACK, StepKind.CLOSE])
def test_what_was_proposed_before_is_not_written_on_it_either(
    db: Session, card: ReportCard, worker: Actor, second: Actor, kind: StepKind
):
    entry = read(db, worker, card, **HURT)
    if kind is StepKind.ASK_BACK:
        ask_back(db, worker, entry.id, text="Who was it?")
    else:
        close_entry(db, worker, entry.id, text="We rang him.")
    hold_entry(db, worker, an_answer(db, card, entry).id)
    open_to_read(db, later(second), entry.id)

    with pytest.raises(Refused, match="with safeguarding"):
        agree_step(db, later(second), entry.id, kind)


def test_safeguarding_writes_on_it_from_the_short_list(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, out: CardEntry
):
    held = an_answer(db, card, out)
    hold_entry(db, worker, held.id)

    write_on_held_card(db, lead, held.id, HoldLine.REACH)

    told = follow_entry(db, holding_the_code(out))
    assert [one.text for one in told.questions] == [HoldLine.REACH.words]


def test_after_the_hold_the_team_writes_again(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, out: CardEntry
):
    held = an_answer(db, card, out)
    hold_entry(db, worker, held.id)
    open_to_read(db, lead, held.id)
    end_hold(db, lead, held.id, **TALKED)

    send_reply(db, worker, out.id, text="It is mended.")

    assert raw_words(db, worker, out.id).shut == ""


def test_whom_a_held_answer_is_about_is_not_told_of_the_hold(
    db: Session, card: ReportCard, worker: Actor, second: Actor, out: CardEntry
):
    held = an_answer(db, card, out)
    add(db, EntryMeant(entry_id=held.id, person_id=worker.id))
    hold_entry(db, second, held.id)

    with pytest.raises(Refused) as refused:
        send_reply(db, worker, out.id, text="Hello")

    assert "safeguarding" not in refused.value.sentence
    assert "hold" not in refused.value.sentence


def test_what_the_author_writes_while_an_answer_is_held_is_on_hold_with_it(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, out: CardEntry
):
    held = an_answer(db, card, out)
    hold_entry(db, worker, held.id)
    write_on_held_card(db, lead, held.id, HoldLine.SAFE_NOW)
    (question,) = follow_entry(db, holding_the_code(out)).questions
    answer_question(
        db, holding_the_code(out), question.id, agreed=None, words="No.", form_id="form-of-no"
    )
    answer = db.scalars(sa.select(CardEntry).order_by(CardEntry.id.desc())).first()
    assert answer

    with pytest.raises(NotAllowed):
        open_to_read(db, worker, answer.id)
    assert answer.id not in [row.id for row in entries_to_check(db, worker)]
    assert {held.id, answer.id} == {row.id for row in entries_to_check(db, lead)}
    open_to_read(db, lead, answer.id)
    assert raw_words(db, lead, answer.id).held


def test_what_they_write_on_a_held_card_waits_for_safeguarding_an_hour_and_comes_first(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card, **HURT)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    quiet = urgent_moments(db, lead)
    assert not any(row.grave for row in work_on_entries(db, lead))

    answer = writes(db, entry)

    (hold,) = open_holds(db, lead)
    assert hold.next_by == hold.unread_at + timedelta(hours=1)
    assert [row.grave for row in work_on_entries(db, lead)] == [True]
    assert urgent_moments(db, lead) == [*quiet, answer.sent_at]
    assert [letter.id for letter in raw_words(db, lead, entry.id).letters] == [answer.id]
    open_to_read(db, lead, answer.id)
    assert [row.grave for row in work_on_entries(db, lead)] == [False]
    assert open_holds(db, lead)[0].unread_at is None


def test_no_hold_ends_before_safeguarding_has_read_what_they_wrote_beside_it(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card, **HURT)
    hold_entry(db, worker, entry.id)
    open_to_read(db, lead, entry.id)
    answer = writes(db, entry)
    with pytest.raises(Refused, match=f"Open no. {answer.id} and read it first"):
        end_hold(db, lead, entry.id, **TALKED)

    open_to_read(db, lead, answer.id)
    no_risk = {"ending": HoldEnd.NO_RISK, "words_to": WordsTo.KEPT}
    other_lead = somebody(db, Role.SAFEGUARDING)
    assert not end_hold(db, lead, entry.id, **no_risk)
    more = writes(db, entry, "He has come back.", "form-of-another")
    open_to_read(db, other_lead, entry.id)
    with pytest.raises(Refused, match=f"Open no. {more.id} and read it first"):
        agree_step(db, other_lead, entry.id, StepKind.END_HOLD)
    open_to_read(db, other_lead, more.id)
    agree_step(db, other_lead, entry.id, StepKind.END_HOLD)


def test_it_goes_to_the_queue_when_that_hold_ends(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, out: CardEntry
):
    held = an_answer(db, card, out)
    hold_entry(db, worker, held.id)
    answer = writes(db, out)
    open_to_read(db, lead, held.id)
    open_to_read(db, lead, answer.id)
    end_hold(db, lead, held.id, **TALKED)

    assert {held.id, answer.id} == {row.id for row in entries_to_check(db, worker)}
    hold_entry(db, worker, held.id)
    open_to_read(db, worker, answer.id)
    assert answer.review is Review.IN_REVIEW


def test_it_stays_on_hold_as_long_as_another_on_its_card_is(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, out: CardEntry
):
    first, other = an_answer(db, card, out), an_answer(db, card, out)
    hold_entry(db, worker, first.id)
    hold_entry(db, worker, other.id)
    answer = writes(db, out)
    open_to_read(db, lead, answer.id)
    for one in (first, other):
        with pytest.raises(NotAllowed):
            open_to_read(db, worker, answer.id)
        open_to_read(db, lead, one.id)
        end_hold(db, lead, one.id, **TALKED)

    open_to_read(db, worker, answer.id)


def test_taken_back_it_is_erased_with_the_words_it_is_held_with(
    db: Session, card: ReportCard, worker: Actor, lead: Actor, out: CardEntry
):
    held = an_answer(db, card, out)
    hold_entry(db, worker, held.id)
    answer = writes(db, out, "The door is loose.")
    read_by_another(db, out)
    withdraw_entry(db, holding_the_code(out), out.id)
    assert words_are_there(db, answer)
    assert not words_are_there(db, out)

    now = replace(lead, at=later(lead).at)
    open_to_read(db, now, held.id)
    erased = {"ending": HoldEnd.TALKED, "words_to": WordsTo.ERASED}
    with pytest.raises(Refused, match=f"Open no. {answer.id}"):
        end_hold(db, now, held.id, **erased)
    open_to_read(db, now, answer.id)
    end_hold(db, now, held.id, **erased)

    assert (words_are_there(db, held), words_are_there(db, answer)) == (False, False)
