"""Training as its readers see it: the courses for them, their dates, and their own places."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Booking, Course, CourseDate, Venue
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.training import CoursePlan, DatePlan, Went, stands
from coprod_data.scopes.training import audiences_of, ranked, visible_to
from coprod_data.vocabulary.training import OWING, BookingState, Standing


@dataclass(frozen=True, kw_only=True)
class DateRow:
    """A date of a course: `taken` of its `places`, and how many wait; both are None for who may not
    count young people. `full`: whoever books now waits; None where that would tell of a few.

    `booking_id` and `state` are of the reader's own booking, None if there is none; `placed`: they
    have a place; `got`: they waited for it, and have not said that they know; `waits_as`: their
    number on the waiting list, 0 where it would count young people.
    """

    id: int
    course_id: int
    course: str
    plan: DatePlan
    held_on: date
    places: int
    taken: int | None
    waiting: int | None
    full: bool | None
    venue: str
    cancelled: bool
    recorded: bool
    send_came: int | None
    past: bool
    booking_id: int | None
    placed: bool
    got: bool
    waits_as: int
    state: BookingState | None


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """A course. `mine`: it is for the reader; `owed`: they have to do it.

    `standing` is how the reader stands with it, and `until` is how long what they did counts.
    """

    id: int
    plan: CoursePlan
    closed: bool
    next_on: date | None
    mine: bool
    owed: bool
    standing: Standing
    until: date | None


def courses(db: Session, actor: Actor) -> list[CourseRow]:
    """Return the courses this reader may read of: those offered first, then by name."""
    actor.must(Permission.TRAINING_READ)
    return _courses(db, actor, sa.true())


def course(db: Session, actor: Actor, course_id: int) -> CourseRow:
    """Return one course. Raises NotFound."""
    actor.must(Permission.TRAINING_READ)
    rows = _courses(db, actor, Course.id == course_id)
    if not rows:
        raise NotFound("We could not find that course.")
    return rows[0]


def course_dates(db: Session, actor: Actor, course_id: int) -> list[DateRow]:
    """Return the dates of a course: those to come first, then the newest."""
    actor.must(Permission.TRAINING_READ)
    rows = _dates(db, actor, CourseDate.course_id == course_id)
    return [*(row for row in rows if not row.past), *(row for row in reversed(rows) if row.past)]


def course_date(db: Session, actor: Actor, date_id: int) -> DateRow:
    """Return one date. Raises NotFound."""
    actor.must(Permission.TRAINING_READ)
    rows = _dates(db, actor, CourseDate.id == date_id)
    if not rows:
        raise NotFound("We could not find that date.")
    return rows[0]


def _courses(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[CourseRow]:
    today, audiences = london_day(actor.at), audiences_of(actor.roles)
    rows = db.scalars(
        sa.select(Course)
        .where(which, visible_to(actor))
        .order_by(Course.closed_at.is_not(None), Course.title)
    )
    dates: dict[int, list[DateRow]] = {}
    for row in _dates(db, actor, CourseDate.cancelled_at.is_(None)):
        dates.setdefault(row.course_id, []).append(row)
    found = []
    for one in rows:
        mine, closed = CoursePlan.of(one).audiences & audiences, one.closed_at is not None
        of_it = dates.get(one.id, [])
        own = [Went(row.held_on, row.state, row.placed) for row in of_it if row.state]
        standing, until = stands(own, one.refresh_months, today)
        found.append(
            CourseRow(
                id=one.id,
                plan=CoursePlan.of(one),
                closed=closed,
                next_on=next((row.held_on for row in of_it if not row.past), None),
                mine=bool(mine),
                owed=one.required and not closed and not mine.isdisjoint(OWING),
                standing=standing,
                until=until,
            )
        )
    return found


def _dates(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[DateRow]:
    today, rank, counts = london_day(actor.at), ranked(), actor.may(Permission.TRAINING_KEEP)
    live = (
        sa.select(sa.func.count(Booking.id))
        .where(Booking.date_id == CourseDate.id, Booking.state != BookingState.CANCELLED)
        .correlate(CourseDate)
        .scalar_subquery()
    )
    own = (
        sa.select(Booking.id, Booking.date_id, Booking.state, Booking.waited, rank.c.rank)
        .join(rank, rank.c.id == Booking.id)
        .where(Booking.person_id == actor.id)
        .subquery()
    )
    rows = db.execute(
        sa.select(
            CourseDate,
            Course.title,
            Course.young,
            Venue.name,
            live,
            own.c.id,
            own.c.rank,
            own.c.waited,
            own.c.state,
        )
        .join(Course, Course.id == CourseDate.course_id)
        .outerjoin(Venue, Venue.id == CourseDate.venue_id)
        .outerjoin(own, own.c.date_id == CourseDate.id)
        .where(which, visible_to(actor))
        .order_by(CourseDate.held_on, CourseDate.id)
    )
    return [
        DateRow(
            id=one.id,
            course_id=one.course_id,
            course=title,
            plan=DatePlan.of(one),
            held_on=one.held_on,
            places=one.places,
            taken=min(booked, one.places) if counts or not young else None,
            waiting=max(booked - one.places, 0) if counts or not young else None,
            full=booked >= one.places if counts or not young or one.places >= SMALLEST else None,
            venue=venue or "",
            cancelled=one.cancelled_at is not None,
            recorded=one.recorded_at is not None,
            send_came=one.send_came if counts else None,
            past=one.held_on < today,
            booking_id=booking_id,
            placed=place is not None and place <= one.places,
            got=bool(waited) and place is not None and place <= one.places,
            waits_as=max((place or 0) - one.places, 0) if counts or not young else 0,
            state=state,
        )
        for one, title, young, venue, booked, booking_id, place, waited, state in rows
    ]
