"""Training in SQL: whose course it is, who has a place, what still counts. No reads."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from coprod_data.models import Booking, Course, CourseDate, Person, RoleGrant, ServiceMember
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.statements import statement
from coprod_data.rules.training import SOON
from coprod_data.vocabulary.training import OWING, Audience, BookingState

Condition = sa.ColumnElement[bool]
AUDIENCE_OF: Mapping[Role, Audience] = {
    Role.YOUNG_PERSON: Audience.YOUNG,
    Role.YOUTH_VOICE: Audience.OFFICERS,
    Role.SAFEGUARDING: Audience.OFFICERS,
    Role.MANAGER: Audience.MANAGERS,
    Role.BOARD_MEMBER: Audience.MEMBERS,
    Role.CHAIR: Audience.MEMBERS,
    Role.CLERK: Audience.OFFICERS,
    Role.ADMINISTRATOR: Audience.OFFICERS,
}


def roles_now() -> sa.Select[int, Role]:
    """Select who holds which role now: the account is open, and the role counts."""
    return (
        sa.select(Person.id, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.disabled_at.is_(None),
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
        )
    )


def audiences_of(roles: Iterable[Role]) -> frozenset[Audience]:
    """Return to which audiences somebody in these roles belongs."""
    return frozenset(AUDIENCE_OF[role] for role in roles)


def owed_by(me: sa.ColumnElement[int] | InstrumentedAttribute[int]) -> Condition:
    """Return the condition that this account has to do a course."""
    held = [
        sa.and_(
            getattr(Course, audience.value),
            roles_now()
            .where(
                Person.id == me,
                RoleGrant.role.in_([r for r, one in AUDIENCE_OF.items() if one is audience]),
            )
            .correlate_except(Person, RoleGrant)
            .exists(),
        )
        for audience in OWING
    ]
    return sa.and_(Course.required, Course.closed_at.is_(None), sa.or_(*held))


def visible_to(actor: Actor) -> Condition:
    """Return the condition that this actor may read of a course: one for them, or all."""
    if actor.may(Permission.TRAINING_COVERAGE) or actor.may(Permission.TRAINING_KEEP):
        return sa.true()
    mine = [getattr(Course, one.value) for one in audiences_of(actor.roles)]
    return sa.or_(sa.false(), *mine)


def services_of(actor: Actor) -> sa.Select[int]:
    """Select the services whose people are this manager's team."""
    led = actor.id if actor.may(Permission.TRAINING_TEAM) else None
    return sa.select(ServiceMember.service_id).where(ServiceMember.person_id == led)


@statement
def ranked() -> sa.Subquery:
    """Select live bookings with their rank among those of their date: 1 for the first."""
    return (
        sa.select(
            Booking.id,
            sa.func.row_number()
            .over(partition_by=Booking.date_id, order_by=Booking.turn)
            .label("rank"),
        )
        .where(Booking.state != BookingState.CANCELLED)
        .subquery()
    )


def moved_up() -> Condition:
    """Return the condition that a booking, joined to its date, waited and has a place now. Only of
    those who waited is it asked how many are before them.
    """
    other = aliased(Booking)
    before = (
        sa.select(sa.func.count(other.id))
        .where(
            other.date_id == Booking.date_id,
            other.turn < Booking.turn,
            other.state != BookingState.CANCELLED,
        )
        .correlate(Booking)
        .scalar_subquery()
    )
    return sa.and_(Booking.waited, before < CourseDate.places)


def coming(today: date | sa.BindParameter[date]) -> Condition:
    """Return the condition that a booking, joined to its date, is for a day still to come."""
    return sa.and_(
        Booking.state == BookingState.BOOKED,
        CourseDate.cancelled_at.is_(None),
        CourseDate.held_on >= today,
    )


def counts_on(today: date | sa.BindParameter[date]) -> Condition:
    """Return the condition that somebody came, and that it still counts: to the end of a month, as
    `rules.training.good_until` has it.
    """
    until = _month(CourseDate.held_on) + Course.refresh_months
    day = sa.literal(today, sa.Date) if isinstance(today, date) else today
    return sa.and_(
        Booking.state == BookingState.CAME,
        sa.or_(Course.refresh_months.is_(None), until >= _month(day)),
    )


def in_date(who: Condition, today: date) -> Condition:
    """Return the condition that somebody is trained in a course and has nothing to do about it
    soon, as `rules.training.stands` has it. `who` is the condition that a booking is theirs.
    """
    theirs = (
        sa.select(Booking.id)
        .join(CourseDate, CourseDate.id == Booking.date_id)
        .where(who, CourseDate.course_id == Course.id, CourseDate.cancelled_at.is_(None))
        .correlate_except(Booking, CourseDate)
    )
    for_long = theirs.where(counts_on(today + SOON + timedelta(days=1))).exists()
    now, again = theirs.where(counts_on(today)).exists(), theirs.where(coming(today)).exists()
    return sa.or_(for_long, sa.and_(now, again))


def _month(day: Any) -> Any:
    return sa.extract("year", day) * 12 + sa.extract("month", day)
