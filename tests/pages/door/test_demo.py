"""What a demonstration shows at its door, and that all of it opens something."""

import pytest

from coprod_data.files.seed import PASSWORD
from coprod_data.queries.entries import follow_entry
from coprod_data.store.actors import ByCode, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import is_password
from pages.door.demo import SEES, demo_council
from tests.helpers.demo import DEMO


def test_everybody_who_may_be_tried_is_listed_in_order(council: Database):
    shown = demo_council()

    assert shown
    assert council.clock
    assert [person.username for person in shown.people] == list(SEES)
    assert set(SEES) == set(DEMO)
    assert all(person.name and person.job and person.sees for person in shown.people)


def test_the_password_shown_opens_each_account(council: Database):
    shown = demo_council()

    assert shown
    with council.engine.connect() as connection:
        for person in shown.people[:2]:
            query = "SELECT password_hash FROM person WHERE username = ?"
            stored = connection.exec_driver_sql(query, (person.username,)).scalar()
            assert is_password(PASSWORD, stored)
            assert shown.password == PASSWORD


def test_each_of_the_six_codes_opens_an_entry_at_another_point_of_its_life(council: Database):
    shown = demo_council()

    assert shown
    assert len(shown.cards) == 6
    assert len({card.stands for card in shown.cards}) == 6
    for card in shown.cards:
        with council.reading(ByCode(card.code)) as (db, actor):
            assert follow_entry(db, actor)


@pytest.mark.usefixtures("empty_council")
def test_an_empty_council_lists_nobody():
    assert demo_council() is None


def test_a_council_without_one_of_the_people_lists_nobody(council: Database):
    with council.writing(System()) as (db, _):
        db.connection().exec_driver_sql(
            "UPDATE person SET disabled_at = added_at WHERE username = 'chair'"
        )

    assert demo_council() is None
