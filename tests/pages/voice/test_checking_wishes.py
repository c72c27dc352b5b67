"""Wishes to talk on the checking page: in order of urgency, one taken back beside another."""

from sqlalchemy.orm import Session

from coprod_data.models import ContactWish, SafeguardingHold
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import Review
from tests.helpers.builders import add_all, days_ago
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, press, sent
from tests.helpers.young import rows


def asked_twice(office: Database) -> tuple[int, int]:
    """An entry that was decided, whose author took a wish back unread and made another.

    Returns its number and that of the wish taken back.
    """
    number = sent(office, "Thank you.", review=Review.KEPT, dealt_at=days_ago(1))
    with Session(office.engine) as db:
        add_all(db, [
            ContactWish(
                entry_id=number, first_name=None, how="Text me", when_safe="He hits me",
                made_at=days_ago(0.2), taken_back_at=days_ago(0.1),
            ),
            ContactWish(
                entry_id=number, first_name=None, how="Ring me", when_safe=None,
                made_at=days_ago(0.1),
            ),
        ])  # fmt: skip
        db.commit()
    return number, rows(office, ContactWish)[0].id


def test_wishes_come_after_urgent_words_and_before_those_to_be_read(
    office: Database, open_as: OpenAs
):
    asked_twice(office)
    urgent, plain = sent(office, "He hits me.", flags=["hurt"]), sent(office, "Cold room.")

    shown = words(open_as("amara", CHECKING))
    parts = ("Why it is here", f"{urgent} ·", "They want somebody to talk to them 1", "To read 1",
             f"{plain} ·")  # fmt: skip
    places = [shown.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "They want somebody to talk to them 2" in words(open_as("dee", CHECKING))


def test_what_was_taken_back_is_read_held_or_let_go_while_the_new_wish_waits(
    office: Database, open_as: OpenAs
):
    number, wish = asked_twice(office)
    assert "This wish is closed" in words(open_as("amara", CHECKING, wish=str(wish)))

    at = press(open_as("dee", CHECKING, wish=str(wish)), "See what they wrote")
    assert "What it says may be: Being hurt" in words(at)
    press(at, f"Hold no. {number}")

    assert [hold.entry_id for hold in rows(office, SafeguardingHold)] == [number]
    assert [one.how for one in rows(office, ContactWish)] == ["Text me", "Ring me"]
