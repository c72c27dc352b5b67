"""When the join code of a session works, and how its words are typed."""

from datetime import datetime, timedelta
from enum import Enum

from coprod_data.permissions import Refused
from coprod_data.rules.clocks import LONDON, clock_words

EARLY = timedelta(minutes=15)  # people come before it begins, and stay after it ended
STILL_SENT = timedelta(hours=1)  # what was begun while the code worked may be finished
TOLD_FOR = timedelta(days=10)  # what came out of it is told to those who came


class JoinTime(Enum):
    """Where a moment is, seen from the hours of a code."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"  # for what came out of it
    GONE = "gone"


def opens_at(starts_at: datetime) -> datetime:
    """Return from when on the code of a session works."""
    return starts_at - EARLY


def closes_at(ends_at: datetime) -> datetime:
    """Return until when the code of a session works."""
    return ends_at + EARLY


def join_time(starts_at: datetime, ends_at: datetime, at: datetime) -> JoinTime:
    """Say where a moment is, seen from the hours of a session's code."""
    if at < opens_at(starts_at):
        return JoinTime.BEFORE
    if at <= closes_at(ends_at):
        return JoinTime.OPEN
    return JoinTime.AFTER if at <= ends_at + TOLD_FOR else JoinTime.GONE


def hours_words(starts_at: datetime, ends_at: datetime) -> str:
    """Spell when a code works: "from 4.15pm to 6.45pm"."""
    opens, closes = (
        moment.astimezone(LONDON) for moment in (opens_at(starts_at), closes_at(ends_at))
    )
    return f"from {clock_words(opens.time())} to {clock_words(closes.time())}"


def must_not_be_early(starts_at: datetime, at: datetime, why_moved: str = "") -> None:
    """Go on once the code of a session works. Raises Refused, which says from when, and why it was
    moved if it was.
    """
    opens = opens_at(starts_at).astimezone(LONDON)
    if at < opens:
        day = f"{opens:%A} {opens.day} {opens:%B}"
        moved = f" We moved it, because: {why_moved}" if why_moved else ""
        raise Refused(f"This code works on {day}, from {clock_words(opens.time())}.{moved}")
