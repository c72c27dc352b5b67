"""Working time in England: when something must be read by, and how long it has waited.

Working hours are 09:00 to 17:00 in London, Monday to Friday, except bank holidays in England.
Moments are passed and returned in UTC.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
DAY_BEGINS, DAY_ENDS = time(9), time(17)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def london_day(moment: datetime) -> date:
    """Return the date in London of a moment."""
    return moment.astimezone(LONDON).date()


def is_working_day(day: date) -> bool:
    """Say whether offices are open on a day."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def is_working_time(moment: datetime) -> bool:
    """Say whether a moment is within working hours."""
    local = moment.astimezone(LONDON)
    return is_working_day(local.date()) and DAY_BEGINS <= local.time() < DAY_ENDS


def next_working_moment(moment: datetime) -> datetime:
    """Return the first working moment at or after a moment."""
    local = moment.astimezone(LONDON)
    if is_working_day(local.date()) and local.time() < DAY_ENDS:
        return max(local, datetime.combine(local.date(), DAY_BEGINS, LONDON)).astimezone(UTC)
    day = local.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, DAY_BEGINS, LONDON).astimezone(UTC)


def after_working_hours(moment: datetime, hours: float) -> datetime:
    """Return the moment this many working hours later."""
    left = timedelta(hours=hours)
    now = next_working_moment(moment)
    while True:
        closes = datetime.combine(london_day(now), DAY_ENDS, LONDON).astimezone(UTC)
        if now + left <= closes:
            return now + left
        left -= closes - now
        now = next_working_moment(closes)


def after_working_days(moment: datetime, days: int) -> datetime:
    """Return the same time of day, this many working days later."""
    return after_working_hours(moment, days * 8)


def before_working_hours(moment: datetime, hours: float) -> datetime:
    """Return the moment this many working hours ago: anything older is late."""
    left = timedelta(hours=hours)
    day = london_day(moment)
    now = moment
    while True:
        if is_working_day(day):
            opens = datetime.combine(day, DAY_BEGINS, LONDON).astimezone(UTC)
            closes = datetime.combine(day, DAY_ENDS, LONDON).astimezone(UTC)
            worked = max(min(now, closes) - opens, timedelta(0))
            if worked >= left:
                return opens + worked - left
            left -= worked
        day -= timedelta(days=1)


def days_between(earlier: datetime, later: datetime) -> int:
    """Return whole calendar days in London between two moments, never below 0."""
    return max(0, (london_day(later) - london_day(earlier)).days)
