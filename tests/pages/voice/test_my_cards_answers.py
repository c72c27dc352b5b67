"""One card of My cards: what its author answers, allows, asks and takes back."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from coprod_data.commands.entries_checks import ask_back
from coprod_data.commands.opportunities import start_working
from coprod_data.commands.opportunities_joining import invite_young_person
from coprod_data.commands.outcomes import propose_outcome
from coprod_data.models import (
    CardEntry,
    Consent,
    ContactWish,
    CoSignature,
    EntryQuestion,
    EntryVersion,
    Invitation,
    NotYet,
    OpportunityYoung,
    Person,
)
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.builders import NOW, nobody_on_duty
from tests.helpers.keeping import MINE, opened, press
from tests.helpers.opening import OpenAs, words
from tests.helpers.working_together import TOLD
from tests.helpers.young import Author, an_offer, an_outcome_proposed, rows

pytestmark = pytest.mark.usefixtures("accounts")


def test_a_question_is_answered(open_as: OpenAs, kept: Author):
    kept.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, kept.entry_id, text="Which room do you mean?")
    )
    at = opened(open_as, kept)
    assert "Which room do you mean?" in words(at)

    at.text_area[0].set_value("The blue one.")
    [unsaid] = [
        tick
        for tick in at.checkbox
        if tick.label == "I do not want to say" and str(tick.key).startswith("answer-about")
    ]
    unsaid.check()
    at = press(at, "Send my answer")

    assert "We have your answer." in words(at)
    assert rows(kept.database, EntryQuestion)[0].answered_at == NOW
    entries = rows(kept.database, CardEntry)
    assert {row.kind for row in entries} == {EntryKind.WORDS, EntryKind.ANSWER}
    assert {row.about_us for row in entries} == {AboutUs.NOT_SAID}


def test_the_same_words_to_the_next_question_are_another_answer(open_as: OpenAs, kept: Author):
    for question in ("Which room do you mean?", "Which colour is it?"):
        kept.read_by_a_worker(
            lambda db, worker, text=question: ask_back(db, worker, kept.entry_id, text=text)
        )
        at = opened(open_as, kept)
        at.text_area[0].set_value("The blue one.")
        press(at, "Send my answer")

    answers = {row.answer_id for row in rows(kept.database, EntryQuestion)}
    assert len(answers - {None}) == 2


def test_a_changed_wording_is_agreed(open_as: OpenAs, kept: Author):
    kept.read_by_a_worker(
        lambda db, worker: ask_back(
            db, worker, kept.entry_id, text="Is this still right?",
            shown_thinks="[my place] is cold.", shown_wants="A heater.",
        )
    )  # fmt: skip
    at = opened(open_as, kept)
    assert "“[my place] is cold.”" in words(at)

    [question] = rows(kept.database, EntryQuestion)
    at.radio(key=f"agreed-{question.id}").set_value("yes")
    press(at, "Send my answer")

    assert rows(kept.database, EntryQuestion)[0].agreed is True


@pytest.mark.parametrize(("label", "seats"), [("Yes, let us do it", 1), ("No, thank you", 0)])
def test_yes_or_no_to_whoever_offered(open_as: OpenAs, kept: Author, label: str, seats: int):
    an_offer(kept)
    at = opened(open_as, kept)
    assert "Cllr Dawn Pryce" in words(at)

    press(at, label)

    assert len(rows(kept.database, OpportunityYoung)) == seats
    assert (rows(kept.database, Invitation)[0].confirmed_at == NOW) is bool(seats)


def test_a_card_that_waits_for_an_answer_says_so_in_the_list(open_as: OpenAs, kept: Author):
    assert "Please answer us" not in words(open_as("jay", MINE))

    an_offer(kept)

    assert "Please answer us" in words(open_as("jay", MINE))


def test_whoever_was_invited_without_a_card_says_yes_and_signs(open_as: OpenAs, author: Author):
    _, opportunity = an_offer(author)
    with author.office() as (db, worker):
        kit = db.scalars(sa.select(Person.id).where(Person.username == "kit")).one()
        invite_young_person(db, worker, opportunity, kit)
    at = open_as("kit", MINE)
    assert "Cllr Dawn Pryce" in words(at)
    assert "My room is cold." not in words(at)

    at = press(at, "Yes, let us do it")
    assert "We have your answer." in words(at)
    with author.office() as (db, worker):
        start_working(db, worker, opportunity)
        propose_outcome(db, worker, opportunity, **TOLD, what_changed="Every room has a heater.")
    at = press(open_as("kit", MINE), "Yes, done together")

    [seat] = rows(author.database, OpportunityYoung)
    [signature] = rows(author.database, CoSignature)
    assert (seat.entry_id, seat.person_id, seat.confirmed_at) == (None, kit, NOW)
    assert signature.person_id == kit


def test_done_together_is_signed(open_as: OpenAs, kept: Author):
    an_outcome_proposed(kept)

    at = press(opened(open_as, kept), "Yes, done together")

    assert "You said yes to this." in words(at)
    assert len(rows(kept.database, CoSignature)) == 1


def test_not_yet_keeps_its_words_for_the_gate(open_as: OpenAs, kept: Author):
    an_outcome_proposed(kept)
    at = opened(open_as, kept)

    at.text_area[0].set_value("Mine is broken.")
    at = press(at, "Not yet")

    assert "You said: not yet. So we will keep working on it." in words(at)
    assert len(rows(kept.database, NotYet)) == 1
    assert [row.released_at for row in rows(kept.database, CardEntry)
            if row.kind is EntryKind.NOT_YET] == [None]  # fmt: skip


def test_who_may_read_it_is_changed(open_as: OpenAs, kept: Author):
    at = opened(open_as, kept)
    assert "Who can read it now?" in words(at)

    at.radio(key="choice-board").set_value("summary").run()
    assert [radio.key for radio in at.radio if radio.key == "choice-public"] == []
    at = press(at, "Save this")

    uses = {row.use: row.withdrawn_at for row in rows(kept.database, Consent)}
    assert uses == {ConsentUse.BOARD: NOW, ConsentUse.SUMMARY: None}
    assert "Thank you. You changed who may read it." in words(at)
    assert "We ask you before they read it." in words(at)


def test_writing_back_waits_for_the_team(open_as: OpenAs, kept: Author):
    at = opened(open_as, kept)

    at.text_area(key="write-0").set_value("Please hide my street.")
    at = press(at, "Send this")

    assert "Please hide my street." in words(at)
    assert "Only the team reads this." in words(at)
    assert at.text_area(key="write-1").value == ""


def test_a_wish_to_talk_is_sent_and_never_shown(open_as: OpenAs, kept: Author):
    at = opened(open_as, kept)

    at.text_input(key="card-0-name").set_value("Kai")
    at.radio(key="card-0-reach").set_value("text")
    at.text_input(key="card-0-number").set_value("07700 900123")
    at = press(at, "Please talk to me")

    [wish] = rows(kept.database, ContactWish)
    assert wish.how == "Text: 07700 900123"
    assert "07700" not in words(at)
    at = press(at, "I do not want that any more")
    assert "Our safety lead may read it once. If it is about them, someone else does." in words(at)


def test_taking_back_is_asked_twice(open_as: OpenAs, kept: Author):
    at = press(opened(open_as, kept), "Take my card back")
    assert {version.thinks for version in rows(kept.database, EntryVersion)} != {None}

    at = press(at, "Yes, take it back")

    assert words(at).count("You took this card back.") == 1
    assert {version.thinks for version in rows(kept.database, EntryVersion)} == {None}


def test_while_nobody_is_on_duty_a_card_takes_no_words_and_says_why(open_as: OpenAs, kept: Author):
    outcome = an_outcome_proposed(kept)
    with kept.office() as (db, _):
        nobody_on_duty(db)

    at = opened(open_as, kept)

    assert not at.text_area
    assert "You cannot write here right now. Nobody is here to read it." in words(at)
    at = press(at, "Not yet")
    assert [said.outcome_id for said in rows(kept.database, NotYet)] == [outcome]


def test_at_weekends_a_card_begins_with_when_somebody_reads(open_as: OpenAs, kept: Author):
    later = "Nobody reads this before Monday. If you are not safe, call now."
    assert later not in words(opened(open_as, kept))

    kept.database.clock = lambda: datetime(2026, 3, 7, 12, tzinfo=UTC)

    said = words(opened(open_as, kept))
    assert said.index(later) < said.index("My room is cold.")


def test_words_for_a_box_that_is_gone_are_put_into_the_box_to_write_back(
    open_as: OpenAs, kept: Author
):
    kept.read_by_a_worker(
        lambda db, worker: ask_back(db, worker, kept.entry_id, text="Which room do you mean?")
    )
    at = opened(open_as, kept)
    kept.do("answer", question=rows(kept.database, EntryQuestion)[0].id, words="Mine.", key="k1")

    at.text_area[0].set_value("The blue one.")
    at = press(at, "Send my answer")

    assert "Your words are still here, in the box below." in words(at)
    assert [box.value for box in at.text_area if "Write back" in box.label] == ["The blue one."]
    kept.do("take_back")
    at = at.run()
    assert "You can send it on a new card." in words(at)
    assert "The blue one." in [box.value for box in at.text_area]
