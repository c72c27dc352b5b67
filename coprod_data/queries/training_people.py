"""Who is trained, by name, for those who may know: who comes next, a team, the places of a date."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Booking, Course, CourseDate, Learner, Person, Service
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.training_steps import InRole, bookings_live, in_role, standing_of
from coprod_data.rules.clocks import london_day
from coprod_data.rules.training import TRAINED, CoursePlan
from coprod_data.scopes.people import A_YOUNG_PERSON
from coprod_data.scopes.training import in_date, owed_by, services_of
from coprod_data.vocabulary.training import OWING, BookingState, Standing


@dataclass(frozen=True)
class NextRow:
    """Somebody who has to do a course, how they stand with it, and until when what they did
    counts.
    """

    who: InRole
    course_id: int
    course: str
    standing: Standing
    until: date | None


@dataclass(frozen=True)
class Team:
    """The people of a manager's services, and what they have not done yet.

    `without` is how many of them are not trained in something.
    """

    size: int
    without: int
    rows: tuple[NextRow, ...]


@dataclass(frozen=True)
class BookingRow:
    """A booking of a date; `waits_as` is their number on the waiting list, 0 with a place.

    `to_tell`: they waited, have a place now, and no My work that says so.
    """

    id: int
    name: str
    where: str
    waits_as: int
    state: BookingState
    to_tell: bool


def who_is_next(db: Session, actor: Actor) -> list[NextRow]:
    """Return who has to do a course and has not, or soon has to again, who needs it most first: of
    everybody for who keeps training, of their own team for a manager.
    """
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    return _lacking(db, actor, _theirs(db, actor))


def number_next(db: Session, actor: Actor) -> int:
    """Count what `who_is_next` returns of everybody, without reading who it is."""
    actor.must(Permission.TRAINING_KEEP)
    today, one = london_day(actor.at), aliased(Person)
    in_role = sa.or_(
        *(sa.and_(getattr(Course, kind.value), Learner.audience == kind) for kind in OWING)
    )
    accounts = (
        sa.select(sa.func.count())
        .select_from(Course)
        .join(one, owed_by(one.id))
        .where(~in_date(Booking.person_id == one.id, today))
    )
    others = (
        sa.select(sa.func.count())
        .select_from(Course)
        .join(Learner, sa.and_(Learner.left_on.is_(None), in_role))
        .where(
            Course.required, Course.closed_at.is_(None),
            ~in_date(Booking.learner_id == Learner.id, today),
        )
    )  # fmt: skip
    return db.scalar(sa.select(accounts.scalar_subquery() + others.scalar_subquery())) or 0


def my_team(db: Session, actor: Actor) -> Team:
    """Return the people of one's own services, and what they have not done yet."""
    actor.must(Permission.TRAINING_TEAM)
    led = set(db.scalars(services_of(actor)))
    team = [one for one in in_role(db) if one.is_of(led)]
    rows = _lacking(db, actor, team)
    without = {row.who.key for row in rows if row.standing not in TRAINED}
    return Team(len(team), len(without), tuple(rows))


def bookings_of_date(db: Session, actor: Actor, date_id: int) -> list[BookingRow]:
    """Return who is booked, in their order: everybody for who keeps training, of their own team for
    a manager. Young people are told by name only to who invites them. Raises NotFound.
    """
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    places = db.scalar(sa.select(CourseDate.places).where(CourseDate.id == date_id))
    if places is None:
        raise NotFound("We could not find that date.")
    people = {one.key: one for one in _theirs(db, actor, left=True)}
    found, unnamed = [], 0
    for one in bookings_live(db, date_id):
        who = people.get(one.key)
        if who is None and not actor.may(Permission.TRAINING_KEEP):
            continue
        hidden = who is None or who.young and not actor.may(Permission.OPPORTUNITIES_INVITE_YOUNG)
        unnamed += hidden
        name, where = f"{A_YOUNG_PERSON} ({unnamed})", ""
        if who is not None and not hidden:
            name, where = who.name, who.where
        waits_as = max(one.rank - places, 0)
        unread = one.key[0] is None or who is not None and who.young and not hidden
        to_tell = one.waited and not waits_as and unread
        found.append(BookingRow(one.id, name, where, waits_as, one.went.state, to_tell))
    return found


def bookable(db: Session, actor: Actor, date_id: int) -> list[InRole]:
    """Return who can be booked for a date and is not yet, by name. Raises NotFound."""
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    which = sa.select(Course).join(CourseDate, CourseDate.course_id == Course.id)
    course = db.scalar(which.where(CourseDate.id == date_id))
    if course is None:
        raise NotFound("We could not find that date.")
    booked = {one.key for one in bookings_live(db, date_id)}
    audiences = CoursePlan.of(course).audiences
    return [
        one
        for one in _theirs(db, actor)
        if audiences & one.audiences and one.key not in booked
        if not one.young or actor.may(Permission.OPPORTUNITIES_INVITE_YOUNG)
    ]


def learners(db: Session, actor: Actor) -> list[InRole]:
    """Return who is to be trained and has no account: of a manager, in their own services."""
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    return [one for one in _theirs(db, actor) if one.learner_id is not None]


def services_to_train(db: Session, actor: Actor) -> dict[int, str]:
    """Return the services whose people this reader may put down for training."""
    actor.must(Permission.TRAINING_KEEP, Permission.TRAINING_TEAM)
    which = sa.select(Service).where(Service.retired_at.is_(None)).order_by(Service.name)
    if not actor.may(Permission.TRAINING_KEEP):
        which = which.where(Service.id.in_(services_of(actor)))
    return {one.id: one.name for one in db.scalars(which)}


def _theirs(db: Session, actor: Actor, *, left: bool = False) -> list[InRole]:
    """Return whom this reader may name, young people among them."""
    everybody = in_role(db, left=left)
    if actor.may(Permission.TRAINING_KEEP):
        return everybody
    led = set(db.scalars(services_of(actor)))
    return [one for one in everybody if one.is_of(led)]


def _lacking(db: Session, actor: Actor, people: list[InRole]) -> list[NextRow]:
    live, today = bookings_live(db), london_day(actor.at)
    owed = sa.select(Course).where(Course.required, Course.closed_at.is_(None))
    rows = []
    for course in db.scalars(owed):
        stands = standing_of(live, course.id, course.refresh_months, today)
        for one in people:
            if CoursePlan.of(course).audiences & one.audiences & set(OWING):
                rows.append(NextRow(one, course.id, course.title, *stands(one.key)))
    order = list(Standing)
    return sorted(
        (row for row in rows if row.standing is not Standing.IN_DATE),
        key=lambda row: (order.index(row.standing), row.who.name, row.course),
    )
