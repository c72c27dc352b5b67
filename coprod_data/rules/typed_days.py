"""Days as people and spreadsheets write them in Britain: the day before the month."""

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime
from enum import Enum, auto

FIRST_YEAR, LAST_YEAR = 2000, 2099
_SPELLINGS = ("%d %m %Y", "%d %m %y", "%d %B %Y", "%d %b %Y", "%d %B %y", "%d %b %y", "%Y %m %d")
_MONTHS = ("%B %Y", "%b %Y", "%m %Y", "%Y %m")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.I)
_SEPT = re.compile(r"\bsept\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,./-]+")


class Meant(Enum):
    """Which day is meant where no year was typed, from what its box is for."""

    COMING = auto()
    GONE = auto()
    NEAREST = auto()  # for what may have been or be still to come


def read_day(typed: str, today: date | None = None, meant: Meant = Meant.COMING) -> date | None:
    """Return the day that was typed, None if it is no day.

    3 December 2026, 3 Dec 26, 3/12/26, 03.12.2026 and 2026-12-03 are one day. Without a year it is
    the one that is `meant` as seen from `today`, which is both; without `today` it is none.
    """
    plain = _ORDINAL.sub("", " ".join(_BETWEEN.sub(" ", typed).split()))
    plain = _SEPT.sub("Sep", _WEEKDAY.sub("", plain).strip())
    if (day := _spelled(plain)) is not None or today is None:
        return day
    years = (today.year - 1, today.year, today.year + 1)
    days = [day for year in years if (day := _spelled(f"{plain} {year}"))]
    if meant is Meant.COMING:
        days = [day for day in days if day >= today]
    elif meant is Meant.GONE:
        days = [day for day in days if day <= today]
    return min(days, key=lambda day: abs(day - today), default=None)


def beyond_its_month(typed: str, today: date) -> str:
    """Return the sentence about a day that its month does not have, for example 31 November."""
    plain = _ORDINAL.sub("", " ".join(_BETWEEN.sub(" ", typed).split()))
    number, _, rest = _SEPT.sub("Sep", _WEEKDAY.sub("", plain).strip()).partition(" ")
    first = _spelled(f"1 {rest}") or _spelled(f"1 {rest} {today.year}")
    if first is None or not number.isdecimal():
        return ""
    most = monthrange(first.year, first.month)[1]
    return f"{first:%B} has {most} days." if most < int(number) <= 31 else ""


def read_month(typed: str) -> date | None:
    """Return the last day of the month that was typed, None if it is no month with its year.

    March 2027, Mar 2027, 03/2027 and 2027-03 are one month.
    """
    plain = _SEPT.sub("Sep", " ".join(_BETWEEN.sub(" ", typed).split()))
    for spelling in _MONTHS:
        with suppress(ValueError):
            first = datetime.strptime(plain, spelling).date()  # noqa: DTZ007 - a day has no zone
            return first.replace(day=monthrange(first.year, first.month)[1])
    return None


def is_near(day: date) -> bool:
    """Say whether a day's year is one that a council plans in; 0206 and 9999 are slips."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _spelled(plain: str) -> date | None:
    for spelling in _SPELLINGS:
        with suppress(ValueError):
            return datetime.strptime(plain, spelling).date()  # noqa: DTZ007 - a day has no zone
    return None
