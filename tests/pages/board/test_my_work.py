"""My work: the heading is the answer, and each row leads to its place."""

import pytest

from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, drawn, heading, menu, words
from tests.helpers.sitting import sent

PAGE = "board/my_work.py"


@pytest.mark.usefixtures("office")
@pytest.mark.draws
@pytest.mark.parametrize("username", ["amara", "dee", "sam"])
def test_nothing_is_waiting(open_as: OpenAs, username: str):
    assert heading(open_as(username, PAGE)) == "Nothing is waiting for you."


def test_what_waits_is_a_row_that_leads_to_its_place(office: Database, open_as: OpenAs):
    urgent = sent(office, "Zanzibar", flags=["hurt"])
    sent(office)

    at = open_as("amara", PAGE)

    assert heading(at) == "Two things are waiting for you."
    assert f"Urgent: to be read first: no. {urgent}" in words(at)
    assert f'href="/checking?entry={urgent}"' in drawn(at)
    assert "Zanzibar" not in words(at)


@pytest.mark.usefixtures("office")
def test_a_board_member_has_no_such_page(open_as: OpenAs):
    assert "My work" not in menu(open_as("dawn"))
