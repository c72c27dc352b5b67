"""What pages for young people say, in one catalogue so that every sentence can be scored.

`say("sent.read_by", day="Friday 6 March")` gives a sentence of `wording.toml` with its gaps filled.
"""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from coprod_data.rules.clocks import london_day

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
    return catalogue()[name].format(**values)


def day_words(day: date) -> str:
    """Return a day that is near as people say it: "Friday 6 March"."""
    return f"{day:%A} {day.day} {day:%B}"


def date_words(moment: datetime) -> str:
    """Return the day of a moment that may be long ago: "6 March 2026"."""
    day = london_day(moment)
    return f"{day.day} {day:%B} {day.year}"
