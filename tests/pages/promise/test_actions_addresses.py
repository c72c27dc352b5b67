"""What the plan says at an address that leads to nothing: a sentence, or all of it."""

import pytest

from pages.promise.actions_answer import ELSEWHERE
from tests.helpers.opening import OpenAs, words

PAGE = "promise/actions.py"

pytestmark = pytest.mark.usefixtures("council")


@pytest.mark.parametrize("what", ["action", "commitment"])
def test_what_is_not_there_is_said_so(open_as: OpenAs, what: str):
    assert f"We could not find that {what}." in words(open_as("chair", PAGE, **{what: "999"}))


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_no_view_of_the_plan_leads_to_all_of_it(open_as: OpenAs, name: str):
    assert "What we promised" in words(open_as("chair", PAGE, **{name: "typed by hand"}))
