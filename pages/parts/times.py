"""Days and moments as people read them, in London's time."""

from datetime import date, datetime

from coprod_data.permissions import Invalid
from coprod_data.rules.clocks import LONDON, london_day
from coprod_data.rules.texts import is_blank
from coprod_data.rules.typed_days import Meant, beyond_its_month, is_near, read_day
from coprod_data.rules.typed_hours import typed_spans
from coprod_data.store.database import current

A_DAY = "3 December 2026"  # how a day may be typed, for labels
A_TIME = "5.30pm to 7.30pm"


def on(day: date) -> str:
    """Return a day as "4 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def in_month(day: date) -> str:
    """Return a month as "March 2026", the most exact date shown for a young person's words."""
    return f"{day:%B %Y}"


def on_and_at(moment: datetime) -> str:
    """Return a moment as "4 March 2026, 14:30"; the repeated hour in October shows its offset."""
    local = moment.astimezone(LONDON)
    other = local.replace(fold=1 - local.fold)
    doubled = other.utcoffset() != local.utcoffset() and other.astimezone(LONDON) == other
    offset = f" ({local:%Z})" if doubled else ""
    return f"{on(local.date())}, {local:%H:%M}{offset}"


def clock(moment: datetime) -> str:
    """Return the time of a moment in London as "14:30"."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def days(count: int) -> str:
    """Return a wait as "today", "1 day" or "12 days"."""
    return "today" if count < 1 else "1 day" if count == 1 else f"{count} days"


def typed_day(typed: str, field: str, meant: Meant) -> date | None:
    """Return a day typed like 3 December 2026, or None if empty. Raises Invalid.

    Days as numbers are read too, the day first as in Britain, and as exports spell them. "3 Dec"
    is the 3 December that is `meant` there.
    """
    if is_blank(typed):
        return None
    today = london_day(current().clock())
    day = read_day(typed, today, meant)
    if day is None:
        beyond = beyond_its_month(typed, today)
        raise Invalid(beyond or f"Write the date like this: {A_DAY}.", field=field)
    if not is_near(day):
        raise Invalid(f"Check the year {day.year}. Write the date like this: {A_DAY}.", field=field)
    return day


def typed_times(typed: str) -> tuple[str, str]:
    """Return two times of day as they are kept, both empty where nothing was typed.

    Raises Invalid.
    """
    try:
        spans = typed_spans(typed)
    except ValueError as fault:
        raise Invalid(str(fault), field="times") from None
    if not spans:
        return "", ""
    if len(spans) != 1:
        raise Invalid(f"Write from when to when, for example {A_TIME}.", field="times")
    begins, ends = spans[0]
    return f"{begins:%H:%M}", f"{ends:%H:%M}"
