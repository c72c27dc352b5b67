"""The plan and the Overview as they were on an earlier day: marked, and only to be read."""

import re

import pytest

from coprod_data.files.as_at import as_at, written
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, drawn, heading, words

PAGE = "promise/actions.py"


def test_both_pages_show_an_earlier_day_and_its_one_fingerprint(
    open_as: OpenAs, council: Database
) -> None:
    with council.reading(System()) as (db, actor):
        printed = written(as_at(db, actor, "2025-06-30").fingerprint)

    plan = open_as("board.member", PAGE, at="2025-06-30")
    assert heading(plan) == "The Promise on 30 June 2025"
    assert "It is not how it is now." in words(plan)
    assert printed in words(plan)
    assert not plan.button
    assert not re.search(r'href="/actions\?', drawn(plan))
    overview = open_as("chair", at="2025-06-30")
    assert heading(overview) == "The Overview on 30 June 2025"
    assert printed in words(overview)
    assert "waiting to be read" not in words(overview).replace("waiting to be read is not", "")
    assert "You said" not in words(overview)

    asked = open_as("manager", PAGE, show="as_at")
    assert heading(asked) == "The Promise on an earlier day"
    assert "Show that day" in words(asked)


@pytest.mark.usefixtures("council")
def test_a_wrong_day_is_said_beside_the_form_and_stays_typed(open_as: OpenAs) -> None:
    at = open_as("board.member", PAGE, at="2025-10-26", time="01:30")

    assert "01:30 happened twice that day" in words(at)
    assert 'value="2025-10-26"' in drawn(at)
