"""Projects and recruitment on screen: from sign-in to what is owed, the gate, small numbers."""

from urllib.parse import parse_qsl

import pytest

from coprod_data.store.database import Database
from tests.helpers.opening import OpenAs, drawn, words

PROJECTS, RECRUITMENT = "together/projects.py", "together/recruitment.py"
WITHOUT_A_PLAN, AGREED, KEY_POST = "8", "7", "2"


@pytest.mark.usefixtures("council")
def test_the_page_says_how_many_have_a_plan_and_opens_those_of_a_service(open_as: OpenAs):
    at = open_as("board.member", PROJECTS)
    assert "5 of 7 projects have an agreed involvement plan." in words(at)
    assert not [one for one in at.expander if one.label == "Add a project"]

    service = dict(parse_qsl(drawn(at).split('href="/projects?service=')[1].partition('"')[0]))
    assert not service  # a number follows
    shown = words(open_as("board.member", PROJECTS, state="no_plan"))
    assert "Laptops, second round" in shown
    assert "First flats" not in shown
    assert "All projects" in words(open_as("chair", PROJECTS, service="2"))


def test_a_manager_agrees_the_plan_and_only_then_starts(council: Database, open_as: OpenAs):
    assert council
    at = open_as("manager", PROJECTS, id=WITHOUT_A_PLAN)
    assert "This project cannot start yet" in words(at)
    assert not [one for one in at.button if one.label == "It has started"]

    for label, said in (("at the start", "They say what."), ("middle", "They test."),
                        ("at the end", "They hear.")):  # fmt: skip
        box = next(one for one in at.text_area if label in one.label)
        box.set_value(said)
    next(one for one in at.text_input if "With whom" in one.label).set_value("The Action Group")
    press(at, "Save this plan")
    assert "Give the day on which it was agreed." in words(at)
    assert next(one for one in at.text_area if "middle" in one.label).value == "They test."
    next(one for one in at.text_input if "On which day" in one.label).set_value("1 March 2026")
    press(at, "Save this plan")
    assert "Priya Nair, with The Action Group, on 1 March 2026" in words(at)

    press(at, "It has started")
    assert "Started" in words(at)
    press(at, "It has finished")
    assert "Say first what involvement changed." in words(at)


def press(at, label: str) -> None:
    next(one for one in at.button if one.label == label).click().run()
    assert not at.exception


@pytest.mark.usefixtures("council")
def test_somebody_elses_project_and_panel_are_read_without_forms(open_as: OpenAs):
    for username, path, number in (
        ("chair", PROJECTS, AGREED), ("manager", PROJECTS, AGREED),
        ("board.member", RECRUITMENT, KEY_POST), ("manager", RECRUITMENT, KEY_POST),
    ):  # fmt: skip
        at = open_as(username, path, id=number)
        assert not at.text_area
        assert "What happened here" in words(at)
    assert "Young people with SEND: fewer than 5" in words(at)
    assert "Young people with SEND: 2" in words(open_as("youth.voice", RECRUITMENT, id=KEY_POST))


@pytest.mark.usefixtures("council")
def test_key_posts_are_counted_and_listed(open_as: OpenAs):
    said = "4 key posts so far: 2 with young people, 3 with parents or carers."
    assert said in words(open_as("chair", RECRUITMENT))
    shown = words(open_as("chair", RECRUITMENT, key="yes"))
    assert "Specialist nurse" in shown
    assert "Personal adviser" not in shown


@pytest.mark.usefixtures("small_council")
def test_a_council_without_any_is_told_how_to_begin(open_as: OpenAs):
    for path, said in ((PROJECTS, "No projects yet"), (RECRUITMENT, "No recruitment yet")):
        assert said in words(open_as("chair", path))
