"""Checking on screen: what a worker does with an entry besides releasing it."""

import pytest

from coprod_data.models import (
    EntryQuestion,
    EntrySummary,
    Reply,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import Review
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, choose, entry_of, opened, press, sent
from tests.helpers.young import rows


def test_a_hold_takes_the_entry_away_and_says_what_to_do(office: Database, open_as: OpenAs):
    number = sent(office, "Somebody follows me.")

    at = press(opened(open_as, number), "Hold for safeguarding")

    assert "Ring the safeguarding lead now." in words(at)
    assert len(rows(office, SafeguardingHold)) == 1
    assert "No. " not in words(open_as("ben", CHECKING))

    lead = opened(open_as, number, "dee")
    assert "Somebody follows me." in words(lead)
    assert "The hold has ended." in words(press(lead, "End the hold"))


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
    at.text_area(key=f"ask-{number}").set_value("Is this all right?").run()
    at.checkbox(key=f"wording-{number}").check().run()

    press(at, "Ask them")

    [question] = rows(office, EntryQuestion)
    assert (question.text, question.version_id is not None) == ("Is this all right?", True)
    assert entry_of(office, number).review is Review.ASKED_BACK
    assert "Asked back" in words(open_as("amara", CHECKING))


def test_a_summary_is_saved_and_the_entry_stays_open(office: Database, open_as: OpenAs):
    number = sent(office, consents=())
    at = opened(open_as, number)
    assert "Only a summary goes on the card." in words(at)
    at = choose(at, "summary")
    at.text_area(key=f"summary-{number}").set_value("A cold room.").run()

    at = press(at, "Save the summary")

    assert [row.text for row in rows(office, EntrySummary)] == ["A cold room."]
    assert "My room is cold." in words(at)


@pytest.mark.parametrize(
    ("step", "button", "review"),
    [
        ("worker", "Pass it to their worker", Review.PERSONAL_HELP),
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
    [radio] = at.radio

    radio.set_value(radio.options and sorted(themes_of(office))[1]).run()
    press(at, "Move it")

    assert entry_of(office, number).report_card_id != before


def themes_of(office: Database) -> list[int]:
    return [card.theme_id for card in rows(office, ReportCard)]


def test_closing_sends_the_last_reply(office: Database, open_as: OpenAs):
    number = sent(office)
    at = choose(opened(open_as, number), "close")
    at.text_area(key=f"close-{number}").set_value("Your worker rings you.").run()

    press(at, "Send it and close")

    assert [reply.text for reply in rows(office, Reply)] == ["Your worker rings you."]


def test_replies_owed_are_written_from_the_second_list(office: Database, open_as: OpenAs):
    number = sent(office)
    at = press(opened(open_as, number), "Release it")
    [view] = [group for group in at.button_group if group.label == "Show"]
    at = view.set_value("owed").run()
    at = press(at, f"Write a reply (no. {number})")
    at.text_area(key=f"reply-{number}").set_value("It is mended.").run()

    at = press(at, "Send the reply")

    assert "The reply is sent." in words(at)
    assert [reply.text for reply in rows(office, Reply)] == ["It is mended."]


def test_two_that_say_the_same_are_joined_by_number(office: Database, open_as: OpenAs):
    first, other = sent(office), sent(office)
    at = choose(opened(open_as, other), "same")
    at.number_input(key=f"same-{other}").set_value(first).run()

    assert "The two are joined." in words(press(at, "Join the two"))
