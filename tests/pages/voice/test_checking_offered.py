"""Checking offers no button that is always refused, and says in a sentence why it is not there."""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.commands.entries_recall import say_worried
from coprod_data.models import ContactWish, Person, RoleGrant
from coprod_data.permissions import Role
from coprod_data.scopes.second_person import LET_OUT_BEFORE
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.entry_care import WishEnd
from tests.helpers.builders import NOW, acting, add, days_ago
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import CHECKING, entry_of, opened, press, sent
from tests.helpers.young import rows

ASK = "Ask a second person to close it"


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def steps(at: AppTest) -> list[str]:
    [pills] = [group for group in at.button_group if group.label == "Something else"]
    return list(pills.options)


def a_wish(office: Database, number: int) -> None:
    with Session(office.engine) as db:
        add(db, ContactWish(
            entry_id=number, first_name="Jay", how="Text me", when_safe="", made_at=days_ago(0.1),
            opened_at=days_ago(0.1),
        ))  # fmt: skip
        db.commit()


def person(db: Session, username: str) -> Person:
    return db.scalars(sa.select(Person).filter_by(username=username)).one()


def test_a_wish_is_closed_by_one_question_to_a_second_person(office: Database, open_as: OpenAs):
    number = sent(office)
    a_wish(office, number)
    at = opened(open_as, number)
    [wish] = rows(office, ContactWish)
    at.radio(key=f"wish-{wish.id}").set_value(WishEnd.SPOKE).run()
    press(at, ASK)

    at = opened(open_as, number)

    assert ASK not in labels(at)
    assert "A second person is asked to close it. It stays open until they agree." in words(at)


def test_a_wish_beside_words_that_have_left_the_queue_is_still_in_the_list(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    press(opened(open_as, number), "Release it")
    a_wish(office, number)

    at = open_as("amara", CHECKING)

    assert f"See no. {number}" in labels(at)
    assert "Wants a person 1" in [one for group in at.button_group for one in group.options]
    at = press(at, f"See no. {number}")
    assert f"Read no. {number}" in labels(at)


def test_who_let_words_out_before_somebody_was_worried_does_not_let_them_out_again(
    office: Database, open_as: OpenAs
):
    number = sent(office)
    press(opened(open_as, number), "Release it")
    with office.writing(System()) as (db, _):
        say_worried(db, acting(person(db, "dawn"), Role.BOARD_MEMBER), number)

    mine, others = opened(open_as, number), opened(open_as, number, "ben")

    assert "Propose it to a second person" not in labels(mine)
    assert LET_OUT_BEFORE in words(mine)
    assert "Propose it to a second person" in labels(others)
    for at in (mine, others):
        assert "Dawn said on 4 March 2026, 10:00 that they are worried" in words(at)
        assert not {"Close with a reply", "Move to another theme"} & set(steps(at))


def test_what_somebody_proposed_who_has_left_is_taken_over_by_one_press(
    office: Database, open_as: OpenAs
):
    number = sent(office, "It is a secret.", flags=["secret"])
    at = opened(open_as, number)
    at = at.text_area(key=f"why-{number}").set_value("It is a present.").run()
    press(at, "Propose it to a second person")
    with Session(office.engine) as db:
        mine = RoleGrant.person_id == person(db, "amara").id
        db.execute(sa.update(RoleGrant).where(mine).values(ended_at=NOW))
        db.commit()

    at = opened(open_as, number, "ben")
    assert "The person who proposed this is not in the team any more." in words(at)
    assert not {"Agree and release", "Do not agree"} & set(labels(at))
    at = press(at, "Take it over: let it out")

    assert "It is yours now." in words(at)
    assert "Propose it to a second person" in labels(at)
    assert entry_of(office, number).dealt_at is None


def test_a_row_that_its_reader_typed_has_no_button_to_read_it(office: Database, open_as: OpenAs):
    with Session(office.engine) as db:
        typist = person(db, "amara").id
    number = sent(office, typed_by_id=typist)
    press(opened(open_as, number, "ben"), "Release it")

    at = open_as("amara", CHECKING, show="owed")

    assert f"Write a reply (no. {number})" not in labels(at)
    assert "Somebody else must reply" in words(at)
    assert f"Write a reply (no. {number})" in labels(open_as("ben", CHECKING, show="owed"))
