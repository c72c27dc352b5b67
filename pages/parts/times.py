"""Days and moments as people read them, in London's time."""

from datetime import date, datetime

from coprod_data.clocks import LONDON
from coprod_data.permissions import Invalid

FIRST_YEAR, LAST_YEAR = 2000, 2099


def on(day: date) -> str:
    """Return a day as "4 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def in_month(day: date) -> str:
    """Return a month as "March 2026", the most that is told of when a young person wrote."""
    return f"{day:%B %Y}"


def on_and_at(moment: datetime) -> str:
    """Return a moment as "4 March 2026, 14:30"; the doubled hour of October names its offset."""
    local = moment.astimezone(LONDON)
    other = local.replace(fold=1 - local.fold)
    doubled = other.utcoffset() != local.utcoffset() and other.astimezone(LONDON) == other
    offset = f" ({local:%Z})" if doubled else ""
    return f"{on(local.date())}, {local:%H:%M}{offset}"


def days(count: int) -> str:
    """Return a wait as "today", "1 day" or "12 days"."""
    return "today" if count < 1 else "1 day" if count == 1 else f"{count} days"


def typed_day(typed: str, field: str) -> date | None:
    """Return the day typed as 2026-12-03, or None for nothing. Raises Invalid."""
    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise Invalid("Write the day as 2026-12-03.", field=field) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:  # a slip of the hand, as 0206-12-03
        raise Invalid(f"Write the day as 2026-12-03: {day.year} is no year of a plan.", field=field)
    return day
