"""Training: what is said of a course and of its dates, and when somebody counts as trained."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Self

from coprod_data.permissions import Invalid
from coprod_data.rules.meeting_plan import checked_hours
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.training import Audience, BookingState, Standing, TrainingLevel

SOON = timedelta(days=60)  # before it has to be refreshed
LONGEST, MOST_PLACES = 120, 500
TRAINED = (Standing.IN_DATE, Standing.DUE_SOON)


class Plan:
    """What a form says of a row, each field named as its column."""

    @classmethod
    def of(cls, row: object) -> Self:
        """Return what a row says."""
        return cls(**{one.name: getattr(row, one.name) for one in fields(cls)})  # type: ignore[arg-type]

    @property
    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return dict(vars(self))


@dataclass(frozen=True, kw_only=True)
class CoursePlan(Plan):
    """What is said of a course; each audience is a field of its own."""

    title: str
    level: TrainingLevel | None = None
    aims: str = ""
    managers: bool = False
    officers: bool = False
    members: bool = False
    young: bool = False
    parents: bool = False
    partners: bool = False
    required: bool = False
    refresh_months: int | None = None
    with_young: bool = False
    accessible: bool = False

    @property
    def audiences(self) -> frozenset[Audience]:
        """For whom it is."""
        return frozenset(one for one in Audience if getattr(self, one.value))

    def checked(self) -> Self:
        """Return it cleaned. Raises Invalid."""
        title = required_line(self.title, "title", "Give the course a name.", 120)
        if self.level is None:
            raise Invalid("Say what it teaches.", field="level")
        if not self.audiences:
            raise Invalid("Tick for whom it is.", field=Audience.MANAGERS)
        if self.refresh_months is not None and not 1 <= self.refresh_months <= LONGEST:
            sentence = f"Give a number of months from 1 to {LONGEST}, or leave it empty."
            raise Invalid(sentence, field="refresh_months")
        return replace(self, title=title, aims=optional_text(self.aims, "aims"))


@dataclass(frozen=True, kw_only=True)
class DatePlan(Plan):
    """What is said of a date of a course. `place` says where else than at a venue."""

    held_on: date | None = None
    begins: str = ""
    ends: str = ""
    places: int | None = None
    venue_id: int | None = None
    place: str = ""

    def checked(self) -> Self:
        """Return it cleaned. Raises Invalid."""
        if self.held_on is None:
            raise Invalid("Write the day on which it is held.", field="held_on")
        if self.places is None or not 1 <= self.places <= MOST_PLACES:
            raise Invalid(
                f"Say how many places there are, from 1 to {MOST_PLACES}.", field="places"
            )
        begins, ends = checked_hours(self.begins, self.ends)
        place = " ".join(optional_text(self.place, "place", 160).split())
        return replace(self, begins=begins, ends=ends, place=place)


@dataclass(frozen=True)
class Went:
    """A booking of somebody for a course; `placed` says that they have a place, else they wait."""

    held_on: date
    state: BookingState
    placed: bool = True


def good_until(held_on: date, months: int | None) -> date | None:
    """Return the last day on which a course still counts: the end of a month; None: for ever."""
    if months is None:
        return None
    year, month = divmod(held_on.year * 12 + held_on.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def stands(
    bookings: Iterable[Went], months: int | None, today: date
) -> tuple[Standing, date | None]:
    """Return how somebody stands with a course, and until when what they did counts.

    Only who came counts: neither a booking, nor a day for which nobody has recorded who came.
    """
    known = list(bookings)
    coming = [one for one in known if one.state is BookingState.BOOKED and one.held_on >= today]
    came = [one.held_on for one in known if one.state is BookingState.CAME]
    until = good_until(max(came), months) if came else None
    if came and (until is None or until >= today):
        soon = until is not None and until - today <= SOON and not coming
        return (Standing.DUE_SOON if soon else Standing.IN_DATE), until
    if coming:
        placed = any(one.placed for one in coming)
        return (Standing.PLACED if placed else Standing.WAITING), until
    return (Standing.EXPIRED if came else Standing.NEVER), until
