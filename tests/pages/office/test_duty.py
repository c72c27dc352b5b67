"""The duty rota on screen, whether the form is open, and who is away."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.absences import add_absence
from coprod_data.permissions import Role
from coprod_data.queries.people import accounts
from coprod_data.queries.settings import duty
from coprod_data.scopes.duty import hours_of
from coprod_data.store.actors import Played, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, a_promise, the_duty
from tests.helpers.opening import OpenAs, heading, words
from tests.helpers.sitting import press

Add = Callable[..., str]

pytestmark = pytest.mark.usefixtures("add")


def test_the_duty_rota_is_saved_whole_and_opens_the_form(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("lead", Role.SAFEGUARDING)
    add("deputy", Role.SAFEGUARDING)
    with empty_council.reading(Played("ada", NOW)) as (db, actor):
        holders = {row.username: row.id for row in accounts(db, actor)}
    at = open_as("ada", "office/settings.py")
    assert heading(at) == "Settings"
    assert "The form for young people is closed" in words(at)
    assert "Nobody is named for duty. There is no Promise yet." in words(at)
    for post in ("lead", "deputy"):
        at.selectbox(key=f"duty-{post}").select(holders[post])
        at.text_input(key=f"duty-{post}-phone").set_value("01632 960011")
    for day in ("Monday", "Wednesday", "Friday"):
        at.text_input(key=f"duty-{day}").set_value("")
    for day in ("Tuesday", "Thursday"):
        at.text_input(key=f"duty-{day}").set_value("4pm to 8pm")
    at.text_area(key="duty-closed").set_value("24 December 2026\n\n31/12/2026")
    at.text_input(key=f"duty-{SettingKey.DUTY_OUT_OF_HOURS}").set_value("01632 960002")
    at = press(at, "Save the duty rota")

    assert "The duty rota is saved." in words(at)
    with empty_council.reading(System()) as (db, actor):
        rota = duty(db, actor)
        assert hours_of(db).closed == {date(2026, 12, 24), date(2026, 12, 31)}
    assert [person.name for person in rota.people] == ["Lead", "Deputy"]
    assert rota.hours == "Tuesday and Thursday, 4pm to 8pm"


def test_a_week_that_cannot_be_read_is_refused_and_stays_as_it_was_typed(open_as: OpenAs) -> None:
    at = open_as("ada", "office/settings.py")
    at.text_input(key="duty-Tuesday").set_value("after school")
    at = press(at, "Save the duty rota")

    assert "Tuesday: We cannot read “after school”. Write, for example, 9am to 5pm." in words(at)
    assert at.text_input(key="duty-Tuesday").value == "after school"


def test_a_number_beside_nobody_is_not_lost_but_asked_about(open_as: OpenAs) -> None:
    at = open_as("ada", "office/settings.py")
    at.text_input(key="duty-deputy-phone").set_value("01632 960012")
    at.text_input(key=f"duty-{SettingKey.DUTY_OUT_OF_HOURS}").set_value("01632 960002")
    at = press(at, "Save the duty rota")

    assert "choose who is called on this number, or take the number out." in words(at)
    assert at.text_input(key="duty-deputy-phone").value == "01632 960012"


def test_settings_and_set_up_say_truthfully_whether_the_form_is_open_and_why_not(
    empty_council: Database, open_as: OpenAs
) -> None:
    with Session(empty_council.engine) as db:
        lead, deputy = the_duty(db)
        a_promise(db)
        db.commit()
        ids = lead.id, deputy.id

    for page in ("office/settings.py", "office/set_up.py"):
        said = words(open_as("ada", page))
        assert "The form for young people is open" in said
        assert "On duty: Robin Lead (Safeguarding lead), Alex Deputy (Deputy)." in said
        assert "Somebody reads now." in said

    empty_council.clock = lambda: NOW + timedelta(days=3)  # a Saturday
    assert "Nobody reads before Monday." in words(open_as("ada", "office/settings.py"))

    away = (date(2026, 3, 7), date(2026, 3, 9))
    with empty_council.writing(Played("ada", NOW)) as (db, actor):
        for person_id in ids:
            add_absence(db, actor, person_id=person_id, from_day=away[0], to_day=away[1])
    for page in ("office/settings.py", "office/set_up.py"):
        said = words(open_as("ada", page))
        assert "The form for young people is closed" in said
        assert "Robin Lead is away today. Alex Deputy is away today." in said
    empty_council.clock = lambda: NOW
    said = words(open_as("ada", "office/settings.py"))
    assert "From 7 March 2026 to 9 March 2026 everybody named for duty is away." in said


def test_a_worker_says_when_they_are_away_and_takes_it_back(add: Add, open_as: OpenAs) -> None:
    at = open_as(add("yv", Role.YOUTH_VOICE), "office/absences.py")
    assert heading(at) == "Who is away"
    assert "Nobody is away, as far as we know." in words(at)

    at.text_input(key="absence-from").set_value("9 March 2026")
    at.text_input(key="absence-to").set_value("13 March 2026")
    at = press(at, "I am away")

    assert "Yv: 9 March 2026 to 13 March 2026." in words(at)
    assert at.text_input(key="absence.1-from").value == ""
    at = press(at, "Remove (no. 1)")
    assert "Nobody is away, as far as we know." in words(at)


def test_safeguarding_says_it_of_somebody_else_and_the_page_tells_who_did(
    add: Add, open_as: OpenAs
) -> None:
    add("yv", Role.YOUTH_VOICE)
    at = open_as(add("lead", Role.SAFEGUARDING), "office/settings.py")
    at.text_input(key="absence-from").set_value("4 March 2026")
    at = press(at, "Save")
    assert "Choose who is away." in words(at)
    assert at.text_input(key="absence-from").value == "4 March 2026"
    person = next(box for box in at.selectbox if box.label == "Who is away?")
    assert person.value is None
    person.select(next(key for key in person.options if key == "Yv"))
    at = press(at, "Save")

    assert "Yv: 4 March 2026, away now. Added by Lead." in words(at)
