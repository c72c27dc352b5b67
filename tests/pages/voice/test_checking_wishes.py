"""Wishes to talk on the checking page: in order of urgency, one taken back beside another."""

from sqlalchemy.orm import Session

from coprod_data.models import ContactWish, EntryVersion, SafeguardingHold
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import EntryKind, Review
from pages.menu import MY_WORK
from tests.helpers.builders import add_all, days_ago
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, opened, press, sent
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


def test_two_wishes_of_one_card_are_told_apart_in_each_list(office: Database, open_as: OpenAs):
    number, _ = asked_twice(office)
    at = open_as("dee", CHECKING)
    shown = words(at)
    for part in ("First wish, asked 05:12 today, taken back 07:36 today", "17:00 today",
                 "Second wish, asked 07:36 today", "Reach them by"):  # fmt: skip
        assert part in shown, part
    labels = [button.label for button in at.button]
    assert {f"First wish ({number})", f"Second wish ({number})"} <= set(labels)

    mine = words(open_as("dee", MY_WORK))
    assert "first wish, asked 05:12 today" in mine
    assert "second wish, asked 07:36 today" in mine
    worker = words(open_as("amara", CHECKING))
    assert "Asked 07:36 today" in worker, "nobody else is told that there was another"


def test_the_page_leads_to_what_has_to_be_read_first(office: Database, open_as: OpenAs):
    number = sent(office, "He hits me.", flags=["hurt"])
    later = sent(office, "no", about_id=number, kind=EntryKind.ANSWER)
    at = opened(open_as, number)
    assert "Something else waits on this card" in words(at)

    at = press(at, f"Read no. {later} first")
    at = opened(open_as, number)
    assert "Something else waits on this card" not in words(at)


def test_what_was_taken_back_is_let_go_only_once_the_rest_of_its_card_was_read(
    office: Database, open_as: OpenAs
):
    gone = {"withdrawn_at": days_ago(0.1), "kept_unread": True}
    number = sent(office, "He hits me.", flags=["hurt"], **gone)
    later = sent(office, "no", about_id=number, kind=EntryKind.ANSWER, **gone)
    at = opened(open_as, number, "dee")
    assert "Read what else waits on this card before you let it go." in words(at)
    assert "Let it go" not in [button.label for button in at.button]

    press(at, f"Read no. {later} first")
    press(opened(open_as, number, "dee"), "Let it go")
    texts = {version.entry_id: version.thinks for version in rows(office, EntryVersion)}
    assert texts == {number: None, later: "no"}
