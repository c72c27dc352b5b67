"""Working time in England: when something must be read by, and how long it has waited.

Each council says in which hours somebody reads; a new council has those of `OFFICE`. Bank holidays
in England and the days on which the council is closed never count. Hours are London time. Moments
are passed and returned in UTC.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
A_DAY = timedelta(days=1)
NONE, _TICK = timedelta(0), timedelta.resolution

Span = tuple[time, time]
Moments = tuple[datetime, datetime]


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True)
class Hours:
    """When somebody reads: for each day of the week, Monday first, its spans of time in order.

    Raises ValueError for a week without any hours, and for spans that overlap or run backwards.
    """

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS):
            raise ValueError("Give the hours of seven days, Monday first.")
        if not any(self.week):
            raise ValueError("Give the hours of at least one day of the week.")
        for day, spans in zip(WEEKDAYS, self.week, strict=True):
            edges = [edge for span in spans for edge in span]
            if any(later <= earlier for earlier, later in pairwise(edges)):
                raise ValueError(f"{day}: each time must be later than the one before it.")

    @property
    def words(self) -> str:
        """The hours of the week as people say them: "Tuesday and Thursday, 4pm to 8pm"."""
        alike: dict[tuple[Span, ...], list[int]] = {}
        for number, spans in enumerate(self.week):
            if spans:
                alike.setdefault(spans, []).append(number)
        return "; ".join(f"{_days(days)}, {_spans(spans)}" for spans, days in alike.items())

    def on(self, day: date) -> tuple[Moments, ...]:
        """Return from when to when somebody reads on a day, as moments; none on a closed day."""
        if day in self.closed or day in _bank_holidays(day.year):
            return ()
        return tuple(
            (_moment(day, begins), _moment(day, ends)) for begins, ends in self.week[day.weekday()]
        )

    def from_day(self, day: date) -> Iterator[tuple[Moments, ...]]:
        """Yield the hours of each working day from this one on."""
        while True:
            if spans := self.on(day):
                yield spans
            day += A_DAY


_NINE_TO_FIVE = ((time(9), time(17)),)
OFFICE = Hours((*[_NINE_TO_FIVE] * 5, (), ()))


def london_day(moment: datetime) -> date:
    """Return the date in London of a moment."""
    return moment.astimezone(LONDON).date()


def is_working_day(day: date, hours: Hours = OFFICE) -> bool:
    """Say whether somebody reads on a day."""
    return bool(hours.on(day))


def is_working_time(moment: datetime, hours: Hours = OFFICE) -> bool:
    """Say whether a moment is within working hours."""
    return any(begins <= moment < ends for begins, ends in hours.on(london_day(moment)))


def next_working_moment(moment: datetime, hours: Hours = OFFICE) -> datetime:
    """Return the first working moment at or after a moment."""
    return next(
        max(moment, begins).astimezone(UTC)
        for spans in hours.from_day(london_day(moment))
        for begins, ends in spans
        if moment < ends
    )


def next_reading_day(moment: datetime, hours: Hours = OFFICE) -> date | None:
    """Return the day in London on which somebody reads next; None in working hours."""
    opens_at = next_working_moment(moment, hours)
    return None if opens_at == moment else london_day(opens_at)


def end_of_working_time(moment: datetime, hours: Hours = OFFICE) -> datetime:
    """Return when the working hours that a moment lies in end; the moment itself outside them."""
    for begins, ends in hours.on(london_day(moment)):
        if begins <= moment < ends:
            return ends
    return moment


def after_working_hours(moment: datetime, count: float, hours: Hours = OFFICE) -> datetime:
    """Return the moment this many working hours later."""
    left = timedelta(hours=count)
    for spans in hours.from_day(london_day(moment)):
        for begins, ends in spans:
            now = max(moment, begins)
            if now < ends and left <= ends - now:
                return (now + left).astimezone(UTC)
            left -= max(ends - now, NONE)
    raise AssertionError("working days never end")


def before_working_hours(moment: datetime, count: float, hours: Hours = OFFICE) -> datetime:
    """Return the moment this many working hours ago: anything older is late."""
    left = timedelta(hours=count)
    day = london_day(moment)
    while True:
        for begins, ends in reversed(hours.on(day)):
            worked = max(min(moment, ends) - begins, NONE)
            if worked >= left:
                return (begins + worked - left).astimezone(UTC)
            left -= worked
        day -= A_DAY


def after_working_days(moment: datetime, days: int, hours: Hours = OFFICE) -> datetime:
    """Return the same working time, this many working days later.

    Where days are of different lengths, it is after the same share of that day's hours. What comes
    when nobody reads begins with the next hours, and is due when those of the last day end.
    """
    start = next_working_moment(moment, hours)
    share, whole = _worked(start, hours.on(london_day(start)))
    coming = hours.from_day(london_day(start))
    number = days if share else days - 1
    spans = next(spans for count, spans in enumerate(coming) if count == number)
    return _at_share(spans, share or whole, whole)


def before_working_days(moment: datetime, days: int, hours: Hours = OFFICE) -> datetime:
    """Return the moment this many working days ago: anything older is late."""
    day = london_day(moment)
    while not (spans := hours.on(day)):
        day -= A_DAY
    worked, whole = _worked(moment, spans)
    left = days
    if worked == whole:  # the end of a day is the beginning of the next
        worked, left = NONE, days - 1
    while left:
        day -= A_DAY
        if spans := hours.on(day):
            left -= 1
    return _from_share(spans, worked, whole)


def days_between(earlier: datetime, later: datetime) -> int:
    """Return whole calendar days in London between two moments, never below 0."""
    return max(0, (london_day(later) - london_day(earlier)).days)


def days_old_before(now: datetime, days: int) -> datetime:
    """Return the moment before which something is at least so many days old by `days_between`."""
    return _moment(london_day(now) - timedelta(days=days - 1), time(0))


def months_before(now: datetime, months: int) -> datetime:
    """Return the same moment of the day so many months ago, or on that month's last day."""
    here = now.astimezone(LONDON)
    count = here.year * 12 + here.month - 1 - months
    year, month = divmod(count, 12)
    day = min(here.day, monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def _worked(moment: datetime, spans: tuple[Moments, ...]) -> tuple[timedelta, timedelta]:
    """Return how much of a day's hours has passed at a moment, and how much it has."""
    passed = [max(min(moment, ends) - begins, NONE) for begins, ends in spans]
    return sum(passed, NONE), sum((ends - begins for begins, ends in spans), NONE)


def _at_share(spans: tuple[Moments, ...], part: timedelta, whole: timedelta) -> datetime:
    """Return the first moment of a day at which this part of a whole of its hours has passed."""
    left = _share_of(spans, part, whole)
    for begins, ends in spans:
        if left <= ends - begins:
            return begins + left
        left -= ends - begins
    return spans[-1][1]


def _from_share(spans: tuple[Moments, ...], part: timedelta, whole: timedelta) -> datetime:
    """Return the last working moment of a day until which no more of its hours had passed."""
    left = _share_of(spans, part, whole)
    for begins, ends in spans:
        if left < ends - begins:
            return begins + left
        left -= ends - begins
    return spans[-1][1]


def _share_of(spans: tuple[Moments, ...], part: timedelta, whole: timedelta) -> timedelta:
    """Return as much of a day's hours; in whole numbers, so that equal days give equal times."""
    full = sum((ends - begins for begins, ends in spans), NONE) // _TICK
    return _TICK * (full * (part // _TICK) // (whole // _TICK))


def _days(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = []
    for run in runs:
        names = [WEEKDAYS[number] for number in run]
        told += [f"{names[0]} to {names[-1]}"] if len(run) > 2 else names
    return _and(told)


def _spans(spans: tuple[Span, ...]) -> str:
    return _and([f"{clock_words(begins)} to {clock_words(ends)}" for begins, ends in spans])


def day_words(day: date) -> str:
    """Return a day as people write it: "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def clock_words(clock: time) -> str:
    """Return a time as people say it: "9am", "midday", "4.30pm"."""
    if clock == time(12):
        return "midday"
    minutes = f".{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
