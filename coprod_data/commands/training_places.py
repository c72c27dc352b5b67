"""Places on training: who books one and gives it back, who came, and who has no account."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, known, locked, must_be_as_opened, must_be_new
from coprod_data.commands.training_steps import ENDED, date_in_turn
from coprod_data.models import (
    Booking,
    Course,
    CourseDate,
    Learner,
    Person,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import required_line
from coprod_data.rules.training import CoursePlan
from coprod_data.scopes.people import ever_young
from coprod_data.scopes.training import (
    audiences_of,
    coming,
    moved_up,
    ranked,
    roles_now,
    services_of,
)
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.training import BY_NAME, Audience, BookingState

PASSED = "This day has passed. Ask the Youth Voice Team."
NOT_FOR_THEM = "This course is not for them."
NOT_YOURS = "Only they, their manager and who keeps training can do this."


def book_place(
    db: Session,
    actor: Actor,
    date_id: int,
    *,
    person_id: int | None = None,
    learner_id: int | None = None,
) -> int:
    """Book a place for an account or a learner, or, with neither, for a young person without an
    account; where no place is left, they wait. A second call books nothing. Returns its id.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.TRAINING_READ)
    who = {"person_id": person_id, "learner_id": learner_id}
    _must_be_theirs(db, actor, **who)
    row = date_in_turn(db, date_id)
    course = db.get_one(Course, row.course_id)
    today = london_day(actor.at)
    if course.closed_at is not None:
        raise Refused(ENDED)
    if row.held_on < today and not actor.may(Permission.TRAINING_KEEP):
        raise Refused(PASSED)
    _must_be_for(db, course, **who)
    named = person_id is not None or learner_id is not None
    mine = known(db, Booking, date_id=row.id, **who) if named else None
    live = sa.select(sa.func.count(Booking.id)).where(
        Booking.date_id == row.id, Booking.state != BookingState.CANCELLED
    )
    if mine is not None and mine.state is not BookingState.CANCELLED:
        return mine.id
    if named and row.held_on >= today:
        _must_wait_nowhere(db, course, today, **who)
    last = db.scalar(sa.select(sa.func.max(Booking.turn)).where(Booking.date_id == row.id)) or 0
    if row.held_on < today:
        row.recorded_at = None  # somebody came who was not expected: record it once more
    waits = (db.scalar(live) or 0) >= row.places
    if mine is None:
        mine = Booking(date_id=row.id, turn=last + 1, waited=waits)
        mine.person_id, mine.learner_id = person_id, learner_id
        return kept(db, actor, EventKind.PLACE_BOOKED, mine)
    mine.state, mine.turn, mine.waited = BookingState.BOOKED, last + 1, waits
    record(db, actor, EventKind.PLACE_BOOKED, mine)
    return mine.id


def give_place_back(db: Session, actor: Actor, booking_id: int) -> None:
    """Give back a place, or leave the waiting list; who waits first has the place from then on.

    A second call changes nothing. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.TRAINING_READ)
    booking, row = _booking_in_turn(db, actor, booking_id)
    if booking.state in (BookingState.CAME, BookingState.MISSED):
        raise Refused("It was recorded who came, so this cannot be given back any more.")
    if row.held_on < london_day(actor.at) and not actor.may(Permission.TRAINING_KEEP):
        raise Refused(PASSED)
    booking.state = BookingState.CANCELLED
    record_if_changed(db, actor, EventKind.PLACE_GIVEN_BACK, booking)


def say_place_is_known(db: Session, actor: Actor, booking_id: int) -> None:
    """Record that somebody who waited knows of the place they have now: they say so themselves, or
    who told them does.

    A second call changes nothing. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.TRAINING_READ)
    booking, _ = _booking_in_turn(db, actor, booking_id)
    if not booking.waited:
        return
    which = sa.select(Booking.id).join(CourseDate, CourseDate.id == Booking.date_id)
    today = london_day(actor.at)
    if db.scalar(which.where(Booking.id == booking.id, coming(today), moved_up())) is None:
        raise Refused("There is no place for them on this day.")
    booking.waited = False
    record(db, actor, EventKind.PLACE_KNOWN, booking)


def record_attendance(
    db: Session,
    actor: Actor,
    date_id: int,
    *,
    came: Mapping[int, bool],
    send_came: int | None = None,
    opened: Mapping[Any, Any] | None = None,
) -> None:
    """Record of everybody who had a place whether they came, by the number of their booking.

    `send_came` is how many of the young people who came have SEND. It can be recorded again.
    `opened` is what the form showed. Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.TRAINING_KEEP)
    row = date_in_turn(db, date_id)
    if row.held_on > london_day(actor.at):
        raise Refused("It has not been held yet.")
    rank = ranked()
    placed = db.scalars(
        sa.select(Booking)
        .join(rank, rank.c.id == Booking.id)
        .where(Booking.date_id == row.id, rank.c.rank <= row.places)
        .order_by(Booking.turn)
    ).all()
    if {one.id for one in placed} != came.keys():
        raise Refused("Somebody got a place or gave one back meanwhile. Reload the page.")
    now: dict[Any, Any] = {one.id: one.state is BookingState.CAME for one in placed}
    now["send_came"] = row.send_came
    typed: dict[Any, Any] = {**came, "send_came": send_came}
    must_be_as_opened(now, opened, typed)
    young = sum(came[one.id] and _is_young(db, one) for one in placed)
    if send_came is not None and not 0 <= send_came <= young:
        raise Invalid(
            f"You ticked {young} young {'person' if young == 1 else 'people'}. "
            "Give a number up to that.",
            field="send_came",
        )
    for one in placed:
        one.state = BookingState.CAME if came[one.id] else BookingState.MISSED
    row.send_came, row.recorded_at = send_came, row.recorded_at or actor.at
    record_if_changed(db, actor, EventKind.TRAINING_RECORDED, row)


def add_learner(
    db: Session, actor: Actor, *, name: str, audience: Audience, service_id: int | None = None
) -> int:
    """Put somebody down for training who has no account. Returns the learner's id.

    A manager does so for officers of their own services. Raises NotFound, NotAllowed, Invalid.
    """
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    if audience not in BY_NAME:
        raise Invalid("Only officers, parents and partners are named here.", field="audience")
    if audience is not Audience.OFFICERS:
        service_id = None
    elif service_id is None:
        raise Invalid("Choose the service in which they work.", field="service_id")
    elif db.scalar(sa.select(Service.id).filter_by(id=service_id, retired_at=None)) is None:
        raise NotFound("We could not find that service.")
    if not actor.may(Permission.TRAINING_KEEP) and service_id not in set(
        db.scalars(services_of(actor))
    ):
        raise actor.refusal(Permission.TRAINING_KEEP, NOT_YOURS)
    name = required_line(name, "name", "Write their name.", 120)
    taken = "They are on the list already."
    must_be_new(db, Learner, "learner", taken=taken, name=name, service_id=service_id, left_on=None)
    learner = Learner(name=name, audience=audience, service_id=service_id)
    return kept(db, actor, EventKind.LEARNER_ADDED, learner)


def end_learner(db: Session, actor: Actor, learner_id: int) -> None:
    """Record that a learner has left; places still to come are given back.

    A second call changes nothing. Raises NotFound, NotAllowed.
    """
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    learner = locked(db, Learner, learner_id, "name")
    _must_be_theirs(db, actor, learner_id=learner.id)
    today = london_day(actor.at)
    booked = sa.select(Booking).join(CourseDate, CourseDate.id == Booking.date_id)
    for one in db.scalars(booked.where(Booking.learner_id == learner.id, coming(today))).all():
        one.state = BookingState.CANCELLED
    learner.left_on = learner.left_on or today
    record_if_changed(db, actor, EventKind.LEARNER_LEFT, learner)


def _booking_in_turn(db: Session, actor: Actor, booking_id: int) -> tuple[Booking, CourseDate]:
    booking = db.get(Booking, booking_id)
    if booking is None:
        raise NotFound("We could not find that booking. Reload the page.")
    _must_be_theirs(db, actor, person_id=booking.person_id, learner_id=booking.learner_id)
    row = date_in_turn(db, booking.date_id)
    db.refresh(booking)
    return booking, row


def _must_be_theirs(
    db: Session, actor: Actor, *, person_id: int | None = None, learner_id: int | None = None
) -> None:
    """Check that somebody books for themselves, for their team, or keeps training.

    Young people are booked by themselves, and by who knows them by name. Raises NotAllowed.
    """
    if person_id is not None and person_id == actor.person_id:
        return
    keeps = actor.may(Permission.TRAINING_KEEP)
    if person_id is not None and not actor.may(Permission.OPPORTUNITIES_INVITE_YOUNG):
        keeps = keeps and not db.scalar(
            sa.select(sa.exists().where(Person.id == person_id, ever_young()))
        )
    team = services_of(actor)
    of_team = sa.or_(
        sa.exists().where(ServiceMember.person_id == person_id, ServiceMember.service_id.in_(team)),
        sa.exists().where(Learner.id == learner_id, Learner.service_id.in_(team)),
    )
    if not keeps and not db.scalar(sa.select(of_team)):
        raise actor.refusal(Permission.TRAINING_KEEP, NOT_YOURS)


def _must_be_for(
    db: Session, course: Course, *, person_id: int | None, learner_id: int | None
) -> None:
    if person_id is not None:
        roles = db.execute(roles_now().where(Person.id == person_id))
        theirs = audiences_of(role for _, role in roles)
    elif learner_id is not None:
        learner = db.get_one(Learner, learner_id)
        theirs = frozenset({learner.audience} if learner.left_on is None else ())
    else:
        theirs = frozenset({Audience.YOUNG})
    if not CoursePlan.of(course).audiences & theirs:
        raise Refused(NOT_FOR_THEM)


def _must_wait_nowhere(
    db: Session, course: Course, today: date, *, person_id: int | None, learner_id: int | None
) -> None:
    """Check that somebody has no booking for another day of the same course."""
    other = db.scalar(
        sa.select(CourseDate.held_on)
        .join(Booking, Booking.date_id == CourseDate.id)
        .where(
            CourseDate.course_id == course.id,
            Booking.person_id == person_id,
            Booking.learner_id == learner_id,
            coming(today),
        )
    )
    if other is not None:
        day = f"{other.day} {other:%B %Y}"
        raise Refused(f"There is a booking for {day} already. Give that back first.")


def _is_young(db: Session, booking: Booking) -> bool:
    if booking.learner_id is not None:
        return False
    young = sa.exists().where(Person.id == booking.person_id, ever_young())
    return booking.person_id is None or bool(db.scalar(sa.select(young)))
