"""What pages for young people say, in one catalogue so that every sentence can be scored.

`say("sent.today", day="Friday 6 March")` gives a sentence of `wording.toml`, its gaps filled.
"""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from coprod_data.rules.clocks import LONDON, clock_words, london_day
from coprod_data.vocabulary.labels import labelled_with_gaps

_CATALOGUE = Path(__file__).with_name("wording.toml")


@cache
def catalogue() -> dict[str, str]:
    """Return every sentence by its name, `section.name`."""
    sections = tomllib.loads(_CATALOGUE.read_text("utf-8"))
    return {
        f"{section}.{name}": sentence
        for section, sentences in sections.items()
        for name, sentence in sentences.items()
    }


def say(name: str, **values: object) -> str:
    """Return a sentence of the catalogue. Raises KeyError for a missing name or value."""
    return labelled_with_gaps(catalogue()[name]).format(**values)


NEAR_DAYS = 3  # a day further off is told with its date: two weekdays could be meant


def day_words(day: date) -> str:
    """Return a day that is near as people say it: "Friday 6 March"."""
    return f"{day:%A} {day.day} {day:%B}"


def by_words(day: date, opening_day: date | None, today: date) -> str:
    """Spell by when something is read; on the day itself if nobody reads before it.

    "today", "by tomorrow", "on Monday 16 March". `opening_day` is the day on which somebody reads
    next, None while somebody reads now: "Nobody reads this before Monday" and "by Monday" beside
    each other would say two things.
    """
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    itself = day == opening_day
    if ahead == 1:
        return "tomorrow" if itself else "by tomorrow"
    return f"{'on' if itself else 'by'} {day_words(day)}"


def opening_words(opens_at: datetime, at: datetime) -> str:
    """Spell when somebody reads next: "4pm today", "tomorrow", "Monday", "Tuesday 5 January"."""
    local = opens_at.astimezone(LONDON)
    ahead = (local.date() - london_day(at)).days
    if ahead == 0:
        return f"{clock_words(local.time())} today"
    return near_day_words(local.date(), at)


def near_day_words(day: date, at: datetime) -> str:
    """Spell a day to come: "tomorrow", "Monday", and with its date where that is far off."""
    ahead = (day - london_day(at)).days
    if ahead == 1:
        return "tomorrow"
    return f"{day:%A}" if ahead <= NEAR_DAYS else day_words(day)


def hour_words(moment: datetime, at: datetime) -> str:
    """Spell the time and the day of a moment to come: "5pm today", "9am on Monday"."""
    local = moment.astimezone(LONDON)
    ahead = (local.date() - london_day(at)).days
    named = near_day_words(local.date(), at)
    day = "today" if ahead == 0 else named if ahead == 1 else f"on {named}"
    return f"{clock_words(local.time())} {day}"


def date_words(moment: datetime) -> str:
    """Return the day of a moment that may be long ago: "6 March 2026"."""
    day = london_day(moment)
    return f"{day.day} {day:%B} {day.year}"
