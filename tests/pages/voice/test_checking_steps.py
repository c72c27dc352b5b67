"""Checking on screen: what a worker does with an entry besides releasing it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry, tell_of_hold
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.models import (
    ContactWish,
    EntryQuestion,
    EntrySummary,
    EntryVersion,
    HoldCall,
    Reply,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import HoldEnd, HoldLine, Told, WishEnd, WordsTo
from pages.parts.times import on_and_at
from tests.helpers.builders import NOW, add, days_ago
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, choose, entry_of, opened, press, sent
from tests.helpers.young import rows


def test_after_a_hold_the_queue_waits_until_somebody_was_told(office: Database, open_as: OpenAs):
    number = sent(office, "Somebody follows me.")

    at = press(opened(open_as, number), "Hold for safeguarding")
    shown = words(at)
    assert "Ring Robin Lead 01632 960011 now" in shown
    assert "Read no." not in shown
    at = press(at, "Write it down")
    assert "Choose whom you spoke to." in words(at)
    assert "Ring Robin Lead" in words(open_as("amara", CHECKING))

    at.button_group[0].set_value(Told.LEAD)
    at = press(at, "Write it down")

    assert "Not opened by safeguarding yet" in words(at)
    assert "Somebody follows me." not in words(at)
    [call] = rows(office, HoldCall)
    assert call.told_to is Told.LEAD


def test_a_message_left_asks_again_after_a_quarter_of_an_hour(office: Database, open_as: OpenAs):
    number = sent(office, "Somebody follows me.")
    at = press(opened(open_as, number), "Hold for safeguarding")
    offered = at.button_group[0].options
    assert ("The out-of-hours team" in offered, "The LADO" in offered) == (True, False)
    at.button_group[1].set_value(Told.LEFT_LEAD)
    at = press(at, "Write it down")
    shown = words(at)
    assert "You left a message. Ring the next number too" in shown
    assert "Ring Alex Deputy" in shown
    assert "Read no." not in shown
    at.button_group[1].set_value(Told.LEFT_DEPUTY)
    press(at, "Write it down")
    assert "Ring Robin Lead" not in words(open_as("amara", CHECKING))

    office.clock = lambda: NOW + timedelta(minutes=15)

    asked = words(open_as("amara", CHECKING))
    assert f"You left a message on {on_and_at(NOW)}, and nobody has opened it." in asked
    assert "Ring the next number." in asked


def held_and_told(office: Database) -> int:
    number = sent(office, "Somebody follows me.")
    with office.writing(Played("amara", NOW)) as (db, actor):
        open_to_read(db, actor, number)
        hold_entry(db, actor, number)
        tell_of_hold(db, actor, number, Told.LEAD)
    return number


def test_safeguarding_reads_writes_on_the_card_and_ends_a_hold(office: Database, open_as: OpenAs):
    number = held_and_told(office)
    at = opened(open_as, number, "dee")
    assert "Somebody follows me." in words(at)
    assert "The safeguarding lead (Amara" in words(at)

    at.radio(key=f"line-{number}-0").set_value(HoldLine.SAFE_NOW)
    at = press(at, "Write it on the card")
    [question] = rows(office, EntryQuestion)
    assert question.while_held

    at = press(at, "End the hold")
    assert "Choose how it ended" in words(at)
    at.radio(key=f"ending-{number}").set_value(HoldEnd.SOCIAL_CARE)
    at.text_input(key=f"ref-{number}").set_value("2026-11")
    at.radio(key=f"words-to-{number}").set_value(WordsTo.QUEUE)
    at = press(at, "End the hold")

    assert "The hold has ended." in words(at)
    [hold] = rows(office, SafeguardingHold)
    assert (hold.ending, hold.reference) == (HoldEnd.SOCIAL_CARE, "2026-11")


def test_no_risk_found_needs_a_second_person(office: Database, open_as: OpenAs):
    number = held_and_told(office)
    at = opened(open_as, number, "dee")
    at.radio(key=f"ending-{number}").set_value(HoldEnd.NO_RISK)
    at.radio(key=f"words-to-{number}").set_value(WordsTo.KEPT)
    assert "A second person is asked." in words(press(at, "End the hold"))

    second = opened(open_as, number, "helen")
    assert "How it ended: No risk found." in words(second)
    press(second, "Agree: end the hold")

    [hold] = rows(office, SafeguardingHold)
    assert hold.closed_at is not None
    assert entry_of(office, number).review is Review.KEPT


def test_what_was_taken_back_unread_is_for_safeguarding_to_let_go(
    office: Database, open_as: OpenAs
):
    number = sent(office, "Sorry.", flags=["hurt"], withdrawn_at=days_ago(0.1), kept_unread=True)
    assert f"Read no. {number}" not in words(open_as("amara", CHECKING))

    at = opened(open_as, number, "dee")
    assert "They took this back before anybody had decided about it" in words(at)
    press(at, "Let it go")

    assert [version.thinks for version in rows(office, EntryVersion)] == [None]


def test_a_wish_is_opened_by_a_press_and_closed_by_two(office: Database, open_as: OpenAs):
    number = sent(office)
    with Session(office.engine) as db:
        add(db, ContactWish(
            entry_id=number, first_name="Jay", how="Text 07700 900123", when_safe="after 4",
            made_at=days_ago(0.1),
        ))  # fmt: skip
        db.commit()
    at = opened(open_as, number)
    assert "07700 900123" not in words(at)

    at = press(at, "See how to reach them")
    assert "Text 07700 900123" in words(at)
    [wish] = rows(office, ContactWish)
    at.radio(key=f"wish-{wish.id}").set_value(WishEnd.SPOKE).run()
    press(at, "Ask a second person to close it")

    second = opened(open_as, number, "ben")
    assert "How it ended: We spoke to them." in words(second)
    press(second, "Agree: close the wish to talk")
    [wish] = rows(office, ContactWish)
    assert (wish.ending, wish.how) == (WishEnd.SPOKE, None)


def test_what_one_person_closed_stays_in_a_list_and_can_be_put_back(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    at = choose(opened(open_as, number), "close")
    at.text_area(key=f"close-{number}").set_value("Thank you.")
    press(at, "Send it and close")

    at = open_as("ben", CHECKING, ended="1")
    assert "The last 30 days 1" in words(at)
    press(at, f"Put back no. {number}")

    assert entry_of(office, number).dealt_at is None


def test_filters_are_in_the_address(office: Database, open_as: OpenAs):
    flagged = sent(office, flags=["hurt"])
    plain = sent(office)

    urgent = words(open_as("amara", CHECKING, show="urgent"))
    to_read = words(open_as("amara", CHECKING, show="read"))

    assert f"{flagged} · " in urgent
    assert f"{plain} · " not in urgent
    assert f"{plain} · " in to_read
    assert f"{flagged} · " not in to_read
    assert f"{plain} · " in words(open_as("amara", CHECKING, show="nonsense"))


def test_ten_rows_then_the_rest_on_a_press(office: Database, open_as: OpenAs):
    for _ in range(12):
        sent(office)
    at = open_as("amara", CHECKING)
    assert sum(button.label.startswith("Read no.") for button in at.button) == 10

    at = press(at, "Show the other 2")

    assert sum(button.label.startswith("Read no.") for button in at.button) == 12


def test_words_held_while_they_are_open_are_gone_at_the_next_press(
    office: Database, open_as: OpenAs
):
    number = sent(office, "Somebody follows me.")
    at = opened(open_as, number)
    press(opened(open_as, number, "ben"), "Hold for safeguarding")

    at = press(at, "Release it")

    assert "Somebody follows me." not in words(at.run())
    assert entry_of(office, number).released_at is None


def test_asking_back_waits_for_the_young_person(office: Database, open_as: OpenAs):
    number = sent(office, "Dave lost it.")
    at = opened(open_as, number)
    at.text_area(key=f"thinks-{number}").set_value("[My worker] lost it.").run()
    at = choose(at, "ask")
    at.text_area(key=f"ask-{number}").set_value("Is this all right?")
    at.checkbox(key=f"wording-{number}").check()

    press(at, "Ask them")

    [question] = rows(office, EntryQuestion)
    assert (question.text, question.version_id is not None) == ("Is this all right?", True)
    assert entry_of(office, number).review is Review.ASKED_BACK
    assert "Asked back" in words(open_as("amara", CHECKING, ended="1"))


def test_a_summary_is_saved_and_the_entry_stays_open(office: Database, open_as: OpenAs):
    number = sent(office, consents=())
    at = opened(open_as, number)
    assert "Only the team may read it" in words(at)
    at = choose(at, "summary")
    at.text_area(key=f"summary-{number}").set_value("A cold room.")

    at = press(at, "Save the summary")

    assert [row.text for row in rows(office, EntrySummary)] == ["A cold room."]
    assert "My room is cold." in words(at)


@pytest.mark.parametrize(
    ("step", "button", "review"),
    [
        ("back", "Put it back in the queue", Review.SUBMITTED),
    ],
)
def test_other_steps(office: Database, open_as: OpenAs, step: str, button: str, review: Review):
    number = sent(office)

    press(choose(opened(open_as, number), step), button)

    assert entry_of(office, number).review is review


def test_an_entry_moves_to_another_theme(office: Database, open_as: OpenAs):
    number = sent(office)
    before = entry_of(office, number).report_card_id
    at = choose(opened(open_as, number), "theme")
    radio = at.radio(key=f"theme-{number}")

    radio.set_value(radio.options and sorted(themes_of(office))[1])
    press(at, "Move it")

    assert entry_of(office, number).report_card_id != before


def themes_of(office: Database) -> list[int]:
    return [card.theme_id for card in rows(office, ReportCard)]


def test_closing_sends_the_last_reply(office: Database, open_as: OpenAs):
    number = sent(office)
    at = choose(opened(open_as, number), "close")
    at.text_area(key=f"close-{number}").set_value("Your worker rings you.")

    press(at, "Send it and close")

    assert [reply.text for reply in rows(office, Reply)] == ["Your worker rings you."]


def test_replies_owed_are_written_from_the_second_list(office: Database, open_as: OpenAs):
    number, another = sent(office), sent(office)
    press(opened(open_as, another), "Release it")
    at = press(opened(open_as, number), "Release it")
    at = press(at, "Back to the list")
    [view] = [group for group in at.button_group if group.label == "Show"]
    at = view.set_value("owed").run()
    at = press(at, f"Write a reply (no. {number})")
    at.text_area(key=f"reply-{number}").set_value("It is mended.")

    at = press(at, "Send the reply")

    assert "The reply is sent." in words(at)
    assert [reply.text for reply in rows(office, Reply)] == ["It is mended."]
    at = press(at, f"Write the next reply (no. {another})")
    assert f"No. {another}" in words(at)
