"""Training: for whom a course is, what it is about, and how somebody stands with it."""

from typing import Self

from coprod_data.vocabulary.base import Worded


class TrainingLevel(Worded):
    """What a course teaches: to take part for oneself, or in what the council decides."""

    INDIVIDUAL = "individual", "For each person’s own plans"
    STRATEGIC = "strategic", "For decisions about services"


class Audience(Worded):
    """For whom a course is, each the name of its column."""

    MANAGERS = "managers", "Managers"
    OFFICERS = "officers", "Officers"
    MEMBERS = "members", "Board members"
    YOUNG = "young", "Young people"
    PARENTS = "parents", "Parents and carers"
    PARTNERS = "partners", "Partners"

    @classmethod
    def of(cls, course: object) -> tuple[Self, ...]:
        """Return for whom a course is, from its row."""
        return tuple(one for one in cls if getattr(course, one.value))


STAFF = (Audience.MANAGERS, Audience.OFFICERS)
OWING = (*STAFF, Audience.MEMBERS)  # a course that has to be done is owed by these, and no others
BY_NAME = (Audience.OFFICERS, Audience.PARENTS, Audience.PARTNERS)  # who may have no account


class BookingState(Worded):
    """What became of a booking. Who came is known only once somebody has recorded it."""

    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Given back"
    CAME = "came", "Came"
    MISSED = "missed", "Did not come"


class Standing(Worded):
    """How somebody stands with a course, those who need it most first."""

    NEVER = "never", "Not trained yet"
    EXPIRED = "expired", "To be refreshed"
    WAITING = "waiting", "On the waiting list"
    PLACED = "placed", "Has a place"
    DUE_SOON = "due_soon", "To be refreshed soon"
    IN_DATE = "in_date", "Trained and in date"
