"""The office: accounts, settings and history."""

import re
from collections.abc import Callable

import pytest

from coprod_data.commands.people import set_password_by_link
from coprod_data.commands.settings import change_setting
from coprod_data.permissions import Invalid, Role
from coprod_data.store.actors import Played, Public
from coprod_data.store.database import Database
from coprod_data.store.passwords import DUMMY_HASH
from coprod_data.vocabulary.settings import SettingKey
from pages.menu import MENU
from tests.helpers.builders import NOW
from tests.helpers.office import listed, press
from tests.helpers.opening import OpenAs, heading, menu, words

Add = Callable[..., str]

pytestmark = pytest.mark.usefixtures("add")


def test_an_administrator_adds_somebody_and_hands_over_a_link_until_it_is_used(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("other", Role.ADMINISTRATOR)
    at = open_as("ada", "office/people.py")
    assert heading(at) == "People"

    at.text_input(key="person-username").set_value("Jo.Smith")
    at.text_input(key="person-shown").set_value("Jo <b>Smith</b>")
    at.checkbox(key="person-manager").check()
    at.button[0].click().run()

    assert "/sign-in/new-password?link=" in words(at)
    assert "Jo <b>Smith</b>" in words(at)
    assert listed(empty_council)["jo.smith"].roles == {Role.MANAGER}
    assert "Their username is jo.smith" in words(at)
    assert "until 5 March 2026, 10:00" in words(at)

    again = open_as("ada", "office/people.py")
    token = re.findall(r"new-password\?link=([\w-]+)", words(again))[0]
    assert token in words(at)
    assert "new-password?link=" not in words(open_as("other", "office/people.py"))
    with empty_council.writing(Public()) as (db, public):
        set_password_by_link(db, public, token, DUMMY_HASH)
    assert "new-password?link=" not in words(again.run())


def test_a_refused_account_keeps_what_was_typed(empty_council: Database, open_as: OpenAs) -> None:
    at = open_as("ada", "office/people.py")
    at.text_input(key="person-username").set_value("ada")
    at.text_input(key="person-shown").set_value("Another Ada")
    at.checkbox(key="person-manager").check()
    at.button[0].click().run()

    assert "That username is taken. Choose another." in words(at)
    assert at.text_input(key="person-shown").value == "Another Ada"
    assert set(listed(empty_council)) == {"ada"}


@pytest.mark.parametrize("number", ["4711", "x", "-1"])
@pytest.mark.usefixtures("empty_council")
def test_an_account_that_is_not_there_leads_to_all(open_as: OpenAs, number: str) -> None:
    at = open_as("ada", "office/people.py", id=number)

    assert heading(at) == "People"
    assert "We could not find that account. These are all of them." in words(at)


def test_roles_are_changed_together(empty_council: Database, add: Add, open_as: OpenAs) -> None:
    add("cleo", Role.MANAGER)
    at = open_as("ada", "office/people.py", id=str(listed(empty_council)["cleo"].id))

    at.checkbox(key=f"role-{listed(empty_council)['cleo'].id}-manager").uncheck()
    at.checkbox(key=f"role-{listed(empty_council)['cleo'].id}-chair").check()
    press(at, "Save roles")

    assert listed(empty_council)["cleo"].roles == {Role.CHAIR}


def test_a_guarded_role_waits_for_the_team(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("yv.one", Role.YOUTH_VOICE)
    add("yv.two", Role.YOUTH_VOICE)
    add("cleo")
    who = listed(empty_council)["cleo"].id
    at = open_as("ada", "office/people.py", id=str(who))
    at.checkbox(key=f"role-{who}-youth_voice").check()
    press(at, "Save roles")
    assert listed(empty_council)["cleo"].waiting == {Role.YOUTH_VOICE}

    at = open_as("yv.one", "office/people.py")
    assert "Ada asks for the role Youth Voice Team." in words(at)
    press(at, "Agree: Cleo")

    assert "Nobody is waiting for your answer" in words(at)
    assert listed(empty_council)["cleo"].roles == {Role.YOUTH_VOICE}


def test_an_account_is_closed_and_opened_again(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("cleo", Role.MANAGER)
    at = open_as("ada", "office/people.py", id=str(listed(empty_council)["cleo"].id))
    at.button(key="close").click().run()
    assert "They are signed out at once." in words(at)
    assert not listed(empty_council)["cleo"].disabled
    at.button(key="close-yes").click().run()
    assert listed(empty_council)["cleo"].disabled
    at.button(key="close").click().run()
    assert not listed(empty_council)["cleo"].disabled


def test_nobody_closes_their_own_account(empty_council: Database, open_as: OpenAs) -> None:
    at = open_as("ada", "office/people.py", id=str(listed(empty_council)["ada"].id))
    at.button(key="close").click().run()
    at.button(key="close-yes").click().run()
    assert "You cannot close your own account." in words(at)
    assert not listed(empty_council)["ada"].disabled


def test_safeguarding_sees_the_rota_and_no_other_setting(add: Add, open_as: OpenAs) -> None:
    add("lead", Role.SAFEGUARDING)
    at = open_as("lead", "office/settings.py")
    assert heading(at) == "Settings"
    assert "Save the duty rota" in [button.label for button in at.button]
    assert SettingKey.COUNCIL_NAME not in " ".join(str(box.key) for box in at.text_input)
    assert not at.number_input


def test_a_number_out_of_bounds_is_refused_below_the_page_too(empty_council: Database) -> None:
    whole = pytest.raises(Invalid, match="whole number from 5 to 120")
    with whole, empty_council.writing(Played("ada", NOW)) as (db, actor):
        change_setting(db, actor, SettingKey.IDLE_MINUTES, 999)


def test_history_tells_an_administrator_of_accounts_alone(open_as: OpenAs) -> None:
    at = open_as("ada", "office/people.py")
    at.text_input(key="person-username").set_value("jo.smith")
    at.text_input(key="person-shown").set_value("Jo Smith")
    at.checkbox(key="person-manager").check()
    at.button[0].click().run()

    at = open_as("ada", "office/history.py")
    assert heading(at) == "History"
    assert "Ada added an account Jo Smith" in words(at)
    assert "Ada signed in" not in words(at)
    at = open_as("ada", "office/history.py", visits="1")
    assert "Ada signed in" in words(at)
    assert "A young person" not in words(at)


@pytest.mark.parametrize("key", [SettingKey.COUNCIL_NAME, SettingKey.BOARD_LABEL])
def test_what_the_council_calls_things_is_never_left_empty(open_as: OpenAs, key: SettingKey):
    at = open_as("ada", "office/settings.py")
    at.text_input(key=f"setting-{SettingKey.COUNCIL_NAME}").set_value("Westmarch")
    at.text_input(key=f"setting-{key}").set_value(" ")

    next(button for button in at.button if button.label == "Save these words").click().run()

    assert "Write a name. It is shown on every page." in words(at)
    assert "The words are saved." not in words(at)


def test_who_waits_for_a_role_is_told_so_in_plain_words(add: Add, open_as: OpenAs) -> None:
    at = open_as(add("jo"))

    assert heading(at) == "Together"
    assert "There is nothing here for you yet" in words(at)
    assert "Sign out" in words(at)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.YOUNG_PERSON])
@pytest.mark.parametrize("page", ["people", "settings", "set_up", "history"])
def test_the_office_is_not_in_the_menu_of_others(
    add: Add, open_as: OpenAs, role: Role, page: str
) -> None:
    add("other", role)
    file = f"office/{page}.py"
    at = open_as("other", file)

    assert heading(at) == "You cannot open this page"
    assert next(one.title for one in MENU if one.file == file) not in menu(at)
