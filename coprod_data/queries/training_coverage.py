"""How many are trained and in date, of those in role, by audience and by service.

Whoever left is in no number, and who is only booked has not done it. Small numbers are private, and
never just one of several: what is hidden is hidden from every reader alike. Young people are told
in whole fives, so that neither a difference of two numbers nor of two days tells of a few of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, Course, CourseDate
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.training_steps import InRole, Live, bookings_live, in_role, standing_of
from coprod_data.rules.clocks import london_day
from coprod_data.rules.small_numbers import in_steps, per_hundred, shown_beside
from coprod_data.rules.training import TRAINED, CoursePlan, good_until
from coprod_data.scopes.audits import handed_in, visible_to
from coprod_data.vocabulary.audits import AuditLevel, Rater
from coprod_data.vocabulary.training import STAFF, Audience

NO_SERVICE = (0, "In no service")
WITH_SEND = "Young people with SEND"
ROUNDED = "rounded down to fives"


@dataclass(frozen=True, kw_only=True)
class CoveredRow:
    """Of an audience, or of the staff of a service: `trained` of `base`, None where it is private.

    `rounded`: both are of young people, in whole fives, and no share of them is told.
    `audit` is in how many of how many standards the service rated itself established or better,
    in the newest audit that it handed in; None where this reader does not know.
    """

    course_id: int
    course: str
    required: bool
    who: str
    service_id: int | None = None
    base: int | None = None
    trained: int | None = None
    audit: tuple[int, int] | None = None
    rounded: bool = False

    @property
    def per_hundred(self) -> int | None:
        """How many of each hundred are trained."""
        return None if self.rounded else per_hundred(self.trained, self.base)

    @property
    def who_counted(self) -> str:
        """Who it is, and how they are counted where that is not by each."""
        return f"{self.who} ({ROUNDED})" if self.rounded else self.who


def coverage(db: Session, actor: Actor, *, course_id: int | None = None) -> list[CoveredRow]:
    """Return how many are trained in a course, or in each that is offered: of its audiences first,
    then of the staff of each service. Raises NotFound.
    """
    actor.must(Permission.TRAINING_COVERAGE)
    which = Course.closed_at.is_(None) if course_id is None else Course.id == course_id
    found = db.scalars(sa.select(Course).where(which).order_by(Course.title)).all()
    if course_id is not None and not found:
        raise NotFound("We could not find that course.")
    people, live, audits = in_role(db), bookings_live(db), _audits(db, actor)
    rows: list[CoveredRow] = []
    for one in found:
        services = list(_by_service(actor, one, people, live, audits))
        known = all(row.trained is not None for row in services)  # so all staff are known as well
        rows += _by_audience(actor, one, people, live, staff_known=known)
        if one.young:
            rows += _young(db, actor, one, people, live)
        rows += services
    return rows


def _by_audience(
    actor: Actor,
    course: Course,
    people: Sequence[InRole],
    live: Sequence[Live],
    *,
    staff_known: bool,
) -> Iterator[CoveredRow]:
    stands = standing_of(live, course.id, course.refresh_months, london_day(actor.at))
    audiences = CoursePlan.of(course).audiences - {Audience.YOUNG}
    keys = {one: [who.key for who in people if one in who.audiences] for one in audiences}
    done = {one: sum(stands(key)[0] in TRAINED for key in of) for one, of in keys.items()}
    told = shown_beside(done, [[one for one in STAFF if one in done]] if staff_known else [])
    for one in (audience for audience in Audience if keys.get(audience)):
        yield _row(course, one.words, base=len(keys[one]), trained=told[one])


def _young(
    db: Session, actor: Actor, course: Course, people: Sequence[InRole], live: Sequence[Live]
) -> Iterator[CoveredRow]:
    """Return young people who want to, that is who asked for it and can be asked again, and how
    many came with SEND. Both rows are there however many they are: none looks like four.
    """
    today = london_day(actor.at)
    stands = standing_of(live, course.id, course.refresh_months, today)
    of_it = [one for one in live if one.course_id == course.id]
    wants = {one.key for one in of_it}
    keys = [who.key for who in people if Audience.YOUNG in who.audiences and who.key in wants]
    keys += [
        one.key for one in of_it
        if one.key[2] and today <= (good_until(one.went.held_on, course.refresh_months) or today)
    ]  # fmt: skip
    done = sum(stands(key)[0] in TRAINED for key in keys)
    told = {"base": in_steps(len(keys)), "trained": in_steps(done)}
    yield _row(course, Audience.YOUNG.words, **told, rounded=True)
    yield _row(course, WITH_SEND, trained=in_steps(_send(db, actor, course)), rounded=True)


def _by_service(
    actor: Actor,
    course: Course,
    people: Sequence[InRole],
    live: Sequence[Live],
    audits: Mapping[int, tuple[int, int]],
) -> Iterator[CoveredRow]:
    today = london_day(actor.at)
    stands = standing_of(live, course.id, course.refresh_months, today)
    staff: dict[tuple[int, str], list[bool]] = {}
    for one in people:
        if CoursePlan.of(course).audiences & set(STAFF) & one.audiences:
            for service in one.services or (NO_SERVICE,):
                staff.setdefault(service, []).append(stands(one.key)[0] in TRAINED)
    told = shown_beside({one: sum(done) for one, done in staff.items()}, [list(staff)])
    for service in sorted(staff, key=lambda one: (one == NO_SERVICE, one[1])):
        number, name = service
        yield _row(
            course, name, service_id=number, base=len(staff[service]), trained=told[service],
            audit=audits.get(number),
        )  # fmt: skip


def _row(course: Course, who: str, **values: Any) -> CoveredRow:
    return CoveredRow(
        course_id=course.id, course=course.title, required=course.required, who=who, **values
    )


def _send(db: Session, actor: Actor, course: Course) -> int:
    """Return how many young people with SEND came, on days that still count."""
    dates = sa.select(CourseDate.held_on, CourseDate.send_came).where(
        CourseDate.course_id == course.id, CourseDate.cancelled_at.is_(None)
    )
    today = london_day(actor.at)
    return sum(
        number or 0 for held_on, number in db.execute(dates)
        if today <= (good_until(held_on, course.refresh_months) or today)
    )  # fmt: skip


def _audits(db: Session, actor: Actor) -> dict[int, tuple[int, int]]:
    good = sa.case((AuditAnswer.level >= AuditLevel.ESTABLISHED, 1), else_=0)
    rows = db.execute(
        sa.select(AuditReturn.service_id, sa.func.sum(good), sa.func.count(AuditAnswer.id))
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .join(AuditAnswer, AuditAnswer.return_id == AuditReturn.id)
        .where(AuditAnswer.rater == Rater.SERVICE, handed_in(), visible_to(actor))
        .group_by(AuditReturn.service_id, AuditRound.opened_on)
        .order_by(AuditRound.opened_on)  # of one service the newest is the last
    )
    return {service_id: (met, whole) for service_id, met, whole in rows}
