"""Young auditors: who looks at which service, and what one of them sees of it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    AuditAnswer,
    AuditAuditor,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Person,
    Service,
)
from coprod_data.permissions import Actor, NotFound, Permission, Role
from coprod_data.scopes.audits import handed_in
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.audits import Rater, ReturnState


@dataclass(frozen=True)
class LooksAt:
    """A service that a young auditor looks at: `marked` of `whole` standards have a mark."""

    return_id: int
    round: str
    service: str
    marked: int
    whole: int
    over: bool


@dataclass(frozen=True)
class ToMark:
    """A standard as young auditors see it: what the service says comes after their own mark.

    `marked` tells a mark of *not looked at* from none. `level` is the one of all auditors together.
    """

    standard_id: int
    short: str
    wording: str
    marked: bool
    level: int | None
    service_level: int | None
    evidence: str


def looks_at(db: Session, actor: Actor) -> list[LooksAt]:
    """Return the services that this young person was asked to look at, the newest round first."""
    actor.must(Permission.AUDITS_RATE_YOUNG)
    whole = (
        sa.select(sa.func.count())
        .where(AuditStandard.round_id == AuditReturn.round_id)
        .correlate(AuditReturn)
        .scalar_subquery()
    )
    marked = (
        sa.select(sa.func.count())
        .where(AuditAnswer.return_id == AuditReturn.id, AuditAnswer.rater == Rater.YOUNG_AUDITORS)
        .correlate(AuditReturn)
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(AuditReturn.id, AuditRound.title, Service.name, marked, whole, AuditReturn.state)
        .join(AuditAuditor, AuditAuditor.return_id == AuditReturn.id)
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .join(Service, Service.id == AuditReturn.service_id)
        .where(AuditAuditor.person_id == actor.id)
        .order_by(AuditRound.opened_on.desc(), Service.name)
    )
    return [
        LooksAt(number, title, service, done, of, state is ReturnState.PUBLISHED)
        for number, title, service, done, of, state in rows
    ]


def standards_to_mark(db: Session, actor: Actor, return_id: int) -> list[ToMark]:
    """Return the standards of a service that this young person was asked to look at.

    What the service wrote comes with a standard once it was handed in and young auditors have given
    their mark. Raises NotFound for any other service.
    """
    actor.must(Permission.AUDITS_RATE_YOUNG)
    service, young = aliased(AuditAnswer), aliased(AuditAnswer)
    rows = db.execute(
        sa.select(AuditStandard, young, service)
        .join(AuditReturn, AuditReturn.round_id == AuditStandard.round_id)
        .join(AuditAuditor, AuditAuditor.return_id == AuditReturn.id)
        .outerjoin(young, _of(young, Rater.YOUNG_AUDITORS))
        .outerjoin(
            service, sa.and_(_of(service, Rater.SERVICE), handed_in(), young.id.is_not(None))
        )
        .where(AuditReturn.id == return_id, AuditAuditor.person_id == actor.id)
        .order_by(AuditStandard.position)
    ).all()
    if not rows:
        raise NotFound("You were not asked to look at this service.")
    return [
        ToMark(
            standard.id, standard.short, standard.wording, mark is not None,
            mark.level if mark else None, said.level if said else None,
            said.evidence if said else "",
        )
        for standard, mark, said in rows
    ]  # fmt: skip


def auditors_of(db: Session, actor: Actor, return_id: int) -> dict[int, str]:
    """Return who looks at a service in its round, id and name."""
    actor.must(Permission.AUDITS_NAME_YOUNG)
    return _named(
        db,
        sa.select(Person.id, Person.name)
        .join(AuditAuditor, AuditAuditor.person_id == Person.id)
        .where(AuditAuditor.return_id == return_id),
    )


def auditors_to_name(db: Session, actor: Actor) -> dict[int, str]:
    """Return the young people with an open account, id and name."""
    actor.must(Permission.AUDITS_NAME_YOUNG)
    return _named(db, sa.select(Person.id, Person.name).where(holds(Role.YOUNG_PERSON)))


def _named(db: Session, people: sa.Select[int, str]) -> dict[int, str]:
    return {row.id: row.name for row in db.execute(people.order_by(Person.name))}


def _of(answer: type[AuditAnswer], rater: Rater) -> sa.ColumnElement[bool]:
    return sa.and_(
        answer.return_id == AuditReturn.id,
        answer.standard_id == AuditStandard.id,
        answer.rater == rater,
    )
