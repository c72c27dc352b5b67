"""How a hold that safeguarding has opened is told: who deals with it, and its last step."""

from datetime import date, datetime

from coprod_data.queries.entries_holds import HeldEntry
from coprod_data.rules.clocks import LONDON, days_between


def who_deals(hold: HeldEntry) -> str:
    """Return who deals with an opened hold, or that nobody does, and who is away."""
    away = f"away until {_day(hold.away_until)}" if hold.away_until else ""
    if hold.taken_at is not None:
        if hold.gone:
            return f"{hold.taken_by} took it and is not in safeguarding any more"
        if away:
            return f"{'You are' if hold.taken_by_me else f'{hold.taken_by} is'} {away}"
        name = "You are" if hold.taken_by_me else f"{hold.taken_by} is"
        return f"{name} dealing with it"
    opened = hold.first_read_at.astimezone(LONDON).date() if hold.first_read_at else None
    who = f"opened by {hold.first_read_by} on {_day(opened)}" if opened else "not opened yet"
    return f"nobody has taken it, {who}" + (f", who is {away}" if away else "")


def last_step(hold: HeldEntry, now: datetime) -> str:
    """Return how long ago safeguarding did something about an opened hold, and what.

    What its author wrote since then, and nobody has read, comes before that.
    """
    if hold.unread_at is not None:
        return f"they wrote again {_ago(hold.unread_at, now)}, and nobody has read it"
    if hold.wrote_at is not None:
        return f"last written {_ago(hold.wrote_at, now)}"
    if hold.first_read_at is None:
        return ""
    return f"opened {_ago(hold.first_read_at, now)}, nothing written since"


def _ago(when: datetime, now: datetime) -> str:
    days = days_between(when, now)
    return "today" if not days else "yesterday" if days == 1 else f"{days} days ago"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B}" if day else ""
