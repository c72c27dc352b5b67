"""The time for which a plan runs: from its start, for a number of months."""

from calendar import monthrange
from datetime import date, timedelta

LONGEST = 120  # months


def plan_end(starts_on: date, months: int) -> date:
    """Return the last day of a plan: the day before the one on which the next would begin."""
    count = starts_on.year * 12 + starts_on.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1])) - timedelta(days=1)


def month_of_plan(starts_on: date, months: int, today: date) -> int:
    """Return in which month of the plan a day is: 0 before it starts, `months` once it is over."""
    if today < starts_on:
        return 0
    passed = (today.year - starts_on.year) * 12 + today.month - starts_on.month
    return min(passed + (1 if today.day >= starts_on.day else 0), months)
