"""Training courses, for whom each is, and the dates on which it is held."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, known, locked, must_be_as_opened, must_be_new
from coprod_data.commands.training_steps import ENDED, date_in_turn
from coprod_data.models import Booking, Course, CourseDate, Venue
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.training import CoursePlan, DatePlan
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.training import BookingState


def add_course(db: Session, actor: Actor, *, plan: CoursePlan) -> int:
    """Add a course. Returns its id. Raises Invalid."""
    actor.must(Permission.TRAINING_KEEP)
    values = plan.checked().values
    must_be_new(db, Course, "course", title=values["title"])
    return kept(db, actor, EventKind.COURSE_ADDED, Course(**values))


def change_course(
    db: Session,
    actor: Actor,
    course_id: int,
    *,
    plan: CoursePlan,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a course; `opened` is what the form showed.

    Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.TRAINING_KEEP)
    course = locked(db, Course, course_id, "course", closed=ENDED)
    typed = plan.checked().values
    must_be_as_opened(CoursePlan.of(course).values, opened, typed)
    must_be_new(db, Course, "course", beside=course, title=typed["title"])
    for name, value in typed.items():
        setattr(course, name, value)
    record_if_changed(db, actor, EventKind.COURSE_CHANGED, course)


def close_course(db: Session, actor: Actor, course_id: int) -> None:
    """Record that a course is not offered any more; who was trained stays so.

    Raises NotFound, Refused.
    """
    actor.must(Permission.TRAINING_KEEP)
    course = locked(db, Course, course_id, "course", closed=ENDED)
    course.closed_at = actor.at
    record(db, actor, EventKind.COURSE_CLOSED, course)


def reopen_course(db: Session, actor: Actor, course_id: int) -> None:
    """Record that a course is offered again. Raises NotFound, Refused."""
    actor.must(Permission.TRAINING_KEEP)
    course = locked(db, Course, course_id, "course")
    if course.closed_at is None:
        raise Refused("This course is offered already.")
    course.closed_at = None
    record(db, actor, EventKind.COURSE_REOPENED, course)


def add_date(db: Session, actor: Actor, course_id: int, *, plan: DatePlan) -> int:
    """Add a date of a course; the same once more adds nothing. Returns its id.

    Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.TRAINING_KEEP)
    course = locked(db, Course, course_id, "course", closed=ENDED)
    values = plan.checked().values
    _must_be_in_use(db, values["venue_id"])
    if same := known(db, CourseDate, course_id=course.id, cancelled_at=None, **values):
        return same.id
    made = CourseDate(course_id=course.id, **values)
    return kept(db, actor, EventKind.COURSE_DATE_ADDED, made)


def change_date(
    db: Session,
    actor: Actor,
    date_id: int,
    *,
    plan: DatePlan,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change a date; whoever has a place keeps it. `opened` is what the form showed.

    Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.TRAINING_KEEP)
    row = date_in_turn(db, date_id)
    typed = plan.checked().values
    must_be_as_opened(DatePlan.of(row).values, opened, typed)
    if typed["venue_id"] != row.venue_id:
        _must_be_in_use(db, typed["venue_id"])
    live = sa.select(sa.func.count(Booking.id)).where(
        Booking.date_id == row.id, Booking.state != BookingState.CANCELLED
    )
    taken = min(db.scalar(live) or 0, row.places)
    if typed["places"] < taken:
        raise Invalid(f"{taken} have a place. Give one back first.", field="places")
    for name, value in typed.items():
        setattr(row, name, value)
    record_if_changed(db, actor, EventKind.COURSE_DATE_CHANGED, row)


def cancel_date(db: Session, actor: Actor, date_id: int) -> None:
    """Cancel a date: nobody has a place on it any more. Raises NotFound, Refused."""
    actor.must(Permission.TRAINING_KEEP)
    row = date_in_turn(db, date_id)
    if row.recorded_at is not None:
        raise Refused("It was held: somebody recorded who came.")
    row.cancelled_at = actor.at
    record(db, actor, EventKind.COURSE_DATE_CANCELLED, row)


def _must_be_in_use(db: Session, venue_id: int | None) -> None:
    if venue_id is not None:
        locked(db, Venue, venue_id, "venue", closed="This venue is not used any more.")
