"""The upgrade to a structured rota carries over what is certain, and shuts the form otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Setting
from coprod_data.permissions import Role
from coprod_data.scopes.duty import hours_of, people_on_duty, somebody_on_duty
from coprod_data.store.database import Database
from coprod_data.store.migrations.columns import MOMENT
from coprod_data.store.migrations.versions.r0004_duty import (
    down_revision,
    parsed_hours,
    revision,
    told_hours,
)
from coprod_data.store.schema import downgrade, migrate
from tests.helpers.builders import NOW
from tests.helpers.databases import Databases
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
person = sa.table("person", *map(sa.column, ("username", "name", "job", "password_hash")),
                  sa.column("added_at", MOMENT), sa.column("disabled_at", MOMENT))  # fmt: skip
role_grant = sa.table(
    "role_grant", *map(sa.column, ("person_id", "role", "first_setup")),
    sa.column("given_at", MOMENT), sa.column("confirmed_at", MOMENT),
)  # fmt: skip
ACCOUNTS = {"Helen Marsh": 1, "Grace Adair": 2, "Ann Lee": 3, "Amara Oduya": 4, "Old Hand": 5}


def five_accounts(database: Database) -> None:
    """A council as an older release kept it: four of Safeguarding, of whom one left; a worker."""
    migrate(database.engine, down_revision)
    with database.engine.begin() as connection:
        for name, number in ACCOUNTS.items():
            connection.execute(sa.insert(person).values(
                username=name.lower(), name=name, job="", password_hash="set once", added_at=NOW,
                disabled_at=NOW if name == "Old Hand" else None,
            ))  # fmt: skip
            role = Role.YOUTH_VOICE if name == "Amara Oduya" else Role.SAFEGUARDING
            connection.execute(sa.insert(role_grant).values(
                person_id=number, role=role.value, first_setup=False, given_at=NOW,
                confirmed_at=NOW,
            ))  # fmt: skip


@pytest.fixture
def council(engine: str, databases: Databases) -> Iterator[Database]:
    with databases(engine, "before_duty", five_accounts).lent() as database:
        yield database


def says(database: Database, **texts: str) -> None:
    """What this council has typed, besides what all have."""
    with database.engine.begin() as connection:
        for key, text in {**TEXTS, **texts}.items():
            connection.execute(sa.insert(setting).values(key=key, value=text, changed_at=NOW))


def stored(database: Database) -> dict[str, Any]:
    with database.engine.connect() as connection:
        return {
            key.value: value
            for key, value in connection.execute(sa.select(setting.c.key, setting.c.value))
        }


def test_names_and_hours_are_carried_over_and_the_form_stays_open(council: Database):
    says(council)

    migrate(council.engine)

    with Session(council.engine) as db:
        assert [(one.person_id, one.phone) for one in people_on_duty(db, NOW)] == [
            (ACCOUNTS["Helen Marsh"], "01632 960100"), (ACCOUNTS["Grace Adair"], "01632 960100"),
        ]  # fmt: skip
        assert hours_of(db).words == "Monday to Friday, 9am to 5pm"


def test_it_goes_down_to_texts_and_up_again_to_the_same(council: Database):
    says(council)
    migrate(council.engine, revision)
    upgraded = stored(council)

    downgrade(council.engine, down_revision)
    texts = stored(council)
    assert (texts["duty_lead"], texts["duty_deputy"]) == ("Helen Marsh", "Grace Adair")
    assert not sa.inspect(council.engine).has_table("absence")
    migrate(council.engine, revision)

    assert stored(council) == upgraded


UNCERTAIN = {
    "no such name": {"duty_lead": "The duty manager", "duty_deputy": ""},
    "not of the team": {"duty_lead": "Amara Oduya", "duty_deputy": "Old Hand"},
    "two names": {"duty_lead": "Helen Marsh or Grace Adair", "duty_deputy": "Annabel Leech"},
    "hours unclear": {"duty_hours": "most days"},
    "no hours": {"duty_hours": ""},
    "no number by day": {"duty_phone": ""},
    "no number by night": {"duty_out_of_hours": ""},
}


@pytest.mark.sqlite  # what is certain is read from texts in Python
def test_what_is_not_certain_names_nobody_and_the_form_is_shut(
    council: Database, engine: str, databases: Databases
):
    left = {}
    for case, texts in {"certain": {}, **UNCERTAIN}.items():
        with databases(engine, "before_duty", five_accounts).lent() as old:
            says(old, **texts)
            migrate(old.engine, revision)
            left[case] = stored(old)

    migrate(council.engine)  # the newest release reads what each of them was left with
    are_open = set()
    with Session(council.engine) as db:
        for case, values in left.items():
            db.execute(sa.delete(setting))
            for key, value in values.items():
                db.execute(sa.insert(setting).values(key=key, value=value, changed_at=NOW))
            if somebody_on_duty(db, NOW):
                are_open.add(case)
            hours_of(db)  # which never fails, whatever was typed once
    assert are_open == {"certain"}


def test_one_account_is_not_lead_and_deputy(council: Database):
    says(council, duty_deputy="Helen Marsh (also deputy)")

    migrate(council.engine, revision)

    left = stored(council)
    assert left["duty_lead"] == {"person_id": ACCOUNTS["Helen Marsh"], "phone": "01632 960100"}
    assert left["duty_deputy"] is None


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
