"""For how long something was talked about at a meeting: minutes, overlaps, missed stops."""

from collections.abc import Iterable
from datetime import datetime, timedelta

REACHED = timedelta(minutes=1)  # below it the Board did not get to an item
LONGEST = timedelta(hours=4)  # of a meeting: a clock that nobody stopped counts no longer
Span = tuple[datetime, datetime]


def whole_minutes(seconds: float) -> int:
    """Return whole minutes, as people say them."""
    return int(seconds // 60)


def running_for(started: datetime, now: datetime) -> timedelta:
    """Return for how long a clock has run; one that was forgotten stops counting by itself."""
    return min(max(now - started, timedelta(0)), LONGEST)


def overlap(span: Span, others: Iterable[Span]) -> Span | None:
    """Return one of the others that is at the same time, if there is one."""
    return next((one for one in others if span[0] < one[1] and one[0] < span[1]), None)
