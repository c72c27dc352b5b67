"""Checking on screen: two people decide about a flagged entry, and the risk question is first."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.models import CheckStep, Person
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.entry_care import StepKind
from tests.helpers.builders import add, days_ago
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import choose, entry_of, opened, press, sent
from tests.helpers.young import rows


def say_why(at: AppTest, number: int, why: str = "It is about a birthday present.") -> AppTest:
    return at.text_area(key=f"why-{number}").set_value(why).run()


def test_nothing_ends_a_flagged_entry_before_the_risk_question_is_answered(
    office: Database, open_as: OpenAs
):
    number = sent(office, "It is a secret.", flags=["secret"])
    at = opened(open_as, number)
    assert "Is somebody at risk?" in words(at)

    at = press(at, "Propose it to a second person")
    assert "Answer first: is somebody at risk?" in words(at)
    at = choose(at, "close")
    at.text_area(key=f"close-{number}").set_value("Thank you.").run()
    at = press(at, "Send it and close")

    assert "Answer first: is somebody at risk?" in words(at)
    assert rows(office, CheckStep) == []
    assert entry_of(office, number).dealt_at is None


def test_a_flagged_entry_is_read_by_two(office: Database, open_as: OpenAs):
    number = sent(office, "It is a secret.", flags=["secret"])

    at = say_why(opened(open_as, number), number)
    at = press(at, "Propose it to a second person")
    assert "A second person is asked." in words(at)
    again = opened(open_as, number)
    assert "Another member of the team decides." in words(again)
    assert "Agree and release" not in [button.label for button in again.button]

    second = opened(open_as, number, "ben")
    assert "It is about a birthday present." in words(second)
    press(second, "Agree and release")
    assert entry_of(office, number).review is Review.RELEASED


def test_a_second_person_may_hide_more_and_releases_but_not_less(office: Database, open_as: OpenAs):
    number = sent(office, "My mate knows the secret.", flags=["secret"])
    at = opened(open_as, number)
    at.text_area(key=f"thinks-{number}").set_value("[A friend] knows the secret.").run()
    press(say_why(at, number), "Propose it to a second person")

    less = opened(open_as, number, "ben")
    less.text_area(key=f"thinks-{number}").set_value("My mate knows the secret.").run()
    less = press(less, "Agree and release")
    assert "You hid less, so somebody else is asked." in words(less)
    assert entry_of(office, number).released_at is None

    more = opened(open_as, number)
    more.text_area(key=f"thinks-{number}").set_value("[A friend] knows [something].").run()
    press(more, "Agree and release")
    assert entry_of(office, number).review is Review.RELEASED


def test_a_second_person_says_no_with_a_reason_that_the_first_one_reads(
    office: Database, open_as: OpenAs
):
    number = sent(office, "It is a secret.", flags=["secret"])
    press(say_why(opened(open_as, number), number), "Propose it to a second person")

    at = press(opened(open_as, number, "ben"), "Do not agree")
    assert "Say why not." in words(at)
    at.text_area(key=f"answer-{number}").set_value("Ask them first.").run()
    press(at, "Do not agree")

    assert "Ben did not agree (let it out): Ask them first." in words(opened(open_as, number))
    assert entry_of(office, number).dealt_at is None


def test_a_step_beside_the_entry_is_answered_beside_the_first_reading(
    office: Database, open_as: OpenAs
):
    number = sent(office, "It is a secret.", flags=["secret"])
    with Session(office.engine) as db:
        add(db, CheckStep(
            entry_id=number, kind=StepKind.END_WISH, detail={"ending": "spoke"},
            proposed_at=days_ago(1), proposed_by_id=person_of(db, "amara"),
        ))  # fmt: skip
        db.commit()

    at = opened(open_as, number, "ben")
    assert "Is somebody at risk?" in words(at)
    at = press(at, "Do not agree: close the wish to talk")
    assert "Say why not." in words(at)
    at.text_area(key=f"answer-end_wish-{number}").set_value("Ring once more.").run()
    press(at, "Do not agree: close the wish to talk")

    [step] = rows(office, CheckStep)
    assert (step.agreed, step.answer) == (False, "Ring once more.")
    assert "Is somebody at risk?" in words(opened(open_as, number))


def person_of(db: Session, username: str) -> int:
    return db.scalars(sa.select(Person.id).where(Person.username == username)).one()
