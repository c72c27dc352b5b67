"""How long until a date, or since: the one sentence that lists, pages and sheets say."""

from calendar import monthrange
from datetime import date

from coprod_data.rules.clocks import day_words
from coprod_data.vocabulary.actions import DueKind


def days_to(due_on: date | None, today: date) -> int | None:
    """Return how many days are left until a date, below 0 once it has passed; None without one."""
    return None if due_on is None else (due_on - today).days


def due_says(left: int | None) -> str:
    """Return "8 days late", "due today" or "due in 3 days"; nothing where nothing is owed."""
    if left is None:
        return ""
    if not left:
        return "due today"
    count = "1 day" if abs(left) == 1 else f"{abs(left)} days"
    return f"{count} late" if left < 0 else f"due in {count}"


def last_day(due_on: date | None, kind: DueKind) -> date | None:
    """Return the day after which something is late: the last one of the month that is shown."""
    if due_on is None or kind not in (DueKind.MONTH, DueKind.QUARTER):
        return due_on
    return due_on.replace(day=monthrange(due_on.year, due_on.month)[1])


def due_named(due_on: date | None, kind: DueKind) -> str:
    """Return a date no closer than the plan means it; "" where there is none."""
    if due_on is None:
        return "Ongoing" if kind is DueKind.ONGOING else ""
    month = f"{due_on:%B %Y}"
    return {DueKind.MONTH: month, DueKind.QUARTER: f"By the end of {month}"}.get(
        kind, day_words(due_on)
    )
