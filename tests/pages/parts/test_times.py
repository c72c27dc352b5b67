"""Days as people type them: in words or in numbers, the day before the month."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from coprod_data.permissions import Invalid
from coprod_data.rules.typed_days import Meant, read_day
from coprod_data.store import database as process
from coprod_data.store.database import Database
from coprod_data.store.keys import Keys
from pages.parts.times import A_DAY, on, typed_day


def test_a_day_that_its_month_does_not_have_is_told_how_many_it_has():
    with pytest.raises(Invalid, match="November has 30 days"):
        typed_day("31 November 2026", "day", Meant.COMING)
    with pytest.raises(Invalid, match="February has 28 days"):
        typed_day("30/2/2027", "day", Meant.COMING)
    with pytest.raises(Invalid, match="Write the date like this"):
        typed_day("soon", "day", Meant.COMING)


def at_noon_of(today: date) -> Database:
    noon = datetime.combine(today, time(12), UTC)
    return Database(sa.create_engine("sqlite://"), Keys(()), lambda: noon)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_current", at_noon_of(date(2026, 11, 28)))


@pytest.mark.parametrize(
    "typed",
    [
        "3 December 2026",
        " 3  december, 2026 ",
        "3 Dec 2026",
        "3/12/2026",
        "03.12.2026",
        "2026-12-03",
        "03.12.26",
        "3/12/26",
        "3-Dec-26",
        "3rd December 2026",
        "Thursday 3 December 2026",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed: str):
    assert typed_day(typed, "day", Meant.COMING) == date(2026, 12, 3)


def test_what_a_box_holds_beforehand_is_read_again():
    for day in (date(2026, 1, 31), date(2024, 2, 29)):
        assert typed_day(on(day), "day", Meant.NEAREST) == day
    assert typed_day(A_DAY, "day", Meant.COMING) == date(2026, 12, 3)


NO_DAYS = ["soon", "12/13/2026", "December 2026", "3"]


@pytest.mark.parametrize("typed", NO_DAYS)
def test_anything_else_is_a_sentence_beside_its_box(typed: str):
    with pytest.raises(Invalid, match="Write the date like this: 3 December 2026.") as refused:
        typed_day(typed, "due_on", Meant.COMING)

    assert refused.value.field == "due_on"


def test_a_year_of_no_plan_is_a_slip_of_the_hand():
    with pytest.raises(Invalid, match="Check the year 206"):
        typed_day("3 December 0206", "due_on", Meant.COMING)
    with pytest.raises(Invalid, match="Check the year 9999"):
        typed_day("31/12/9999", "due_on", Meant.COMING)


@pytest.mark.parametrize("typed", ["3 Dec", "3 December", "3rd Dec", "3/12"])
def test_a_day_without_a_year_is_the_next_one_or_the_last_one(
    monkeypatch: pytest.MonkeyPatch, typed: str
):
    for today, coming, gone in (
        (date(2026, 11, 28), date(2026, 12, 3), date(2025, 12, 3)),
        (date(2026, 12, 3), date(2026, 12, 3), date(2026, 12, 3)),
        (date(2026, 12, 4), date(2027, 12, 3), date(2026, 12, 3)),
    ):
        monkeypatch.setattr(process, "_current", at_noon_of(today))
        assert typed_day(typed, "day", Meant.COMING) == coming
        assert typed_day(typed, "day", Meant.GONE) == gone


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("10 Dec", date(2026, 12, 10)),
        ("12 October", date(2026, 10, 12)),
        ("3 Jan", date(2027, 1, 3)),
    ],
)
def test_a_day_that_may_have_been_or_be_to_come_is_the_nearest_one(typed: str, nearest: date):
    assert typed_day(typed, "day", Meant.NEAREST) == nearest


def test_the_next_29_february_is_in_a_leap_year_or_there_is_none():
    assert read_day("29 Feb", date(2027, 11, 1)) == date(2028, 2, 29)
    assert read_day("29 Feb", date(2026, 3, 1)) is None


def test_an_empty_box_is_no_day():
    assert typed_day("  ", "day", Meant.COMING) is None
