"""Each standard of an audit return with its answers, and with last year's."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    AuditAnswer,
    AuditPlanAction,
    AuditReturn,
    AuditRound,
    AuditStandard,
    OpportunitySource,
    Person,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.audits import handed_in, own, visible_to
from coprod_data.vocabulary.audits import Rater


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """A standard on a return. `answered` tells *not looked at* from not answered yet.

    `last_...` is what the service handed in the round before; `copied` names the texts of this
    year that are word for word the same. `by` saved the service's answer, and when is `at`.
    `opportunity_id` and `action_id` are what came of its gap and of its plan, for whoever reads
    opportunities and the plan.
    """

    standard_id: int
    reference: str
    short: str
    wording: str
    answer_id: int | None
    answered: bool
    level: int | None
    evidence: str
    plan: str
    last_level: int | None
    last_evidence: str
    last_plan: str
    copied: tuple[str, ...]
    young_level: int | None
    young_say: str
    by: str
    at: datetime | None
    opportunity_id: int | None = None
    action_id: int | None = None


def answers_of(db: Session, actor: Actor, return_id: int) -> list[AnswerRow]:
    """Return every standard of a return this actor may read, with its answers.

    What a service has not handed in yet is shown only to those responsible for it.
    """
    actor.must(Permission.AUDITS_READ, Permission.AUDITS_READ_OWN)
    service, young, last = aliased(AuditAnswer), aliased(AuditAnswer), _last_answers()
    stands = sa.or_(handed_in(), own(actor))
    rows = db.execute(
        sa.select(
            AuditStandard,
            service,
            young,
            last.c.level,
            last.c.evidence,
            last.c.plan,
            Person.name,
            _came_of(service).label("opportunity_id"),
            AuditPlanAction.action_id,
        )
        .join(AuditReturn, AuditReturn.round_id == AuditStandard.round_id)
        .outerjoin(service, _of(service, Rater.SERVICE, stands))
        .outerjoin(Person, Person.id == service.person_id)
        .outerjoin(AuditPlanAction, AuditPlanAction.answer_id == service.id)
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
    reads = actor.may(Permission.OPPORTUNITIES_READ)
    plans = actor.may(Permission.ACTIONS_READ)
    return [
        replace(
            _answer(*row[:-2]),
            opportunity_id=row.opportunity_id if reads else None,
            action_id=row.action_id if plans else None,
        )
        for row in rows
    ]


def _came_of(service: Any) -> sa.ScalarSelect[int]:
    """Select the newest opportunity that came from an answer."""
    return (
        sa.select(sa.func.max(OpportunitySource.opportunity_id))
        .where(OpportunitySource.audit_answer_id == service.id)
        .correlate(service)
        .scalar_subquery()
    )


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
    evidence, plan = (service.evidence, service.plan) if service else ("", "")
    return AnswerRow(
        standard_id=standard.id,
        reference=standard.reference,
        short=standard.short,
        wording=standard.wording,
        answer_id=service.id if service else None,
        answered=service is not None,
        level=service.level if service else None,
        evidence=evidence,
        plan=plan,
        last_level=last_level,
        last_evidence=last_evidence or "",
        last_plan=last_plan or "",
        copied=tuple(
            name
            for name, now, then in (
                ("evidence", evidence, last_evidence),
                ("plan", plan, last_plan),
            )
            if now and then and _plain(now) == _plain(then)
        ),
        young_level=young.level if young else None,
        young_say=young.evidence if young else "",
        by=by or "",
        at=service.at if service else None,
    )


def _plain(text: str) -> str:
    """Return a text without what a hasty change to a copy touches: capitals, spaces, full stops."""
    return " ".join(text.casefold().replace(".", " ").split())
