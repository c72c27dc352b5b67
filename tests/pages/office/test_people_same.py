"""Somebody who seems to be here already is asked about before a second account is made."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.permissions import Role
from coprod_data.store.database import Database
from tests.helpers.office import listed, press
from tests.helpers.opening import OpenAs, drawn, words

Add = Callable[..., str]
PEOPLE, SET_UP = "office/people.py", "office/set_up.py"

pytestmark = pytest.mark.usefixtures("add")


def typed(at: AppTest, *, username: str, name: str, email: str = "", role: str = "chair") -> None:
    at.text_input(key="person-username").set_value(username)
    at.text_input(key="person-shown").set_value(name)
    at.text_input(key="person-mail").set_value(email)
    if role:
        at.checkbox(key=f"person-{role}").check()


def test_the_same_name_is_asked_about_and_added_only_on_a_second_press(
    empty_council: Database, open_as: OpenAs
) -> None:
    at = open_as("ada", PEOPLE)
    typed(at, username="jo.smith", name="Jo Smith", email="jo@westmarch.gov.uk", role="manager")
    press(at, "Add this account")
    here = listed(empty_council)["jo.smith"]
    assert here.work_email == "jo@westmarch.gov.uk"

    at = open_as("ada", PEOPLE)
    typed(at, username="jo.two", name=" jo  SMITH")
    at = press(at, "Add this account")

    assert "Jo Smith is here already (Manager) Same person?" in words(at)
    assert f'href="/people?id={here.id}"' in drawn(at)
    assert set(listed(empty_council)) == {"ada", "jo.smith"}
    assert at.text_input(key="person-shown").value == " jo  SMITH"

    press(at, "Add another person")
    assert listed(empty_council)["jo.two"].roles == {Role.CHAIR}


def test_the_same_work_e_mail_is_asked_about_too(empty_council: Database, open_as: OpenAs) -> None:
    at = open_as("ada", PEOPLE)
    typed(at, username="jo.smith", name="Jo Smith", email="jo@westmarch.gov.uk", role="manager")
    press(at, "Add this account")
    at = open_as("ada", PEOPLE)
    typed(at, username="j.smith", name="Josephine Smith", email="JO@westmarch.gov.uk")

    at = press(at, "Add this account")

    assert "Jo Smith is here already (Manager)" in words(at)
    assert "j.smith" not in listed(empty_council)


def test_another_name_is_added_with_one_press_after_the_question(
    empty_council: Database, open_as: OpenAs
) -> None:
    at = open_as("ada", PEOPLE)
    typed(at, username="ada.two", name="Ada")
    at = press(at, "Add this account")
    assert "is here already" in words(at)

    at.text_input(key="person-shown").set_value("Grace Hopper")
    press(at, "Add this account")

    assert listed(empty_council)["ada.two"].name == "Grace Hopper"


def test_an_account_without_a_role_is_not_made(empty_council: Database, open_as: OpenAs) -> None:
    at = open_as("ada", PEOPLE)
    typed(at, username="jo.smith", name="Jo Smith", role="")

    at = press(at, "Add this account")

    assert "Tick at least one role." in words(at)
    assert set(listed(empty_council)) == {"ada"}


def test_set_up_asks_about_names_that_are_here_already(
    empty_council: Database, open_as: OpenAs
) -> None:
    at = open_as("ada", SET_UP)
    at.text_input(key="first-people-chair").set_value("Ada")
    at = press(at, "Add these people")

    assert "Ada is here already (Administrator)" in words(at)
    assert set(listed(empty_council)) == {"ada"}
    press(at, "Add another person")
    assert listed(empty_council)["ada.2"].roles == {Role.CHAIR}
