"""Who is in role, and what is booked: steps of the reads about who is trained."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Booking, CourseDate, Learner, Person, Service, ServiceMember
from coprod_data.rules.training import Went, stands
from coprod_data.scopes.people import ever_young
from coprod_data.scopes.training import AUDIENCE_OF, ranked, roles_now
from coprod_data.vocabulary.training import Audience, Standing

Key = tuple[int | None, int | None, int | None]  # an account, a learner, or a booking without both


@dataclass(frozen=True)
class InRole:
    """Somebody to be trained, an account or a learner, with their services by number.

    `young`: they are, or ever were, a young person with an account.
    """

    person_id: int | None
    learner_id: int | None
    name: str
    audiences: frozenset[Audience]
    services: tuple[tuple[int, str], ...]
    young: bool = False

    @property
    def key(self) -> Key:
        """Who it is, as bookings say it."""
        return self.person_id, self.learner_id, None

    @property
    def where(self) -> str:
        """The names of their services."""
        return ", ".join(name for _, name in self.services)

    def is_of(self, services: Iterable[int]) -> bool:
        """Say whether they belong to one of these services."""
        return not {number for number, _ in self.services}.isdisjoint(services)


@dataclass(frozen=True)
class Live:
    """A booking that was not given back, with its rank among those of its date."""

    id: int
    key: Key
    course_id: int
    rank: int
    waited: bool
    went: Went


def in_role(db: Session, *, left: bool = False) -> list[InRole]:
    """Return who is in role now, by name: open accounts with a role that counts, and learners who
    have not left. With `left`, also those who are not any more, without an audience.
    """
    in_use = sa.select(Service).where(Service.retired_at.is_(None)).order_by(Service.name)
    names = {one.id: one.name for one in db.scalars(in_use)}
    of: dict[int, set[int]] = {}
    for led in db.scalars(sa.select(ServiceMember)):
        of.setdefault(led.person_id, set()).add(led.service_id)
    held: dict[int, set[Audience]] = {}
    for person_id, role in db.execute(roles_now()):
        held.setdefault(person_id, set()).add(AUDIENCE_OF[role])
    found = []
    for person, young in db.execute(sa.select(Person, ever_young())):
        services = tuple(one for one in names.items() if one[0] in of.get(person.id, ()))
        audiences = frozenset(held.get(person.id, ()))
        found.append(InRole(person.id, None, person.name, audiences, services, bool(young)))
    for one in db.scalars(sa.select(Learner)):
        services = tuple(pair for pair in names.items() if pair[0] == one.service_id)
        audiences = frozenset({one.audience} if one.left_on is None else ())
        found.append(InRole(None, one.id, one.name, audiences, services))
    return sorted(
        (one for one in found if left or one.audiences), key=lambda one: (one.name, str(one.key))
    )


def bookings_live(db: Session, date_id: int | None = None) -> list[Live]:
    """Return what is booked, in its order, on a date or on all that were not cancelled."""
    rank = ranked()
    which = CourseDate.cancelled_at.is_(None) if date_id is None else CourseDate.id == date_id
    rows = db.execute(
        sa.select(Booking, rank.c.rank, CourseDate)
        .join(rank, rank.c.id == Booking.id)
        .join(CourseDate, CourseDate.id == Booking.date_id)
        .where(which)
        .order_by(Booking.date_id, Booking.turn)
    )
    return [
        Live(
            one.id,
            (one.person_id, one.learner_id, None if one.person_id or one.learner_id else one.id),
            on.course_id,
            place,
            one.waited,
            Went(on.held_on, one.state, place <= on.places),
        )
        for one, place, on in rows
    ]


def standing_of(
    bookings: Iterable[Live], course_id: int, months: int | None, today: date
) -> Callable[[Key], tuple[Standing, date | None]]:
    """Return the function that says how somebody stands with a course, and until when it counts."""
    found: dict[Key, list[Went]] = {}
    for one in bookings:
        if one.course_id == course_id:
            found.setdefault(one.key, []).append(one.went)
    return lambda key: stands(found.get(key, ()), months, today)
