"""Working time in England, across evenings, weekends, bank holidays and clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_data.rules.clocks import (
    LONDON,
    OFFICE,
    Hours,
    after_working_days,
    after_working_hours,
    before_working_days,
    before_working_hours,
    days_between,
    days_old_before,
    is_working_day,
    is_working_time,
    london_day,
    next_working_moment,
)
from coprod_data.rules.typed_hours import typed_spans


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


def test_what_is_some_days_old_is_what_came_before_one_moment():
    now = london(2026, 3, 30, 9, 0)  # the clocks went forward the day before
    for days in (1, 2, 60):
        edge = days_old_before(now, days)
        assert days_between(edge, now) == days - 1
        assert days_between(edge - timedelta(seconds=1), now) == days


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


# ---- hours of a council's own ----

EVENINGS = Hours(((), ((time(16), time(20)),), (), ((time(16), time(20)),), (), (), ()))
LUNCH = Hours(
    (
        *[((time(9), time(12)), (time(13), time(17)))] * 4,
        ((time(9), time(12)),), ((time(10), time(11)),), (),
    ),
    frozenset({date(2026, 3, 4), date(2026, 12, 24)}),
)  # fmt: skip
COUNCILS = [OFFICE, EVENINGS, LUNCH]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (OFFICE, "Monday to Friday, 9am to 5pm"),
        (EVENINGS, "Tuesday and Thursday, 4pm to 8pm"),
        (
            LUNCH,
            "Monday to Thursday, 9am to midday and 1pm to 5pm; Friday, 9am to midday; "
            "Saturday, 10am to 11am",
        ),
        (
            Hours(
                (*[((time(8, 30), time(16, 5)),)] * 3, (), ((time(8, 30), time(16, 5)),), (), ())
            ),
            "Monday to Wednesday and Friday, 8.30am to 4.05pm",
        ),
    ],
)
def test_hours_are_told_as_people_say_them(hours: Hours, told: str) -> None:
    assert hours.words == told


@pytest.mark.parametrize(
    "week",
    [
        ((),) * 7,
        (((time(9), time(17)),),) * 6,
        (((time(17), time(9)),), *((),) * 6),
        (((time(9), time(9)),), *((),) * 6),
        (((time(9), time(13)), (time(12), time(17))), *((),) * 6),
    ],
    ids=["no hours at all", "six days", "backwards", "empty span", "overlapping"],
)
def test_a_week_that_cannot_be_worked_is_refused(week: tuple) -> None:
    with pytest.raises(ValueError, match="hours|later"):
        Hours(week)


def test_closed_days_never_count_and_bank_holidays_never_do_either() -> None:
    assert not is_working_day(date(2026, 12, 24), LUNCH)
    assert is_working_day(date(2026, 12, 24), OFFICE)
    mondays = Hours((((time(9), time(17)),), *((),) * 6))
    assert not is_working_day(date(2026, 8, 31), mondays)  # the summer bank holiday
    assert next_working_moment(london(2026, 8, 25, 9), mondays) == london(2026, 9, 7, 9)


def test_a_flagged_entry_of_christmas_eve_waits_over_the_days_the_council_is_closed() -> None:
    sent = london(2026, 12, 24, 16, 30)
    shut = Hours(OFFICE.week, frozenset(date(2026, 12, day) for day in (24, 29, 30, 31)))

    assert after_working_hours(sent, 4, OFFICE) == london(2026, 12, 29, 12, 30)
    assert after_working_hours(sent, 4, shut) == london(2027, 1, 4, 13)


@pytest.mark.parametrize(
    ("sent", "read_by"),
    [
        (london(2026, 11, 28, 12), london(2026, 12, 1, 20)),  # a Saturday: Tuesday, when it ends
        (london(2026, 11, 24, 17), london(2026, 11, 26, 17)),  # Tuesday in hours: Thursday
        (london(2026, 11, 24, 20), london(2026, 11, 26, 20)),  # Tuesday as they close
    ],
)
def test_a_duty_day_of_evenings_is_the_next_evening(sent: datetime, read_by: datetime) -> None:
    assert after_working_days(sent, 1, EVENINGS) == read_by


def test_a_day_on_from_a_long_day_ends_at_the_same_share_of_a_short_one() -> None:
    halfway = london(2026, 3, 5, 13, 30)  # Thursday: 3.5 of 7 hours
    assert after_working_days(halfway, 1, LUNCH) == london(2026, 3, 6, 10, 30)  # Friday: 1.5 of 3


@pytest.mark.parametrize("hours", COUNCILS)
@given(moment=moments, days=st.integers(1, 9))
def test_what_is_late_is_what_came_before(hours: Hours, moment: datetime, days: int) -> None:
    now = after_working_days(moment, days, hours)
    a_little = timedelta(minutes=1)
    assert moment <= before_working_days(now + a_little, days, hours)
    assert before_working_days(now - a_little, days, hours) <= next_working_moment(moment, hours)


@pytest.mark.parametrize("hours", COUNCILS)
@given(moment=moments, count=st.integers(1, 30))
def test_what_is_due_in_hours_of_ones_own_falls_within_them(
    hours: Hours, moment: datetime, count: int
) -> None:
    due = after_working_hours(moment, count, hours)
    assert is_working_time(due - timedelta(seconds=1), hours)
    begun = before_working_hours(due, count, hours)
    assert next_working_moment(begun, hours) == next_working_moment(moment, hours)


@pytest.mark.parametrize("hours", COUNCILS)
@given(moment=moments)
def test_the_next_working_moment_is_one_and_nothing_lies_between(
    hours: Hours, moment: datetime
) -> None:
    opens = next_working_moment(moment, hours)
    assert is_working_time(opens, hours)
    assert opens == moment or not is_working_time(opens - timedelta(seconds=1), hours)


# ---- as an officer types them ----


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", ()),
        ("9am to 5pm", ((time(9), time(17)),)),
        ("9 to 5", ((time(9), time(17)),)),
        ("09:00-17:00", ((time(9), time(17)),)),
        ("4pm to 8pm", ((time(16), time(20)),)),
        ("9am to midday and 1.30pm to 5pm", ((time(9), time(12)), (time(13, 30), time(17)))),
        ("8.30 - 12, 13 - 16", ((time(8, 30), time(12)), (time(13), time(16)))),
        ("12 noon to 4pm", ((time(12), time(16)),)),
    ],
)
def test_hours_are_read_in_the_ways_people_write_them(typed: str, spans: tuple) -> None:
    assert typed_spans(typed) == spans


@pytest.mark.parametrize("typed", ["all day", "9am", "25 to 26", "13pm to 3pm", "9am to 5pm ish"])
def test_what_is_no_hours_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="for example, 9am to 5pm"):
        typed_spans(typed)


@pytest.mark.parametrize("hours", COUNCILS)
def test_what_is_told_of_a_day_can_be_typed_again(hours: Hours) -> None:
    for number, spans in enumerate(hours.week):
        one_day = Hours((*((),) * number, spans or ((time(1), time(2)),), *((),) * (6 - number)))
        assert typed_spans(one_day.words.partition(", ")[2]) == one_day.week[number]
