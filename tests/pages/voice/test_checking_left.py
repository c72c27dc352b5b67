"""Checking on screen: an entry that only safeguarding may read has a way that is not to wait."""

from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import AboutUs
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, choose, entry_of, opened, press, sent


def test_safeguarding_holds_what_is_left_to_them(office: Database, open_as: OpenAs):
    number = sent(office, "I am afraid to say.", about_us=AboutUs.NOT_SAID)

    at = press(opened(open_as, number, "dee"), "Hold for safeguarding")

    assert "It is on hold." in words(at)
    assert f"Read no. {number}" not in [one.label for one in open_as("amara", CHECKING).button]


def test_safeguarding_keeps_it_with_a_reason_for_each_use(office: Database, open_as: OpenAs):
    number = sent(office, "I am afraid to say.", about_us=AboutUs.NOT_SAID)
    at = press(opened(open_as, number, "dee"), "Keep it with the team")
    assert "Say why not, in words that the young person can read." in words(at)

    at.text_area(key=f"not-board-{number}").set_value("It is about your own life.").run()
    press(at, "Keep it with the team")

    assert entry_of(office, number).review is Review.KEPT


def test_safeguarding_asks_and_closes(office: Database, open_as: OpenAs):
    asked, closed = (sent(office, f"I am afraid {n}.", about_us=AboutUs.NOT_SAID) for n in range(2))
    at = choose(opened(open_as, asked, "dee"), "ask")
    at.text_area(key=f"ask-{asked}").set_value("Where can we meet?").run()
    press(at, "Ask them")
    at = choose(opened(open_as, closed, "dee"), "close")
    at.text_area(key=f"close-{closed}").set_value("We talked to your school.").run()
    press(at, "Send it and close")

    assert entry_of(office, asked).review is Review.ASKED_BACK
    assert entry_of(office, closed).review is Review.CLOSED


def test_a_flagged_one_asks_whether_somebody_is_at_risk(office: Database, open_as: OpenAs):
    number = sent(office, "It hurts.", consents=(), flags=["hurt"], about_us=AboutUs.NOT_SAID)

    at = press(opened(open_as, number, "dee"), "Keep it with the team")
    assert "Answer first: is somebody at risk?" in words(at)
    at.text_area(key=f"why-{number}").set_value("It is an old scar.").run()
    at = press(at, "Keep it with the team")

    assert "A second person is asked." in words(at)
    assert entry_of(office, number).dealt_at is None
