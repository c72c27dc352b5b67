"""Giving a role and taking it away: steps of the commands that change what an account may do."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import locked
from coprod_data.models import (
    AuthSession,
    Booking,
    CalendarFeed,
    CourseDate,
    LoginAttempt,
    Person,
    RoleGrant,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Role
from coprod_data.rules.accounts import SEATS, STOPPABLE_FOR, TEAMS, go_together
from coprod_data.rules.clocks import after_working_days, london_day
from coprod_data.scopes.account_requests import Asked, somebody_answers
from coprod_data.scopes.duty import hours_of
from coprod_data.scopes.one_person import same_person
from coprod_data.scopes.training import coming
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.training import BookingState

OWN_ROLES = "You cannot change your own roles. Ask another administrator."


def grant_role(db: Session, actor: Actor, person_id: int, role: Role) -> bool:
    """Give a role. Returns whether it counts at once.

    A guarded one, `youth_voice`, `safeguarding` or `chair`, waits for a second person, or for a day
    where there is none to ask; so does a role that reads words, or signs for staff, for another
    account of who gives it.
    Only the first that anybody ever had counts at once and is marked as first set-up. Raises
    NotAllowed, Invalid.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    if person_id == actor.person_id:
        raise actor.refusal(Permission.PEOPLE_MANAGE, OWN_ROLES)
    person = person_of(db, person_id)
    held = live_roles(db, person_id)
    if role in held:
        return True
    if not go_together({*held, role}):
        raise Invalid(
            labelled(
                "A young person's account can also be chair or board member, and nothing else. "
                "Make two accounts, or take the other role away first."
            ),
            field="roles",
        )
    if role is Role.YOUNG_PERSON and person.work_email:
        raise Invalid("A young person has no work e-mail. Take it off first.", field="role")
    first = role in TEAMS and _nobody_ever_held(db, role)
    own = role in (*SEATS, Role.MANAGER) and same_person(db, person_id, actor.person_id)
    counts = first or (role not in TEAMS and not own)
    grant = RoleGrant(
        person_id=person.id,
        role=role,
        given_at=actor.at,
        given_by_id=actor.person_id,
        confirmed_at=actor.at if counts else None,
        first_setup=first,
        counts_at=None if counts else counts_by_itself(db, actor, role, person.id),
    )
    db.add(grant)
    kind = EventKind.ROLE_GRANTED if counts else EventKind.ROLE_REQUESTED
    record(db, actor, kind, person, role=role.value)
    if counts:
        end_sessions(db, actor, person.id)
    return counts


def end_role(db: Session, actor: Actor, person_id: int, role: Role) -> None:
    """Take a role away and end that person's sessions. Raises NotAllowed, NotFound."""
    actor.must(Permission.PEOPLE_MANAGE)
    if person_id == actor.person_id:
        raise actor.refusal(Permission.PEOPLE_MANAGE, OWN_ROLES)
    grant = db.scalar(
        sa.select(RoleGrant).where(
            RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.ended_at.is_(None)
        )
    )
    if grant is None:
        raise NotFound("That person does not have this role.")
    grant.ended_at = actor.at
    record(db, actor, EventKind.ROLE_ENDED, grant, person=person_id, role=role.value)
    end_sessions(db, actor, person_id)


def person_of(db: Session, person_id: int) -> Person:
    """Return an account, locked until the transaction ends. Raises NotFound."""
    return locked(db, Person, person_id, "account")


def live_roles(db: Session, person_id: int) -> set[Role]:
    """Return the roles that somebody has, or that wait for a second person."""
    return set(
        db.scalars(
            sa.select(RoleGrant.role).where(
                RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None)
            )
        )
    )


def counts_by_itself(db: Session, actor: Actor, team: Role, person_id: int) -> datetime | None:
    """Return when something asked now counts by itself: never while a second person is there.

    A day later, and a working day.
    """
    asked = Asked(team, actor.person_id, person_id)
    if somebody_answers(db, asked, london_day(actor.at)):
        return None
    return max(actor.at + STOPPABLE_FOR, after_working_days(actor.at, 1, hours_of(db)))


def _nobody_ever_held(db: Session, role: Role) -> bool:
    in_turn(db, f"first {role.value}")
    held = sa.exists().where(RoleGrant.role == role, RoleGrant.confirmed_at.is_not(None))
    return not db.scalar(sa.select(held))


def forgive_failures(db: Session, username: str) -> None:
    """Count no wrong password for this username any more; each still counts against its address."""
    hashed = db.info["keys"].keyed_hash("sign-in-name", username)
    db.execute(
        sa.update(LoginAttempt)
        .where(LoginAttempt.name_hash == hashed, LoginAttempt.succeeded.is_(False))
        .values(name_hash="")
    )


def end_calendar_of(db: Session, actor: Actor, person_id: int) -> None:
    """End the address of somebody's calendar, so that it does not come back with their account."""
    open_ones = sa.select(CalendarFeed).filter_by(person_id=person_id, ended_at=None)
    for feed in db.scalars(open_ones).all():
        feed.ended_at = actor.at


def give_places_back_of(db: Session, actor: Actor, person_id: int) -> None:
    """Give back the places on training of somebody who leaves, to the first who wait for them."""
    booked = sa.select(Booking).join(CourseDate, CourseDate.id == Booking.date_id)
    mine = booked.where(Booking.person_id == person_id, coming(london_day(actor.at)))
    for booking in db.scalars(mine).all():
        booking.state = BookingState.CANCELLED


def end_sessions(db: Session, actor: Actor, person_id: int) -> None:
    """Sign somebody out everywhere."""
    db.execute(
        sa.update(AuthSession)
        .where(AuthSession.person_id == person_id, AuthSession.ended_at.is_(None))
        .values(ended_at=actor.recorded_at)
    )
