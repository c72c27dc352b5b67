"""A school year of themed conversations: its months, and where nobody has been asked for long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

A_GAP = 6  # months without a conversation, held or planned
OFTEN = 2  # conversations about each theme in a year


@dataclass(frozen=True)
class Span:
    """Months in a row without a conversation: the first, as a place in the year, and how many."""

    first: int
    months: int


def first_day(today: date) -> date:
    """Return the first day of the school year that a day is in: 1 September."""
    return date(today.year if today.month >= 9 else today.year - 1, 9, 1)


def months_of(first: date) -> tuple[date, ...]:
    """Return the first days of the twelve months from this one on."""
    return tuple(
        date(first.year + (first.month - 1 + place) // 12, (first.month - 1 + place) % 12 + 1, 1)
        for place in range(12)
    )


def last_day(first: date) -> date:
    """Return the last day of the year that begins on this day."""
    return date(first.year + 1, first.month, 1) - timedelta(days=1)


def gap_in(months: Sequence[date], days: Sequence[date], last_on: date | None) -> Span | None:
    """Return the longest gap of six months or more without a conversation in a year, else None.

    `days` are those held or planned in the year, `last_on` the newest one before it: months before
    the year count as part of a gap that goes on into it.
    """
    filled = {(day.year, day.month) for day in days}
    runs: list[Span] = []
    begun: int | None = None
    for place, month in enumerate([*months, None]):
        empty = month is not None and (month.year, month.month) not in filled
        if empty and begun is None:
            begun = place
        elif not empty and begun is not None:
            runs.append(Span(begun, place - begun))
            begun = None
    whole = {run: run.months + _before(run, months, last_on) for run in runs}
    long = [run for run in runs if whole[run] >= A_GAP]
    return max(long, key=whole.__getitem__, default=None)


def months_since(day: date, today: date) -> int:
    """Return how many whole months have passed since a day."""
    months = (today.year - day.year) * 12 + today.month - day.month
    return months - (today.day < day.day)


def _before(run: Span, months: Sequence[date], last_on: date | None) -> int:
    """Return how many months before the year belong to a gap that begins with it."""
    if run.first or last_on is None:  # before the first one nothing is known to be missing
        return 0
    return (months[0].year - last_on.year) * 12 + months[0].month - last_on.month - 1
