"""Checking on screen: no word before it is opened, and ten entries in one sitting."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Draft,
    EntryReading,
    EntryVersion,
    Recall,
    RoleGrant,
)
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import EntryKind, Review
from pages.voice import checking_opening
from tests.helpers.builders import NOW, days_ago
from tests.helpers.opening import OpenAs, heading, menu, words
from tests.helpers.sitting import CHECKING, entry_of, opened, press, sent
from tests.helpers.young import rows


def test_the_list_shows_reasons_and_times_and_no_word(office: Database, open_as: OpenAs):
    sent(office, "Zanzibar is cold.", flags=["hurt"], sent_at=days_ago(3))
    sent(office, "Timbuktu too.")

    at = open_as("amara", CHECKING)

    shown = words(at)
    assert heading(at) == "Checking"
    assert "1 urgent" in shown
    assert "1 to read 1 over our target" in shown
    assert "Being hurt" in shown
    assert "Over our target" in shown
    assert "Zanzibar" not in shown
    assert "Timbuktu" not in shown
    assert rows(office, EntryReading) == []


def test_reading_writes_down_who_read_and_shows_the_words(office: Database, open_as: OpenAs):
    number = sent(office, "Zanzibar is cold.", feeling=1)

    at = opened(open_as, number)

    shown = words(at)
    assert "Zanzibar is cold." in shown
    assert "It feels really bad" in shown
    assert "The Board may read it" in shown
    assert "Who has read these words 4 March 2026, 10:00 Amara" in shown
    [reading] = rows(office, EntryReading)
    assert reading.entry_id == number


def test_ten_entries_are_cleared_in_one_sitting_each_opening_on_a_press(
    office: Database, open_as: OpenAs
):
    numbers = [sent(office, f"Words {n}.", sent_at=days_ago(20 - n)) for n in range(10)]

    at = opened(open_as, numbers[0])
    for n in range(10):
        assert f"Words {n}." in words(at)
        at = press(at, "Release it")
        assert "Released." in words(at)
        assert f"Words {n}." not in words(at)
        if n < 9:
            at = press(at, f"Open the next (no. {numbers[n + 1]})")

    assert "Nothing else is waiting for you." in words(at)
    assert all(entry_of(office, number).review is Review.RELEASED for number in numbers)
    assert len(rows(office, EntryReading)) == 10


def test_no_button_of_the_page_has_a_key_of_its_own(office: Database, open_as: OpenAs):
    number = sent(office, flags=["hurt"])

    for at in (open_as("amara", CHECKING), opened(open_as, number)):
        assert [button.label for button in at.button if button.proto.shortcut] == []


def test_what_was_released_too_early_is_taken_back_in_with_one_press(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    at = press(opened(open_as, number), "Release it")

    at = press(at, "Take it back in")

    assert "It is back in." in words(at)
    assert entry_of(office, number).released_at is None
    [recall] = rows(office, Recall)
    assert "too early" in (recall.reason or "")


def test_a_press_that_meant_the_entry_before_releases_nothing(
    office: Database, open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
):
    number = sent(office)
    monkeypatch.setattr(checking_opening, "A_MOMENT", 60.0)

    at = press(opened(open_as, number), "Release it")

    assert "only just opened" in words(at)
    assert entry_of(office, number).released_at is None


def test_hidden_words_are_listed_before_release_and_kept_as_a_draft(
    office: Database, open_as: OpenAs
):
    number = sent(office, "Dave lost my box.")
    at = opened(open_as, number)
    assert "Nothing is hidden" in words(at)

    at.text_area(key=f"thinks-{number}").set_value("[My worker] lost my box.").run()
    assert "Dave becomes [My worker]" in words(at)
    assert [draft.text for draft in rows(office, Draft)] == ["[My worker] lost my box."]
    assert opened(open_as, number).text_area(key=f"thinks-{number}").value == (
        "[My worker] lost my box."
    )

    press(at, "Release it")
    shown = [version.thinks for version in rows(office, EntryVersion)]
    assert shown == ["Dave lost my box.", "[My worker] lost my box."]
    assert rows(office, Draft) == []


def test_a_box_emptied_on_purpose_stays_empty(office: Database, open_as: OpenAs):
    number = sent(office, "Dave lost my box.")

    opened(open_as, number).text_area(key=f"thinks-{number}").set_value("").run()

    assert opened(open_as, number).text_area(key=f"thinks-{number}").value == ""


def test_other_words_are_refused_beside_the_box_and_stay_in_it(office: Database, open_as: OpenAs):
    number = sent(office, "Dave lost my box.")
    at = opened(open_as, number)

    at.text_area(key=f"thinks-{number}").set_value("Somebody lost a box.").run()
    at = press(at, "Release it")

    assert "must stay as they were written" in words(at)
    assert at.text_area(key=f"thinks-{number}").value == "Somebody lost a box."
    assert entry_of(office, number).released_at is None


def test_hiding_much_has_to_be_meant(office: Database, open_as: OpenAs):
    number = sent(office, "On Monday at ten Dave from number four came.")
    at = opened(open_as, number)
    at.text_area(key=f"thinks-{number}").set_value("[Somebody] came.").run()

    at = press(at, "Release it")
    assert "More than 6 words" in words(at)

    at.checkbox(key=f"many-{number}").check().run()
    press(at, "Release it")
    assert entry_of(office, number).review is Review.RELEASED


def test_what_may_tell_who_somebody_is_is_named_and_asked_twice(office: Database, open_as: OpenAs):
    number = sent(office, "Ring me on 07700 900123.")
    at = opened(open_as, number)

    at = press(at, "Release with 07700 900123 in it?")
    assert entry_of(office, number).released_at is None
    assert "07700 900123 is still in it" in words(at)
    press(at, "Yes, release with 07700 900123 in it")
    assert entry_of(office, number).review is Review.RELEASED


def test_a_detail_is_hidden_by_a_press(office: Database, open_as: OpenAs):
    number = sent(office, "Ring me on 07700 900123.")

    at = press(opened(open_as, number), "Hide detail 1")

    assert at.text_area(key=f"thinks-{number}").value == "Ring me on [a number]."
    press(at, "Release it")
    assert entry_of(office, number).review is Review.RELEASED


def test_hidden_words_that_are_elsewhere_too_are_pointed_out(office: Database, open_as: OpenAs):
    number = sent(office, "Ella Brown hid it.", wants="ELLA should say sorry.")
    at = opened(open_as, number)
    at.text_area(key=f"thinks-{number}").set_value("[A friend] hid it.").run()
    assert "Where these words still are: 1 ELLA What they want" in words(at)

    at = press(at, "Hide 1")

    assert at.text_area(key=f"wants-{number}").value == "[A friend] should say sorry."
    assert "Where these words still are" not in words(at)


def test_without_a_use_it_is_kept_between_us(office: Database, open_as: OpenAs):
    number = sent(office, consents=())

    press(opened(open_as, number), "Read: keep it between us")

    assert entry_of(office, number).review is Review.KEPT


def test_after_an_answer_its_card_is_a_press_away_for_what_they_ask(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    asks = sent(office, "Take it out.", about_id=number, kind=EntryKind.ANSWER, consents=())
    at = opened(open_as, asks)
    assert f"If they ask for something, reply on card no. {number}." in words(at)

    at = press(at, "Read: keep it between us")
    at = press(at, f"Open card no. {number}: reply, or take it back in")

    assert f"No. {number}" in words(at)


def test_two_workers_at_one_entry_see_each_other_and_lose_no_word(
    office: Database, open_as: OpenAs
):
    number = sent(office, "They lost my box.")
    first = opened(open_as, number)
    office.clock = lambda: NOW + timedelta(minutes=1)
    second = opened(open_as, number, "ben")
    second.text_area(key=f"thinks-{number}").set_value("[My worker] lost my box.").run()

    first = press(first, "Release it")  # drawn before the second one came

    shown = words(first)
    assert entry_of(office, number).released_at is None
    assert "Ben has this entry open too" in shown
    assert "Ben’s wording [My worker] lost my box." in shown
    second = press(second, "Take over")
    press(second, "Release it")
    assert entry_of(office, number).review is Review.RELEASED


def test_nobody_is_offered_what_they_typed(office: Database, open_as: OpenAs):
    with Session(office.engine) as db:
        amara = db.scalar(sa.text("SELECT id FROM person WHERE username = 'amara'"))
    sent(office, typed_by_id=amara)

    at = open_as("amara", CHECKING)

    assert "You typed this" in words(at)
    assert "Somebody else must check it" in words(at)
    assert not [button for button in at.button if button.label.startswith("Read no.")]


def test_a_role_taken_away_bites_at_the_next_press(office: Database, open_as: OpenAs):
    number = sent(office)
    at = opened(open_as, number)
    with Session(office.engine) as db:
        db.execute(sa.update(RoleGrant).values(ended_at=NOW))
        db.commit()

    press(at, "Release it")

    assert entry_of(office, number).released_at is None


@pytest.mark.parametrize("username", ["dawn", "sam"])
def test_nobody_else_has_the_page(office: Database, open_as: OpenAs, username: str):
    sent(office, "Zanzibar")

    at = open_as(username)

    assert "Checking" not in menu(at)


@pytest.mark.usefixtures("office")
def test_an_empty_queue_says_so(open_as: OpenAs):
    at = open_as("amara", CHECKING)

    assert "Nothing for you to check" in words(at)
    assert "New entries appear here as soon as a young person sends one." in words(at)


def test_what_may_tell_who_somebody_is_is_pointed_out_until_it_is_hidden(
    office: Database, open_as: OpenAs
):
    number = sent(office, "Ms Begum never rings.")
    at = opened(open_as, number)
    assert "Possible details: 1 Ms Begum" in words(at)
    assert "We miss many names and places. Read it yourself." in words(at)

    at.text_area(key=f"thinks-{number}").set_value("[My worker] never rings.").run()

    assert "Possible details" not in words(at)
