"""Where the audit is weak: missing returns, the weakest standards, and where two views differ."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Person,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.audits import handed_in, visible_to
from coprod_data.vocabulary.audits import OWED, AuditLevel, Rater

WEAK = (AuditLevel.NOT_YET, AuditLevel.EMERGING)


@dataclass(frozen=True, kw_only=True)
class MissingRow:
    """A return that is owed: `answered` of `whole` standards, and who is responsible for the
    service.

    `days_late` counts days past the date; if negative, how many days are left.
    """

    return_id: int
    service: str
    due_on: date
    days_late: int
    answered: int
    whole: int
    managers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """A standard over the returns handed in: how many services are weak on it (level 0 or 1).

    `rated` gave a level, `not_looked` did not look, `bare` gave a level without evidence.
    """

    standard_id: int
    reference: str
    short: str
    wording: str
    weak: int
    rated: int
    not_looked: int
    bare: int


@dataclass(frozen=True, kw_only=True)
class ApartRow:
    """A standard on which a service rates itself higher than young auditors do."""

    answer_id: int
    return_id: int
    standard_id: int
    service: str
    reference: str
    short: str
    service_level: int
    young_level: int
    young_say: str


def returns_missing(db: Session, actor: Actor, round_id: int) -> list[MissingRow]:
    """Return what is not handed in, by service, in two statements."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    whole = sa.select(sa.func.count()).where(AuditStandard.round_id == round_id).scalar_subquery()
    rows = db.execute(
        sa.select(
            AuditReturn.id,
            AuditReturn.service_id,
            Service.name,
            AuditRound.due_on,
            sa.func.count(AuditAnswer.id).label("answered"),
            whole.label("whole"),
        )
        .join(Service, Service.id == AuditReturn.service_id)
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .outerjoin(
            AuditAnswer,
            sa.and_(AuditAnswer.return_id == AuditReturn.id, AuditAnswer.rater == Rater.SERVICE),
        )
        .where(AuditReturn.round_id == round_id, AuditReturn.state.in_(OWED), visible_to(actor))
        .group_by(AuditReturn.id, AuditReturn.service_id, Service.name, AuditRound.due_on)
        .order_by(Service.name)
    ).all()
    managers: dict[int, list[str]] = {}
    for service_id, name in db.execute(
        sa.select(ServiceMember.service_id, Person.name)
        .join(Person, Person.id == ServiceMember.person_id)
        .where(
            Person.disabled_at.is_(None),
            ServiceMember.service_id.in_([row.service_id for row in rows]),
        )
        .order_by(Person.name)
    ):
        managers.setdefault(service_id, []).append(name)
    today = london_day(actor.at)
    return [
        MissingRow(
            return_id=row.id,
            service=row.name,
            due_on=row.due_on,
            days_late=(today - row.due_on).days,
            answered=row.answered,
            whole=row.whole,
            managers=tuple(managers.get(row.service_id, ())),
        )
        for row in rows
    ]


def top_gaps(db: Session, actor: Actor, round_id: int, *, limit: int = 5) -> list[GapRow]:
    """Return the standards on which most services are weak, in one statement.

    In a tie, the standard that more services did not look at or cannot show comes first.
    """
    actor.must(Permission.AUDITS_READ)
    weak = sa.func.count(sa.case((AuditAnswer.level.in_(WEAK), 1)))
    not_looked = sa.func.count() - sa.func.count(AuditAnswer.level)
    bare = sa.func.count(
        sa.case((sa.and_(AuditAnswer.level.is_not(None), AuditAnswer.evidence == ""), 1))
    )
    rows = db.execute(
        sa.select(
            AuditStandard,
            weak.label("weak"),
            sa.func.count(AuditAnswer.level).label("rated"),
            not_looked.label("not_looked"),
            bare.label("bare"),
        )
        .join(AuditAnswer, AuditAnswer.standard_id == AuditStandard.id)
        .join(AuditReturn, AuditReturn.id == AuditAnswer.return_id)
        .where(AuditStandard.round_id == round_id, AuditAnswer.rater == Rater.SERVICE, handed_in())
        .group_by(AuditStandard.id)
        .having(weak + not_looked + bare > 0)
        .order_by(weak.desc(), (not_looked + bare).desc(), AuditStandard.position)
        .limit(limit)
    )
    return [
        GapRow(
            standard_id=row.AuditStandard.id,
            reference=row.AuditStandard.reference,
            short=row.AuditStandard.short,
            wording=row.AuditStandard.wording,
            weak=row.weak,
            rated=row.rated,
            not_looked=row.not_looked,
            bare=row.bare,
        )
        for row in rows
    ]


def views_apart(db: Session, actor: Actor, round_id: int, *, limit: int = 50) -> list[ApartRow]:
    """Return where services rate themselves above young auditors, the widest gap first."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    young = aliased(AuditAnswer)
    apart = AuditAnswer.level - young.level
    rows = db.execute(
        sa.select(
            AuditAnswer.id,
            AuditAnswer.return_id,
            AuditAnswer.standard_id,
            Service.name,
            AuditStandard.reference,
            AuditStandard.short,
            AuditAnswer.level,
            young.level.label("young"),
            young.evidence,
        )
        .join(AuditReturn, AuditReturn.id == AuditAnswer.return_id)
        .join(Service, Service.id == AuditReturn.service_id)
        .join(AuditStandard, AuditStandard.id == AuditAnswer.standard_id)
        .join(
            young,
            sa.and_(
                young.return_id == AuditAnswer.return_id,
                young.standard_id == AuditAnswer.standard_id,
                young.rater == Rater.YOUNG_AUDITORS,
            ),
        )
        .where(
            AuditReturn.round_id == round_id,
            AuditAnswer.rater == Rater.SERVICE,
            handed_in(),
            visible_to(actor),
            apart > 0,
        )
        .order_by(apart.desc(), young.level, Service.name, AuditStandard.position)
        .limit(limit)
    )
    return [
        ApartRow(
            answer_id=row.id,
            return_id=row.return_id,
            standard_id=row.standard_id,
            service=row.name,
            reference=row.reference,
            short=row.short,
            service_level=row.level,
            young_level=row.young,
            young_say=row.evidence,
        )
        for row in rows
    ]
