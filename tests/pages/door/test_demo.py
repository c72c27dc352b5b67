"""What a demonstration shows on its sign-in page, and that all of it opens something."""

import pytest

from coprod_data.commands.settings import settle_mode
from coprod_data.files.seed import PASSWORD
from coprod_data.permissions import Role
from coprod_data.queries.entries import follow_entry
from coprod_data.store.actors import ByCode, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import is_password
from coprod_data.vocabulary.settings import Mode
from pages.door.demo import SEES, USERNAMES, Demonstration, demo_council
from tests.helpers.builders import a_person
from tests.helpers.demo import DEMO, SMALL


def shown() -> Demonstration:
    found = demo_council()
    assert found
    return found


@pytest.mark.usefixtures("council")
def test_everybody_who_may_be_tried_is_listed_in_order():
    assert [person.username for person in shown().people] == list(USERNAMES) == list(DEMO)
    assert all(person.name and person.job for person in shown().people)


@pytest.mark.usefixtures("small_council")
def test_the_small_council_lists_those_whom_it_has():
    assert [person.username for person in shown().people] == list(SMALL)
    assert {person.username: set(person.sees) for person in shown().people} == {
        username: {SEES[role] for role in roles} for username, roles in SMALL.items()
    }


def test_the_password_shown_opens_each_account(council: Database):
    with council.engine.connect() as connection:
        for person in shown().people[:2]:
            query = "SELECT password_hash FROM person WHERE username = ?"
            stored = connection.exec_driver_sql(query, (person.username,)).scalar()
            assert is_password(PASSWORD, stored)
            assert shown().password == PASSWORD


def each_code_opens_another_point_of_a_life(council: Database, codes: int) -> None:
    cards = shown().cards
    assert len(cards) == codes
    assert len({card.stands for card in cards}) == codes
    for card in cards:
        with council.reading(ByCode(card.code)) as (db, actor):
            now = follow_entry(db, actor)
        assert now.asked == (card.stands == "We asked you a question")


def test_each_listed_code_opens_an_entry_at_another_point_of_its_life(council: Database):
    each_code_opens_another_point_of_a_life(council, 7)


def test_each_listed_code_of_the_small_council_does_so_too(small_council: Database):
    each_code_opens_another_point_of_a_life(small_council, 4)


def test_a_council_that_nobody_invented_lists_nobody(empty_council: Database):
    with empty_council.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db, Role.CHAIR, username="chair")

    assert demo_council() is None


def test_somebody_whose_account_is_closed_is_not_listed(council: Database):
    with council.writing(System()) as (db, _):
        db.connection().exec_driver_sql(
            "UPDATE person SET disabled_at = added_at WHERE username = 'chair'"
        )

    assert [person.username for person in shown().people] == [u for u in USERNAMES if u != "chair"]
