"""What pages for young people say, in one catalogue so that every sentence can be scored.

`say("sent.read_by", day="Friday 6 March")` gives a sentence of `wording.toml` with its gaps filled.
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


def day_words(day: date) -> str:
    """Return a day that is near as people say it: "Friday 6 March"."""
    return f"{day:%A} {day.day} {day:%B}"


def opening_words(opens_at: datetime, at: datetime) -> str:
    """Spell when somebody reads next: "4pm today", "Monday", "Tuesday 5 January"."""
    local = opens_at.astimezone(LONDON)
    ahead = (local.date() - london_day(at)).days
    if ahead == 0:
        return f"{clock_words(local.time())} today"
    return f"{local:%A}" if ahead < 7 else day_words(local.date())


def date_words(moment: datetime) -> str:
    """Return the day of a moment that may be long ago: "6 March 2026"."""
    day = london_day(moment)
    return f"{day.day} {day:%B} {day.year}"
