"""A new council is set up in five steps: its name, people, The Promise, duty, services."""

from collections.abc import Callable

import pytest

from coprod_data.commands.promise import add_theme
from coprod_data.commands.promise_pasted import write_promise
from coprod_data.permissions import Role
from coprod_data.queries.promise import drafted_promise, promise
from coprod_data.queries.settings import duty
from coprod_data.rules.pasted_promise import read_promise
from coprod_data.store.actors import Played, Public
from coprod_data.store.database import Database
from tests.helpers.builders import NOW, a_promise
from tests.helpers.office import listed, press
from tests.helpers.opening import OpenAs, heading, words

Add = Callable[..., str]

pytestmark = pytest.mark.usefixtures("add")


def test_an_administrator_begins_with_the_five_steps(open_as: OpenAs) -> None:
    assert heading(open_as("ada")) == "Set-up"


def test_a_new_council_is_set_up_in_five_steps(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("chair", Role.CHAIR)
    at = open_as("ada", "office/set_up.py")
    assert heading(at) == "Set-up"
    assert "Nobody yet: Youth Voice Team, Safeguarding, Board member, Manager" in words(at)

    at.text_input(key="draft-title").set_value("Our Promise")
    next(button for button in at.button if button.label == "Start a new version").click().run()
    for title, young, icon in (
        ("Homes", "Where I live", "home"),
        ("Else", "Something else", "else"),
    ):
        next(box for box in at.text_input if "Board's words" in box.label).set_value(title)
        next(box for box in at.text_input if "young people's" in box.label).set_value(young)
        next(choice for choice in at.radio if choice.label == "Picture").set_value(icon)
        next(button for button in at.button if button.label == "Add this theme").click().run()
        assert "The theme is added." in words(at)
        assert next(box for box in at.text_input if "Board's words" in box.label).value == ""
    at.text_input(key="commitment-number").set_value("1")
    at.text_area(key="commitment-wording").set_value("We ask before you move.")
    next(button for button in at.button if button.label == "Add this commitment").click().run()
    assert "1 We ask before you move." in words(at)

    at = open_as("chair", "office/set_up.py")
    at.text_input(key="adopted-by").set_value("The Board, with young people")
    next(
        button for button in at.button if button.label == "Record that the Board adopted it"
    ).click().run()

    with empty_council.reading(Played("chair", NOW)) as (db, actor):
        adopted = promise(db, actor)
    assert adopted is not None
    assert [theme.young_title for theme in adopted.themes] == ["Where I live", "Something else"]


def test_a_pasted_promise_is_shown_before_it_is_saved(
    empty_council: Database, open_as: OpenAs
) -> None:
    at = open_as("ada", "office/set_up.py")
    at.text_area(key="pasted-text").set_value(
        "School\nWe ask how school is.\n\nHomes\nWe ask first."
    )
    at = press(at, "Show how it reads")

    shown = words(at)
    assert "3 themes, 2 commitments. Nothing is saved yet." in shown
    assert "School School 1.1 We ask how school is." in shown
    with empty_council.reading(Played("ada", NOW)) as (db, actor):
        assert drafted_promise(db, actor) is None

    at = press(at, "Save this Promise")
    said = words(at)
    assert "It is written down: 3 themes, 2 commitments. It is not in force until" in said
    assert "3 themes, 2 commitments. Not in force yet." in said  # the draft says the same
    with empty_council.reading(Played("ada", NOW)) as (db, actor):
        written = drafted_promise(db, actor)
    assert written is not None
    assert [theme.title for theme in written.themes] == ["School", "Homes", "Something else"]


def test_the_council_is_named_first_and_then_renamed(open_as: OpenAs) -> None:
    at = open_as("ada", "office/set_up.py")
    for name in ("Sallowmere", "Sallowmere and Ash"):
        next(box for box in at.text_input if box.label == "Name of the council").set_value(name)
        at = press(at, "Save the council’s name")
        assert "The council’s name is saved." in words(at)

    assert "Sallowmere and Ash" in words(open_as("ada", "office/settings.py"))


@pytest.mark.parametrize("nothing", ["\u2800", "\u3164", "\u115f", "\uffa0", " "])
def test_a_name_that_looks_blank_adds_nobody(
    empty_council: Database, open_as: OpenAs, nothing: str
) -> None:
    at = open_as("ada", "office/set_up.py")
    at.text_input(key="first-people-chair").set_value(nothing)
    at.text_area(key="pasted-text").set_value(nothing)
    at = press(at, "Add these people")

    assert "Write at least one name." in words(at)
    assert "Nothing is saved yet." not in words(at)
    assert set(listed(empty_council)) == {"ada"}


def test_the_only_person_in_safeguarding_is_chosen_as_lead_in_the_page_that_added_them(
    empty_council: Database, open_as: OpenAs
) -> None:
    at = open_as("ada", "office/set_up.py")
    at.text_input(key="first-people-safeguarding").set_value("Helen Moss")
    at = press(at, "Add these people")
    for label in ("Safeguarding lead: phone number", "Phone number at all other times"):
        next(box for box in at.text_input if box.label == label).set_value("01632 960011")
    at = press(at, "Save the duty rota")

    assert "Helen Moss has not set a password yet. Hand over their one-time link." in words(at)
    assert "Helen Moss has not used their link yet." in words(at)
    with empty_council.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET password_hash = 'set' WHERE name LIKE 'Hel%'")
    with empty_council.reading(Public()) as (db, public):
        assert [person.name for person in duty(db, public).people] == ["Helen Moss"]


def test_the_first_people_are_added_with_one_press(
    empty_council: Database, open_as: OpenAs
) -> None:
    at = open_as("ada", "office/set_up.py")
    for role, name in (
        ("youth_voice", "Amara Oduya"),
        ("safeguarding", "Helen Moss"),
        ("chair", "Cllr Dawn Pryce"),
        ("board_member", " cllr dawn  PRYCE"),
    ):
        at.text_input(key=f"first-people-{role}").set_value(name)
    at = press(at, "Add these people")

    assert words(at).count("Hand over this link to") == 3
    assert listed(empty_council)["dawn.pryce"].roles == {Role.CHAIR, Role.BOARD_MEMBER}
    assert "Nobody yet: Manager." in words(at)


def test_a_service_is_named_with_who_is_responsible_and_both_are_shown(
    add: Add, open_as: OpenAs
) -> None:
    add("priya", Role.MANAGER)
    at = open_as("ada", "office/set_up.py")
    at.text_input(key="service-title").set_value("Leaving Care")
    at = press(at, "Add this service")

    assert "Leaving Care Priya" in words(at)


def test_a_refused_step_of_the_set_up_keeps_what_was_typed(open_as: OpenAs) -> None:
    at = open_as("ada", "office/set_up.py")
    at.text_input(key="draft-title").set_value("Our Promise")
    at = press(at, "Start a new version")
    at.text_input(key="theme-title").set_value("Homes")

    next(button for button in at.button if button.label == "Add this theme").click().run()

    assert "Give the theme a title in young people's words." in words(at)
    assert at.text_input(key="theme-title").value == "Homes"


def test_a_later_promise_is_adopted_on_the_page_of_what_it_changes(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("chair", Role.CHAIR)
    with empty_council.writing(Played("ada", NOW)) as (db, _):
        a_promise(db, ("Homes", "Health", "Something else"), title="The Promise 2024")
    with empty_council.writing(Played("ada", NOW)) as (db, actor):
        number = write_promise(
            db, actor, title="The Promise 2026",
            themes=read_promise("# Homes\nWe ask before you move.\nWe show you a photo."),
        )  # fmt: skip

    seen = open_as("chair", "office/set_up.py")
    assert "2 themes, 2 commitments. Not in force yet." in words(seen)
    assert f"/wordings?version={number}&amp;show=changes" in "".join(
        one.proto.body for one in seen.get("html")
    )
    at = open_as("chair", "promise/wordings.py", version=str(number), show="changes")
    assert "3 commitments become 2." in words(at)
    at.text_input(key="adopted-by").set_value("Full Council")
    at = press(at, "Record that the Board adopted it")
    assert "Adopt it now?" in words(at)
    assert in_force(empty_council) == "The Promise 2024"
    at = press(at, "Not now")
    assert "Adopt it now?" not in words(at)

    at = press(at, "Record that the Board adopted it")
    press(at, "Yes, adopt it")

    assert in_force(empty_council) == "The Promise 2026"


def test_a_draft_that_changed_since_its_page_was_shown_is_read_again_before_it_is_adopted(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("chair", Role.CHAIR)
    with empty_council.writing(Played("ada", NOW)) as (db, actor):
        number = write_promise(
            db, actor, title="Ours", themes=read_promise("# Homes\nWe ask before you move.")
        )  # fmt: skip
    at = open_as("chair", "office/set_up.py")
    at.text_input(key="adopted-by").set_value("Full Council")
    with empty_council.writing(Played("ada", NOW)) as (db, actor):
        add_theme(db, actor, number, title="Money", young_title="Money", icon="money")

    at = press(at, "Record that the Board adopted it")
    assert "Somebody changed this first, so what you pressed was not saved" in words(at)
    assert at.text_input(key="adopted-by").value == "Full Council"
    assert in_force(empty_council) == ""

    press(at, "Record that the Board adopted it")
    assert in_force(empty_council) == "Ours"


def in_force(council: Database) -> str:
    with council.reading(Played("chair", NOW)) as (db, actor):
        found = promise(db, actor)
    return found.title if found else ""
