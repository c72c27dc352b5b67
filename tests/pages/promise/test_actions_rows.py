"""How a date of the plan reads: its own words first, and never closer than the plan says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.permissions import Role
from coprod_data.queries.actions import ActionRow, action
from coprod_data.vocabulary.actions import DueKind, WorkedOnBy
from pages.promise.actions_rows import counted, due_words, worked_on_by
from tests.helpers.builders import a_person, a_promise, somebody
from tests.helpers.opening import OpenAs, heading, words
from tests.helpers.plans import under

pytestmark = pytest.mark.draws


@pytest.fixture
def row(db: Session) -> ActionRow:
    stored = under(db, a_promise(db)[0], a_person(db))
    return action(db, somebody(db, Role.CHAIR), stored.id)


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"due_on": date(2026, 3, 31)}, "31 March 2026"),
        ({"due_on": date(2026, 3, 31), "due_kind": DueKind.MONTH}, "March 2026"),
        (
            {"due_on": date(2026, 3, 31), "due_kind": DueKind.QUARTER, "due_wording": "By spring"},
            "By spring (March 2026)",
        ),
        ({"due_kind": DueKind.ONGOING}, "Ongoing"),
        ({"due_wording": "Each term", "due_kind": DueKind.ONGOING}, "Each term (Ongoing)"),
        ({}, "No date yet"),
    ],
)
def test_a_date_reads_as_the_plan_says(row: ActionRow, fields: dict[str, Any], read: str):
    assert due_words(replace(row, **fields)) == read


def test_who_works_on_it_names_the_group(row: ActionRow):
    together = replace(row, worked_on_by=WorkedOnBy.JOINTLY, together_with="Westmarch Voices")

    assert worked_on_by(together) == "Together with young people: Westmarch Voices"
    assert worked_on_by(row) == "Staff only"


def test_states_are_counted_worst_first_and_none_is_left_out():
    assert counted({"kept": 1, "moving": 0, "stuck": 2, "not_started": 3, "not_assessed": 1}) == (
        "2 stuck, 3 not started, 1 kept, 1 not assessed"
    )


@pytest.mark.usefixtures("council")
def test_a_link_to_what_is_stuck_leaves_what_is_stuck(open_as: OpenAs):
    at = open_as("chair", "promise/actions.py", state="stuck")

    assert heading(at) == "The Promise: are we keeping it?"
    assert at.selectbox(key="plan-state").value == "stuck"
    assert ("Commitment 2.1" in words(at), "Commitment 1.1" in words(at)) == (True, False)
    at = open_as("chair", "promise/actions.py", state="nonsense")
    assert at.selectbox(key="plan-state").value is None
