"""Working time in England, across weekends, bank holidays and the change of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_data.clocks import (
    after_working_days,
    after_working_hours,
    days_between,
    is_working_time,
    london_day,
    next_working_moment,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-03-04 09:00", True),
        ("2026-03-04 08:59", False),
        ("2026-03-04 16:59", True),
        ("2026-03-04 17:00", False),
        ("2026-03-07 10:00", False),  # a Saturday
        ("2026-04-03 10:00", False),  # Good Friday
        ("2026-07-01 08:30", True),  # half past nine in British summer
        ("2026-07-01 16:30", False),
    ],
)
def test_working_hours_are_nine_to_five_in_london(moment: str, working: bool):
    assert is_working_time(utc(moment)) is working


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        ("2026-03-04 11:00", "2026-03-04 11:00"),
        ("2026-03-04 06:00", "2026-03-04 09:00"),
        ("2026-03-06 18:00", "2026-03-09 09:00"),
        ("2026-04-02 17:00", "2026-04-07 08:00"),  # over Easter, in summer time
    ],
)
def test_the_first_working_moment(moment: str, first: str):
    assert next_working_moment(utc(moment)) == utc(first)


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-03-04 10:00", 4, "2026-03-04 14:00"),
        ("2026-03-04 15:00", 4, "2026-03-05 11:00"),
        ("2026-03-06 16:00", 4, "2026-03-09 12:00"),
        ("2026-03-07 23:00", 4, "2026-03-09 13:00"),
    ],
)
def test_four_working_hours_later(moment: str, hours: int, due: str):
    assert after_working_hours(utc(moment), hours) == utc(due)


def test_a_working_day_later_is_the_same_time_on_the_next_working_day():
    assert after_working_days(utc("2026-03-06 11:30"), 1) == utc("2026-03-09 11:30")


@given(st.integers(0, 3 * 365 * 24 * 60), st.integers(0, 40))
def test_working_time_never_runs_backwards(minutes: int, hours: int):
    moment = utc("2025-01-01 00:00") + timedelta(minutes=minutes)

    due = after_working_hours(moment, hours)

    assert due - moment >= timedelta(hours=hours)
    assert due == after_working_hours(next_working_moment(moment), hours)


def test_days_are_counted_by_the_calendar_of_london():
    assert london_day(utc("2026-07-01 23:30")).isoformat() == "2026-07-02"
    assert days_between(utc("2026-03-03 23:59"), utc("2026-03-04 00:01")) == 1
    assert days_between(utc("2026-03-04 10:00"), utc("2026-03-01 10:00")) == 0
