"""How a date of the plan reads: its own words first, and never closer than the plan says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.permissions import Role
from coprod_data.queries.actions import ActionRow, action
from coprod_data.queries.events_of import HappenedRow
from coprod_data.queries.events_told import Change
from coprod_data.vocabulary.actions import DueKind, Listed, Stage, WorkedOnBy
from coprod_data.vocabulary.events import EventKind
from pages.promise.actions_list import counted_words
from pages.promise.actions_pictures import moved_finding as finding
from pages.promise.actions_plan_rows import action_row
from pages.promise.actions_rows import due_words, with_links, worked_on_by
from pages.shared.happened import what
from tests.helpers.builders import NOW, a_person, a_promise, somebody
from tests.helpers.opening import OpenAs, heading, words
from tests.helpers.plans import under


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
            "By spring (by the end of March 2026)",
        ),
        ({"due_kind": DueKind.ONGOING}, "Ongoing"),
        ({"due_wording": "Each term", "due_kind": DueKind.ONGOING}, "Each term (Ongoing)"),
        ({}, "No date yet"),
    ],
)
def test_a_date_reads_as_the_plan_says(row: ActionRow, fields: dict[str, Any], read: str):
    assert due_words(replace(row, **fields)) == read


@pytest.mark.parametrize("stage", [Stage.ON_HOLD, Stage.DROPPED])
def test_a_list_says_why_an_action_rests_and_who_says_so(row: ActionRow, stage: Stage):
    said = {"staff_say": "The builder has gone.", "staff_name": "Ada", "staff_on": date(2026, 3, 2)}
    rests = replace(row, stage=stage, **said)

    assert action_row(rests)["unshown"] == "The builder has gone. (Ada, 2 March 2026)"
    assert action_row(replace(rests, stage=Stage.IN_PROGRESS))["unshown"] == ""


def test_who_works_on_it_names_the_group(row: ActionRow):
    together = replace(row, worked_on_by=WorkedOnBy.JOINTLY, together_with="Westmarch Voices")

    assert worked_on_by(together) == "Together with young people: Westmarch Voices"
    assert worked_on_by(row) == "Staff only"


@pytest.mark.usefixtures("council")
def test_a_link_to_what_is_stuck_leaves_what_is_stuck(open_as: OpenAs):
    at = open_as("chair", "promise/actions.py", state="stuck")

    assert heading(at) == "The Promise: are we keeping it?"
    assert ("2.1 We do not take" in words(at), "1.1 We plan" in words(at)) == (True, False)
    at = open_as("chair", "promise/actions.py", state="nonsense")
    assert "1.1 We plan" in words(at)


def test_what_a_list_without_owners_and_what_moved_read_as_people_say_it():
    assert counted_words(Listed.NO_OWNER, 6, 60) == (
        "6 actions have no owner because the owner has left."
    )
    assert counted_words(Listed.NO_OWNER, 0, 60) == "Every action has an owner."
    assert finding(106, 36).startswith("106 changes in eighteen months, 36 in the last three:")


def test_a_whole_address_in_evidence_is_a_link_and_nothing_else_is():
    text = 'See https://a.example/list?v=3. Not javascript:x, http://b.example or <a href="c">.'
    assert with_links(text) == [
        ("See ", ""),
        ("https://a.example/list?v=3", "https://a.example/list?v=3"),
        ('. Not javascript:x, http://b.example or <a href="c">.', ""),
    ]
    assert with_links("") == []


@pytest.mark.parametrize(
    ("kind", "changes", "told"),
    [
        (
            EventKind.ACTION_MOVED,
            (Change("stage", "Agreed", "In progress"), Change("rating", None, "Amber: at risk")),
            "moved it from Agreed to In progress and rated it amber",
        ),
        (
            EventKind.ACTION_UPDATED,
            (Change("rating", "Red: off track", "Amber: at risk"),),
            "changed the rating from red to amber",
        ),
        (
            EventKind.ACTION_CARRIED_OVER,
            (Change("commitment", "6.2", "6.2"),),
            "carried an action over to a new version of The Promise",
        ),
        (
            EventKind.AGENDA_PUBLISHED,
            (Change("state", "Planned", "Agenda is out"),),
            "published an agenda",
        ),
        (
            EventKind.ACTION_UNDONE,
            (Change("rating", "Red: off track", None),),
            "undid the last step on an action: rating from red to none",
        ),
    ],
)
def test_what_happened_is_told_in_one_sentence(
    kind: EventKind, changes: tuple[Change, ...], told: str
):
    assert what(HappenedRow(1, NOW, "Priya", True, kind.words, changes)) == told
