"""Forms on screen: both texts when somebody else was first, what was typed back, lost presses."""

from collections.abc import Callable

import pytest

from coprod_data.commands.groups import add_group, change_group, close_group
from coprod_data.commands.people import change_roles
from coprod_data.permissions import Role
from coprod_data.queries.groups import groups
from coprod_data.queries.people import accounts
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.groups import GroupKind
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, words
from tests.helpers.sitting import press

Add = Callable[..., str]
GROUPS = "office/groups.py"
KIND = [*GroupKind][0]


@pytest.fixture
def group(empty_council: Database, add: Add) -> int:
    add("amara", Role.YOUTH_VOICE)
    with empty_council.writing(Played("amara", NOW)) as (db, actor):
        return add_group(db, actor, name="Panel", kind=KIND)


def test_of_two_who_change_a_group_the_second_sees_both_texts(
    empty_council: Database, open_as: OpenAs, group: int
):
    at = open_as("amara", GROUPS, id=str(group))
    at.text_area(key=f"group-{group}-terms").set_value("Mine: we read cards.").run()
    with empty_council.writing(Played("amara", NOW)) as (db, actor):
        change_group(db, actor, group, name="Panel", kind=KIND, terms="Theirs: we meet monthly.")

    at = press(at, "Save this group")

    assert "Somebody changed this after you opened it" in words(at)
    assert "Theirs: we meet monthly." in words(at)
    assert at.text_area(key=f"group-{group}-terms").value == "Mine: we read cards."
    with empty_council.reading(Played("amara", NOW)) as (db, actor):
        assert groups(db, actor)[0].terms == "Theirs: we meet monthly."

    at = press(at, "Save this group")
    assert "Saved." in words(at)
    with empty_council.reading(Played("amara", NOW)) as (db, actor):
        assert groups(db, actor)[0].terms == "Mine: we read cards."


def test_what_was_typed_is_there_again_in_another_tab_until_it_is_saved(
    open_as: OpenAs, add: Add, group: int
):
    add("ben", Role.YOUTH_VOICE)
    at = open_as("amara", GROUPS, id=str(group))
    at.text_area(key=f"group-{group}-terms").set_value("Half a sent").run()

    again = open_as("amara", GROUPS, id=str(group))
    assert "What you had typed is here again." in words(again)
    assert again.text_area(key=f"group-{group}-terms").value == "Half a sent"
    other = open_as("ben", GROUPS, id=str(group))
    assert other.text_area(key=f"group-{group}-terms").value == ""

    press(again, "Save this group")
    assert "What you had typed is here again." not in words(open_as("amara", GROUPS, id=str(group)))


def test_saving_in_one_tab_leaves_what_was_typed_in_the_other_and_tells_it(
    open_as: OpenAs, group: int
):
    one, two = (open_as("amara", GROUPS, id=str(group)) for _ in range(2))
    one.text_area(key=f"group-{group}-terms").set_value("Words of one tab.").run()
    assert "Draft kept at" in words(one)
    two.text_area(key=f"group-{group}-terms").set_value("Words of the other.").run()

    press(two, "Save this group")

    one.run()
    assert "Somebody changed this after you opened it" in words(one)
    assert "Words of the other." in words(one)
    again = open_as("amara", GROUPS, id=str(group))
    assert again.text_area(key=f"group-{group}-terms").value == "Words of one tab."


def test_what_was_chosen_beside_a_kept_text_is_there_again_and_is_what_is_saved(
    empty_council: Database, open_as: OpenAs, group: int
):
    at = open_as("amara", GROUPS, id=str(group))
    at.text_area(key=f"group-{group}-terms").set_value("We read cards.")
    at.radio(key=f"group-{group}-kind").set_value(GroupKind.PANEL)
    at.checkbox(key=f"group-{group}-owns_queue").check()
    at.number_input(key=f"group-{group}-quorum").set_value(3).run()

    again = press(open_as("amara", GROUPS, id=str(group)), "Save this group")

    assert "Saved." in words(again)
    with empty_council.reading(Played("amara", NOW)) as (db, actor):
        [row] = groups(db, actor)
    assert (row.kind, row.quorum, row.owns_queue) == (GroupKind.PANEL, 3, True)


def test_what_was_typed_before_somebody_changed_the_record_shows_both(
    empty_council: Database, open_as: OpenAs, group: int
):
    at = open_as("amara", GROUPS, id=str(group))
    at.text_area(key=f"group-{group}-terms").set_value("Half a sent").run()
    with empty_council.writing(Played("amara", NOW)) as (db, actor):
        change_group(db, actor, group, name="Panel", kind=KIND, terms="Theirs.")

    again = open_as("amara", GROUPS, id=str(group))

    assert "Somebody changed this after you opened it. It now says:" in words(again)
    assert "Theirs." in words(again)
    assert again.text_area(key=f"group-{group}-terms").value == "Half a sent"


def test_what_was_typed_can_be_dropped(open_as: OpenAs, group: int):
    at = open_as("amara", GROUPS, id=str(group))
    at.text_area(key=f"group-{group}-terms").set_value("Half a sent").run()

    again = press(open_as("amara", GROUPS, id=str(group)), "Clear this and start again")

    assert "What you had typed is here again." not in words(again)
    assert [box.value for box in again.text_area if box.label == "Terms of reference"] == [""]


def test_a_press_whose_button_has_gone_is_answered(
    empty_council: Database, open_as: OpenAs, group: int
):
    at = open_as("amara", GROUPS, id=str(group))
    with empty_council.writing(Played("amara", NOW)) as (db, actor):
        close_group(db, actor, group)

    at = press(at, "Save this group")

    assert "Somebody changed this first, so what you pressed was not saved" in words(at)
    assert "Somebody changed this first, so what you pressed was not saved" not in words(at.run())


@pytest.mark.usefixtures("add")
def test_chair_that_was_taken_away_is_not_given_back_by_a_page_opened_before(
    empty_council: Database, add: Add, open_as: OpenAs
):
    add("cleo", Role.CHAIR)
    with empty_council.reading(Played("ada", NOW)) as (db, actor):
        who = next(row.id for row in accounts(db, actor) if row.username == "cleo")
    at = open_as("ada", "office/people.py", id=str(who))
    with empty_council.writing(Played("ada", NOW)) as (db, actor):
        change_roles(db, actor, who, roles=frozenset())

    at.checkbox(key=f"role-{who}-manager").check()
    press(at, "Save roles")

    with empty_council.reading(Played("ada", NOW)) as (db, actor):
        roles = next(row.roles for row in accounts(db, actor) if row.username == "cleo")
    assert roles == {Role.MANAGER}
