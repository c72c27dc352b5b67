"""The upgrade to a structured rota carries over what is certain, and shuts the form otherwise."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Setting
from coprod_data.permissions import Role
from coprod_data.scopes.duty import hours_of, people_on_duty, somebody_on_duty
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0004_duty import (
    down_revision,
    parsed_hours,
    revision,
    told_hours,
)
from coprod_data.store.schema import downgrade, migrate
from tests.helpers.builders import NOW, a_person
from tests.helpers.source import ROOT

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"
OFFICE = [*[[["09:00", "17:00"]]] * 5, [], []]
TEXTS = {
    "duty_lead": "Helen Marsh, designated safeguarding lead",
    "duty_deputy": "grace  adair",
    "duty_hours": "Monday to Friday, 9am to 5pm",
    "duty_phone": "01632 960100",
    "duty_out_of_hours": "01632 960999",
}
setting = Setting.__table__


def old_council(database: Database, **texts: str) -> dict[str, int]:
    """A council as an older release kept it, with three accounts that hold Safeguarding."""
    with Session(database.engine) as db:
        ids = {
            name: a_person(
                db, Role.SAFEGUARDING, name=name, username=name.lower(), password_hash="set once"
            ).id
            for name in ("Helen Marsh", "Grace Adair", "Ann Lee")
        }
        a_person(db, Role.YOUTH_VOICE, name="Amara Oduya", username="amara")
        a_person(db, Role.SAFEGUARDING, name="Old Hand", username="old.hand", disabled_at=NOW)
        db.commit()
    downgrade(database.engine, down_revision)
    with database.engine.begin() as connection:
        for key, text in {**TEXTS, **texts}.items():
            connection.execute(sa.insert(setting).values(key=key, value=text, changed_at=NOW))
    return ids


def stored(database: Database) -> dict[str, Any]:
    with database.engine.connect() as connection:
        return {
            key.value: value
            for key, value in connection.execute(sa.select(setting.c.key, setting.c.value))
        }


def test_names_and_hours_are_carried_over_and_the_form_stays_open(database: Database):
    ids = old_council(database)

    migrate(database.engine)

    with Session(database.engine) as db:
        assert [(one.person_id, one.phone) for one in people_on_duty(db, NOW)] == [
            (ids["Helen Marsh"], "01632 960100"), (ids["Grace Adair"], "01632 960100"),
        ]  # fmt: skip
        assert hours_of(db).words == "Monday to Friday, 9am to 5pm"


def test_it_goes_down_to_texts_and_up_again_to_the_same(database: Database):
    old_council(database)
    migrate(database.engine)
    upgraded = stored(database)

    downgrade(database.engine, down_revision)
    texts = stored(database)
    assert (texts["duty_lead"], texts["duty_deputy"]) == ("Helen Marsh", "Grace Adair")
    assert not sa.inspect(database.engine).has_table("absence")
    migrate(database.engine)

    assert stored(database) == upgraded


@pytest.mark.sqlite  # what is certain is read from texts in Python
@pytest.mark.parametrize(
    "texts",
    [
        {"duty_lead": "The duty manager", "duty_deputy": ""},
        {"duty_lead": "Amara Oduya", "duty_deputy": "Old Hand"},
        {"duty_lead": "Helen Marsh or Grace Adair", "duty_deputy": "Annabel Leech"},
        {"duty_hours": "most days"},
        {"duty_hours": ""},
        {"duty_phone": ""},
        {"duty_out_of_hours": ""},
    ],
    ids=["no such name", "not of the team", "two names", "hours unclear", "no hours",
         "no number by day", "no number by night"],
)  # fmt: skip
def test_what_is_not_certain_names_nobody_and_the_form_is_shut(
    database: Database, texts: dict[str, str]
):
    old_council(database, **texts)

    migrate(database.engine)

    with Session(database.engine) as db:
        assert not somebody_on_duty(db, NOW)
        hours_of(db)  # which never fails, whatever was typed once


def test_one_account_is_not_lead_and_deputy(database: Database):
    ids = old_council(database, duty_deputy="Helen Marsh (also deputy)")

    migrate(database.engine)

    with Session(database.engine) as db:
        assert [one.person_id for one in people_on_duty(db, NOW)] == [ids["Helen Marsh"]]


@pytest.mark.parametrize(
    ("text", "days", "span"),
    [
        ("Monday to Friday, 9am to 5pm", range(5), ["09:00", "17:00"]),
        ("Monday to Friday, 9 to 5", range(5), ["09:00", "17:00"]),
        ("Mon-Fri 9:00-17:00", range(5), ["09:00", "17:00"]),
        ("Mondays and Thursdays, 10am to 4.30pm", (0, 3), ["10:00", "16:30"]),
        ("Tuesday and Thursday, 4pm to 8pm", (1, 3), ["16:00", "20:00"]),
    ],
)
def test_usual_ways_to_write_hours_are_read(text: str, days: Any, span: list[str]):
    assert parsed_hours(text) == [[span] if day in days else [] for day in range(7)]


@pytest.mark.parametrize(
    "text",
    ["", "office hours", "Monday to Friday", "9am to 5pm", "Friday to Monday, 9am to 5pm",
     "Monday, 5pm to 9am", "Monday, 9am to 5pm, Tuesday, 1pm to 3pm", "Mo, 9am to 5pm",
     "Monday, 25 to 26"],
)  # fmt: skip
def test_hours_that_are_not_certain_are_not_guessed(text: str):
    assert parsed_hours(text) is None


def test_hours_told_as_a_text_are_read_again():
    evenings = [[], [["16:00", "20:00"]], [], [["16:00", "20:00"]], [], [], []]
    for week in (OFFICE, evenings):
        assert parsed_hours(told_hours(week)) == week
    assert told_hours([[["09:00", "12:00"], ["13:00", "17:00"]], [["09:00", "12:00"]], *[[]] * 5])


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_duty.py").exists()
