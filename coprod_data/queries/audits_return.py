"""One service's audit return: each standard with its level, evidence, plan, and last year's."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, AuditStandard, Person, Service
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import days_to
from coprod_data.scopes.audits import handed_in, own, reviewable_by, visible_to
from coprod_data.vocabulary.audits import OWED, Rater, ReturnProgress, ReturnState


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """A standard on a return. `answered` tells *not looked at* from not answered yet.

    `last_...` is what the service handed in the round before; `copied` says that this year's
    evidence is word for word the same. `by` saved the service's answer, and when is `at`.
    """

    standard_id: int
    reference: str
    short: str
    wording: str
    answered: bool
    level: int | None
    evidence: str
    plan: str
    last_level: int | None
    last_plan: str
    copied: bool
    young_level: int | None
    young_say: str
    by: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """A service's return. `answered` of `whole` standards; `bare` have a level without evidence.

    `due_in` is how many days are left to send it, below 0 once it is late; None once it is sent.
    """

    id: int
    round_id: int
    round: str
    service: str
    state: ReturnState
    due_on: date
    due_in: int | None
    mine: bool
    returned_at: datetime | None
    answered: int
    bare: int
    whole: int

    @property
    def overdue(self) -> bool:
        """Say whether it is still owed after the date of its round."""
        return self.due_in is not None and self.due_in < 0

    @property
    def progress(self) -> ReturnProgress:
        """Return the state shown on screen."""
        return ReturnProgress.OVERDUE if self.overdue else ReturnProgress(self.state.value)


def my_returns(db: Session, actor: Actor) -> list[ReturnRow]:
    """Return the newest round's returns of the actor's own services."""
    actor.must(Permission.AUDITS_READ_OWN)
    newest = sa.select(AuditRound.id).order_by(AuditRound.opened_on.desc()).limit(1)
    return _returns(db, actor, own(actor), AuditReturn.round_id == newest.scalar_subquery())


def returns_to_review(db: Session, actor: Actor) -> list[ReturnRow]:
    """Return returns that are handed in and that this person may review, oldest first."""
    actor.must(Permission.AUDITS_REVIEW)
    return _returns(db, actor, reviewable_by(actor.id))


def audit_return(db: Session, actor: Actor, return_id: int) -> ReturnRow:
    """Return one return that this actor may read. Raises NotFound."""
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    rows = _returns(db, actor, AuditReturn.id == return_id)
    if not rows:
        raise NotFound("We could not find that return.")
    return rows[0]


def answers_of(db: Session, actor: Actor, return_id: int) -> list[AnswerRow]:
    """Return every standard of a return this actor may read, with its answers.

    What a service has not handed in yet is shown only to those responsible for it.
    """
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    service, young, last = aliased(AuditAnswer), aliased(AuditAnswer), _last_answers()
    stands = sa.or_(handed_in(), own(actor))
    rows = db.execute(
        sa.select(
            AuditStandard, service, young, last.c.level, last.c.evidence, last.c.plan, Person.name
        )
        .join(AuditReturn, AuditReturn.round_id == AuditStandard.round_id)
        .outerjoin(service, _of(service, Rater.SERVICE, stands))
        .outerjoin(Person, Person.id == service.person_id)
        .outerjoin(young, _of(young, Rater.YOUNG_AUDITORS))
        .outerjoin(
            last,
            sa.and_(
                last.c.service_id == AuditReturn.service_id,
                last.c.reference == AuditStandard.reference,
                last.c.round_id == _round_before(),
            ),
        )
        .where(AuditReturn.id == return_id, visible_to(actor))
        .order_by(AuditStandard.position)
    )
    return [_answer(*row) for row in rows]


def _of(answer: Any, rater: Rater, *conditions: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        answer.return_id == AuditReturn.id,
        answer.standard_id == AuditStandard.id,
        answer.rater == rater,
        *conditions,
    )


def _last_answers() -> sa.Subquery:
    standard, answer, given = aliased(AuditStandard), aliased(AuditAnswer), aliased(AuditReturn)
    return (
        sa.select(
            given.service_id,
            given.round_id,
            standard.reference,
            answer.level,
            answer.evidence,
            answer.plan,
        )
        .join(given, given.id == answer.return_id)
        .join(standard, standard.id == answer.standard_id)
        .where(answer.rater == Rater.SERVICE, given.returned_at.is_not(None))
        .subquery("last_answers")
    )


def _round_before() -> sa.ScalarSelect[int]:
    this, before = aliased(AuditRound), aliased(AuditRound)
    return (
        sa.select(before.id)
        .join(this, this.opened_on > before.opened_on)
        .where(this.id == AuditReturn.round_id)
        .order_by(before.opened_on.desc())
        .limit(1)
        .correlate(AuditReturn)
        .scalar_subquery()
    )


def _answer(
    standard: AuditStandard,
    service: AuditAnswer | None,
    young: AuditAnswer | None,
    last_level: int | None,
    last_evidence: str | None,
    last_plan: str | None,
    by: str | None,
) -> AnswerRow:
    evidence = service.evidence if service else ""
    return AnswerRow(
        standard_id=standard.id,
        reference=standard.reference,
        short=standard.short,
        wording=standard.wording,
        answered=service is not None,
        level=service.level if service else None,
        evidence=evidence,
        plan=service.plan if service else "",
        last_level=last_level,
        last_plan=last_plan or "",
        copied=bool(evidence) and evidence == last_evidence,
        young_level=young.level if young else None,
        young_say=young.evidence if young else "",
        by=by or "",
        at=service.at if service else None,
    )


def _returns(db: Session, actor: Actor, *conditions: sa.ColumnElement[bool]) -> list[ReturnRow]:
    whole = (
        sa.select(sa.func.count())
        .select_from(AuditStandard)
        .where(AuditStandard.round_id == AuditReturn.round_id)
        .correlate(AuditReturn)
        .scalar_subquery()
    )
    today = london_day(actor.at)
    bare = sa.and_(AuditAnswer.level.is_not(None), AuditAnswer.evidence == "")
    rows = db.execute(
        sa.select(
            AuditReturn,
            AuditRound.title,
            AuditRound.due_on,
            Service.name,
            own(actor).label("mine"),
            whole.label("whole"),
            sa.func.count(AuditAnswer.id).label("answered"),
            sa.func.count(sa.case((bare, 1))).label("bare"),
        )
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .join(Service, Service.id == AuditReturn.service_id)
        .outerjoin(
            AuditAnswer,
            sa.and_(AuditAnswer.return_id == AuditReturn.id, AuditAnswer.rater == Rater.SERVICE),
        )
        .where(visible_to(actor), *conditions)
        .group_by(AuditReturn.id, AuditRound.title, AuditRound.due_on, Service.name)
        .order_by(AuditReturn.returned_at, Service.name)
    )
    return [
        ReturnRow(
            id=row.AuditReturn.id,
            round_id=row.AuditReturn.round_id,
            round=row.title,
            service=row.name,
            state=row.AuditReturn.state,
            due_on=row.due_on,
            due_in=days_to(row.due_on, today) if row.AuditReturn.state in OWED else None,
            mine=bool(row.mine),
            returned_at=row.AuditReturn.returned_at,
            answered=row.answered,
            bare=row.bare,
            whole=row.whole,
        )
        for row in rows
    ]
