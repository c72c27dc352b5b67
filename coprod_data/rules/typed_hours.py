"""Hours and closed days as an officer types them: "9am to 5pm", "24 December 2026"."""

import re
from datetime import time

from coprod_data.rules.clocks import Span

_CLOCK = r"(?:(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|noon)?|(midday|noon))"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:to|until|-|\u2013)\s*{_CLOCK}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|and|&|\s)\s*", re.IGNORECASE)


def typed_spans(typed: str) -> tuple[Span, ...]:
    """Return the hours typed for one day, as "9am to 5pm" or "9:00 - 12:30, 1.30pm to 5pm".

    Nothing typed is no hours. Without am and pm, "9 to 5" ends in the afternoon. Raises ValueError.
    """
    rest, spans = " ".join(typed.split()), []
    while rest:
        found = _SPAN.match(rest)
        if found is None:
            raise ValueError(f"We cannot read “{typed.strip()}”. Write, for example, 9am to 5pm.")
        begins, ends = _clock(*found.groups()[:4]), _clock(*found.groups()[4:])
        if ends <= begins and not found[7] and ends.hour < 12:
            ends = ends.replace(hour=ends.hour + 12)
        spans.append((begins, ends))
        rest = rest[found.end() :]
        between = _BETWEEN.match(rest)
        rest = rest[between.end() :] if between else rest
    return tuple(spans)


def _clock(hour: str | None, minute: str | None, half: str | None, midday: str | None) -> time:
    if midday or half and half.lower() == "noon":
        return time(12)
    number = int(hour or 0)
    if half:
        if not 1 <= number <= 12:
            raise ValueError(f"There is no {number}{half.lower()}. Write, for example, 9am to 5pm.")
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    try:
        return time(number, int(minute or 0))
    except ValueError:
        raise ValueError(
            f"There is no {hour}:{minute or '00'} o'clock. Write, for example, 9am to 5pm."
        ) from None
