"""Checking on screen: what a hold means for its card, for what was closed, and for a wish."""

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_wishes import wish_to_talk
from coprod_data.models import (
    CardEntry,
    ContactWish,
    SafeguardingHold,
)
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.entry_care import Told
from tests.helpers.builders import holding_the_code
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, choose, opened, press, sent
from tests.helpers.young import rows


def test_while_an_answer_is_held_nobody_writes_on_its_card(office: Database, open_as: OpenAs):
    number = sent(office)
    press(opened(open_as, number), "Release it")
    answer = sent(office, "He is here.", about_id=number, kind=EntryKind.ANSWER)
    at = press(opened(open_as, answer), "Hold for safeguarding")
    at.button_group[0].set_value(Told.LEAD).run()
    press(at, "Write it down")

    at = open_as("amara", CHECKING, show="owed")
    shown = press(at, f"Write a reply (no. {number})")

    assert "Something on this card is with safeguarding." in words(shown)
    assert "Send the reply" not in [button.label for button in shown.button]


def test_a_hold_is_taken_handed_over_and_stops_nothing_urgent(office: Database, open_as: OpenAs):
    number, plain = sent(office), sent(office, "A plain one.")
    urgent = sent(office, "He hit me.", flags=["hurt"])
    released = press(opened(open_as, number), "Release it")
    at = press(released, "Somebody may be at risk: take it back in and hold it")
    labels = [button.label for button in at.button]
    assert f"Read no. {urgent}" in labels
    assert f"Read no. {plain}" not in labels

    at = press(opened(open_as, number, "dee"), "I take this")
    assert "You are dealing with it" in words(at)
    assert "Dee is dealing with it" in words(open_as("helen", "board/my_work.py"))
    at = open_as("dee", "office/absences.py")
    next(box for box in at.selectbox if box.label == "Who is away?").select("Dee")
    first, last = [box for box in at.text_input if " day away" in box.label]
    first.set_value("1 March 2026")
    last.set_value("20 March 2026")
    at = press(at, "Save")
    assert f"Still has on hold: no. {number}." in words(at)
    at = press(opened(open_as, number, "helen"), "Take it over from Dee")
    assert "You are dealing with it" in words(at)


def test_the_lead_sees_the_last_30_days_and_holds_what_one_worker_closed(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    at = choose(opened(open_as, number), "close")
    at.text_area(key=f"close-{number}").set_value("Thank you.").run()
    press(at, "Send it and close")

    assert "in the last 30 days: 1" in words(open_as("dee", CHECKING))
    at = open_as("dee", CHECKING, ended="1")
    assert "The last 30 days 1" in words(at)
    assert "Ended 10:00 today" in words(at)
    assert "Read by" not in words(at)
    labels = [button.label for button in at.button]
    assert f"Put back no. {number}" not in labels
    assert f"Read no. {number}" not in labels
    press(at, f"Hold no. {number}")

    assert [hold.entry_id for hold in rows(office, SafeguardingHold)] == [number]


def test_a_wish_taken_back_with_its_card_is_opened_before_the_words_go(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    with office.writing(System()) as (db, _):
        author = holding_the_code(db.get_one(CardEntry, number))
        wish_to_talk(db, author, number, first_name="Jo", how="Text", when_safe="")
        withdraw_entry(db, author, number)

    at = opened(open_as, number, "dee")

    assert "Open that and let it go first." in words(at)
    assert "Let it go" not in [button.label for button in at.button]
    [wish] = rows(office, ContactWish)
    assert wish.how == "Text"
