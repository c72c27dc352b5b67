"""Groups on screen: who is in each, what is missing, and what the team records."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.commands.settings import settle_mode
from coprod_data.permissions import Role
from coprod_data.queries.groups import GroupRow, group, groups, members_of_group
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import NOW, a_person
from tests.helpers.opening import OpenAs, heading, menu, words

PAGE = "office/groups.py"
READERS = ["youth.voice", "manager", "board.member", "chair", "administrator"]


def listed(council: Database) -> dict[str, GroupRow]:
    with council.reading(Played("youth.voice", NOW)) as (db, actor):
        return {row.name: row for row in groups(db, actor)}


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [button for button in at.button if button.label == label]
    return button.click().run()


def opened(open_as: OpenAs, council: Database, name: str, username: str = "youth.voice") -> AppTest:
    return open_as(username, PAGE, id=str(listed(council)[name].id))


@pytest.mark.parametrize("username", READERS)
def test_staff_and_board_read_who_meets(
    council: Database,  # noqa: ARG001 - the demo council it reads
    open_as: OpenAs,
    username: str,
):
    at = open_as(username, PAGE)

    assert heading(at) == "Groups"
    assert "Care Leavers Action Group" in words(at)
    assert "reviews the opportunities" in words(at)


def test_a_young_person_does_not(council: Database, open_as: OpenAs):  # noqa: ARG001
    assert "Groups" not in menu(open_as("young.person"))


def test_one_group_shows_members_by_kind_and_says_only_that_young_people_are_in_it(
    council: Database, open_as: OpenAs
):
    at = opened(open_as, council, "Care Leavers Action Group", "chair")

    assert heading(at) == "Care Leavers Action Group"
    seen = words(at)
    assert "Quayside Youth Trust Partner Voluntary and community" in seen
    assert "Young people in it Yes" in seen
    listing = words(open_as("chair", PAGE))
    assert re.search(r"young people and \d+ adults?", listing)
    assert not re.search(r"\d+ young (people|person)", seen + listing)
    assert "Jay" not in seen
    assert not [button for button in at.button if button.label == "Save this group"]


def test_those_in_the_group_and_youth_voice_read_how_many_young_people_are_in_it(
    council: Database, open_as: OpenAs
):
    row = listed(council)["Care Leavers Action Group"]
    assert row.young_people

    number = f"{row.young_people} young people"
    assert number in words(opened(open_as, council, row.name, "youth.voice"))
    for username in READERS[1:]:
        with council.reading(Played(username, NOW)) as (db, actor):
            in_it = group(db, actor, row.id).young_people is not None
        assert (number in words(opened(open_as, council, row.name, username))) == in_it


def test_who_keeps_a_group_without_knowing_the_number_leaves_it_as_it_is(
    council: Database, open_as: OpenAs
):
    before = listed(council)["Care Leavers Action Group"]
    at = opened(open_as, council, before.name, "administrator")
    assert at.number_input[1].value is None

    at.number_input[0].set_value(4)
    press(at, "Save this group")

    after = listed(council)[before.name]
    assert (after.quorum, after.young_people) == (4, before.young_people)


def test_what_a_group_lacks_is_said_with_what_to_do(council: Database, open_as: OpenAs):
    at = opened(open_as, council, "Care Leavers Action Group")
    at.number_input[1].set_value(0)
    press(at, "Save this group")

    assert "No young people in it" in words(at)
    assert "Invite young people first" in words(at)
    assert "No young people in it" in words(open_as("chair", PAGE))


def test_the_team_adds_a_group_a_member_and_a_meeting(council: Database, open_as: OpenAs):
    at = open_as("youth.voice", PAGE)
    at.text_input[1].set_value("Quayside Young Parents")
    press(at, "Add this group")
    assert "Choose what the group is for." in words(at)  # nothing is chosen for anybody
    next(one for one in at.radio if one.label == "What it is for").set_value(GroupKind.OTHER)
    press(at, "Add this group")
    assert heading(at) == "Quayside Young Parents"

    press(at, "Add this member")
    assert "Choose somebody, or write a name." in words(at)
    at.text_input(key=next(box.key for box in at.text_input if "partner" in box.label)).set_value(
        "Mill Lane Centre"
    )
    press(at, "Add this member")
    press(at, "Record it")

    row = listed(council)["Quayside Young Parents"]
    with council.reading(Played("youth.voice", NOW)) as (db, actor):
        assert [seat.name for seat in members_of_group(db, actor, row.id)] == ["Mill Lane Centre"]
    assert row.met_on == NOW.date()


def test_a_group_is_closed_when_asked_twice_and_stays_in_the_list(
    council: Database, open_as: OpenAs
):
    at = opened(open_as, council, "Parent and carer forum")
    press(at, "Close this group")
    assert "it can be opened again" in words(at)
    press(at, "Not now")
    press(at, "Close this group")
    assert not listed(council)["Parent and carer forum"].closed

    press(at, "Yes, close it")

    assert "It does not meet any more" in words(at)
    assert "Record it" not in labels(at)
    assert "Parent and carer forum" in words(open_as("manager", PAGE))


def test_a_group_closed_by_mistake_is_opened_again_by_those_who_keep_groups(
    council: Database, open_as: OpenAs
):
    at = opened(open_as, council, "Parent and carer forum")
    press(press(at, "Close this group"), "Yes, close it")
    assert labels(opened(open_as, council, "Parent and carer forum", "chair")) == []

    press(at, "Open this group again")

    assert not listed(council)["Parent and carer forum"].closed
    assert "Record it" in labels(at)


def test_before_a_group_with_the_queue_is_closed_the_page_says_what_that_leaves(
    council: Database, open_as: OpenAs
):
    owner = next(name for name, row in listed(council).items() if row.owns_queue)

    at = press(opened(open_as, council, owner), "Close this group")

    assert "Then no group reviews the opportunities: choose another one." in words(at)


def test_only_those_who_may_download_see_the_link(council: Database, open_as: OpenAs):
    with council.writing(System()) as (db, _):
        a_person(db, Role.SAFEGUARDING, username="sam", password_hash=DUMMY_HASH)

    assert "Download this list" in words(open_as("manager", PAGE))
    seen = words(open_as("sam", PAGE))
    assert "Care Leavers Action Group" in seen
    assert "Download" not in seen


def test_before_the_first_group_the_page_says_what_comes(empty_council: Database, open_as: OpenAs):
    with empty_council.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db, Role.YOUTH_VOICE, username="jo", password_hash=DUMMY_HASH)

    assert "No groups yet" in words(open_as("jo", PAGE))


@pytest.mark.parametrize("number", ["4711", "x", "-1"])
def test_a_group_that_is_not_there_leads_to_all(
    council: Database,  # noqa: ARG001
    open_as: OpenAs,
    number: str,
):
    at = open_as("manager", PAGE, id=number)

    assert heading(at) == "Groups"
    assert "We could not find that group" in words(at)
