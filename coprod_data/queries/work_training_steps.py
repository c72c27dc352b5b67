"""Waits about training: who came, to be recorded; what is off; what this person has to do."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import Booking, Course, CourseDate, Person
from coprod_data.permissions import Permission
from coprod_data.queries.work_steps import ME, NEVER, TODAY, Statement, wait
from coprod_data.scopes.people import ever_young, holds
from coprod_data.scopes.training import coming, counts_on, moved_up, owed_by
from coprod_data.vocabulary.training import BookingState
from coprod_data.vocabulary.work import WorkKind


def attendance_to_record() -> Statement:
    """Select dates that are over, with bookings, of which nobody has recorded who came."""
    booked = sa.exists().where(
        Booking.date_id == CourseDate.id, Booking.state != BookingState.CANCELLED
    )
    return (
        wait(
            WorkKind.TRAINING_RECORD, CourseDate.id, Course.title, NEVER, due_on=CourseDate.held_on
        )
        .select_from(CourseDate)
        .join(Course, Course.id == CourseDate.course_id)
        .where(
            CourseDate.held_on < TODAY,
            CourseDate.recorded_at.is_(None),
            CourseDate.cancelled_at.is_(None),
            booked,
        )
    )


def places_got() -> Statement:
    """Select dates for which this person waited and has a place now, until they say they know."""
    return (
        wait(WorkKind.TRAINING_PLACE, CourseDate.id, Course.title, NEVER, due_on=CourseDate.held_on)
        .select_from(Booking)
        .join(CourseDate, CourseDate.id == Booking.date_id)
        .join(Course, Course.id == CourseDate.course_id)
        .where(Booking.person_id == ME, coming(TODAY), moved_up())
    )


def places_to_tell() -> Statement:
    """Select dates for which somebody waited and has a place now, and reads no My work: without an
    account, or, for who knows them by name, a young person.
    """
    i_know = sa.exists().where(
        Person.id == ME, holds(*Permission.OPPORTUNITIES_INVITE_YOUNG.holders)
    )
    young = sa.exists().where(Person.id == Booking.person_id, ever_young())
    unread = sa.or_(
        Booking.person_id.is_(None),
        sa.and_(young.correlate(Booking), i_know.correlate(None)),
    )
    got = sa.exists().where(Booking.date_id == CourseDate.id, coming(TODAY), moved_up(), unread)
    return (
        wait(WorkKind.TRAINING_TELL, CourseDate.id, Course.title, NEVER, due_on=CourseDate.held_on)
        .select_from(CourseDate)
        .join(Course, Course.id == CourseDate.course_id)
        .where(CourseDate.held_on >= TODAY, got.correlate(CourseDate))
    )


def training_off() -> Statement:
    """Select courses of which a date to come was cancelled while this person was booked for it,
    unless they are booked for another.
    """
    other, day = aliased(Booking), aliased(CourseDate)
    again = (
        sa.select(other.id)
        .join(day, day.id == other.date_id)
        .where(
            other.person_id == ME,
            other.state == BookingState.BOOKED,
            day.course_id == Course.id,
            day.cancelled_at.is_(None),
            day.held_on >= TODAY,
        )
        .correlate(Course)
    )
    return (
        wait(
            WorkKind.TRAINING_OFF, Course.id, Course.title, CourseDate.cancelled_at,
            due_on=CourseDate.held_on,
        )
        .select_from(Booking)
        .join(CourseDate, CourseDate.id == Booking.date_id)
        .join(Course, Course.id == CourseDate.course_id)
        .where(
            Booking.person_id == ME,
            Booking.state == BookingState.BOOKED,
            CourseDate.cancelled_at.is_not(None),
            CourseDate.held_on >= TODAY,
            ~sa.exists(again),
        )
    )  # fmt: skip


def training_to_do() -> Statement:
    """Select courses that this person has to do, and neither has done nor is booked for.

    `note` is filled if they did it once.
    """
    mine = (
        sa.select(Booking.id)
        .join(CourseDate, CourseDate.id == Booking.date_id)
        .where(Booking.person_id == ME, CourseDate.course_id == Course.id)
        .correlate(Course)
    )
    done = mine.where(CourseDate.cancelled_at.is_(None), counts_on(TODAY))
    came = sa.exists(mine.where(Booking.state == BookingState.CAME))
    return wait(
        WorkKind.TRAINING_DUE, Course.id, Course.title, NEVER,
        note=sa.case((came, "again"), else_=""),
    ).where(
        owed_by(ME),
        ~sa.exists(done),
        ~sa.exists(mine.where(coming(TODAY))),
    )  # fmt: skip
