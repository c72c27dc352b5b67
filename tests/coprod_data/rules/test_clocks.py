"""Working time in England, across evenings, weekends, bank holidays and clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_data.rules.clocks import (
    LONDON,
    after_working_days,
    after_working_hours,
    before_working_hours,
    days_between,
    is_working_day,
    is_working_time,
    london_day,
    next_working_moment,
)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("sent", "read_by"),
    [
        (london(2026, 3, 4, 10), london(2026, 3, 5, 10)),  # Wednesday morning
        (london(2026, 3, 4, 20), london(2026, 3, 5, 17)),  # an evening counts from the next morning
        (london(2026, 3, 6, 16), london(2026, 3, 9, 16)),  # a Friday afternoon
        (london(2026, 3, 7, 12), london(2026, 3, 9, 17)),  # a Saturday
        (
            london(2026, 12, 24, 16),
            london(2026, 12, 29, 16),
        ),  # Christmas and Boxing Day's substitute
        (london(2026, 3, 27, 12), london(2026, 3, 30, 12)),  # the clocks go forward on the 29th
    ],
)
def test_one_working_day_ends_at_the_same_working_time(sent: datetime, read_by: datetime) -> None:
    assert after_working_days(sent, 1) == read_by


def test_four_working_hours_run_over_the_night() -> None:
    assert after_working_hours(london(2026, 3, 4, 15), 4) == london(2026, 3, 5, 11)


def test_offices_are_shut_on_weekends_and_bank_holidays() -> None:
    assert is_working_day(london_day(london(2026, 4, 2, 12)))
    assert not is_working_day(london_day(london(2026, 4, 3, 12)))  # Good Friday
    assert not is_working_time(london(2026, 4, 4, 12))
    assert not is_working_time(london(2026, 4, 2, 8, 59))
    assert is_working_time(london(2026, 4, 2, 9))


def test_days_are_counted_in_london() -> None:
    assert days_between(london(2026, 6, 1, 23, 30), london(2026, 6, 2, 0, 30)) == 1
    assert days_between(london(2026, 6, 2), london(2026, 6, 1)) == 0


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(moments, st.integers(1, 40))
def test_what_is_due_now_came_in_when_its_time_began(moment: datetime, hours: int) -> None:
    due = after_working_hours(moment, hours)
    begun = before_working_hours(due, hours)
    assert begun == next_working_moment(moment)


@given(moments, st.integers(1, 40), st.integers(1, 5_000))
def test_what_came_a_little_later_is_never_late_before(
    moment: datetime, hours: int, minutes: int
) -> None:
    later = moment + timedelta(minutes=minutes)
    assert after_working_hours(later, hours) >= after_working_hours(moment, hours)
