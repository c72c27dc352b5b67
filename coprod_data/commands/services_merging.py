"""Two services become one: what one held goes to the other, also in the middle of an audit."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import known, locked
from coprod_data.models import (
    Action,
    AuditAnswer,
    AuditAuditor,
    AuditPlanAction,
    AuditReturn,
    AuditRound,
    Learner,
    OpportunitySource,
    Project,
    Recruitment,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.vocabulary.audits import OWED, AuditLevel, ReturnState
from coprod_data.vocabulary.events import EventKind


def merge_services(db: Session, actor: Actor, service_id: int, into_id: int) -> None:
    """Make a service part of another: its people, actions, projects and posts go there.

    In the round of the audit that is open, what it had answered goes into the other's return, and
    nothing of either is lost: where both rated a standard, the other's level stays and both texts
    are there to read. A return that waited for its review is owed again, because it answers for
    more than it did. What was sent in earlier stays as it was. Raises NotFound, Invalid, Refused.
    """
    actor.must(Permission.PEOPLE_MANAGE)
    service = locked(db, Service, service_id, "service")
    into = locked(db, Service, into_id, "service")
    if service is into:
        raise Invalid("Choose two different services.", field="into")
    if service.retired_at is not None or into.retired_at is not None:
        raise Refused("One of these is already part of another service. Reload the page.")
    _merge_returns(db, actor, service, into)
    for member in db.scalars(sa.select(ServiceMember).filter_by(service_id=service.id)).all():
        if known(db, ServiceMember, service_id=into.id, person_id=member.person_id):
            db.delete(member)
        else:
            member.service_id = into.id
    for noun in (Action, Project, Recruitment, Learner):
        held: sa.Select[Any] = sa.select(noun).filter_by(service_id=service.id)
        for row in db.scalars(held).all():
            row.service_id = into.id
    service.retired_at = actor.at
    record(db, actor, EventKind.SERVICE_MERGED, service, into=into.id)


def _merge_returns(db: Session, actor: Actor, service: Service, into: Service) -> None:
    newest = sa.select(AuditRound.id).order_by(AuditRound.opened_on.desc()).limit(1)
    round_id = db.scalar(newest)
    if round_id is None:
        return
    gone = known(db, AuditReturn, round_id=round_id, service_id=service.id)
    stays = known(db, AuditReturn, round_id=round_id, service_id=into.id)
    if gone is None or gone.state not in OWED:
        return
    if stays is None:
        gone.service_id = into.id
        record(db, actor, EventKind.AUDIT_MERGED, gone)
        return
    if stays.state is ReturnState.PUBLISHED:
        raise Refused(
            f"The return of {into.name} is published. Send that of {service.name} first, or wait "
            "until the next round opens."
        )
    answers = db.scalars(sa.select(AuditAnswer).filter_by(return_id=gone.id)).all()
    for answer in answers:
        _merge_answer(db, answer, stays, service.name)
    for auditor in db.scalars(sa.select(AuditAuditor).filter_by(return_id=gone.id)).all():
        if known(db, AuditAuditor, return_id=stays.id, person_id=auditor.person_id):
            db.delete(auditor)
        else:
            auditor.return_id = stays.id
    if answers:
        stays.state, stays.returned_at, stays.returned_by_id = ReturnState.IN_PROGRESS, None, None
    db.flush()
    db.delete(gone)
    record(db, actor, EventKind.AUDIT_MERGED, stays)


def _merge_answer(db: Session, answer: AuditAnswer, stays: AuditReturn, name: str) -> None:
    """Move an answer to another return, or write it beside the one that is there."""
    by = {"standard_id": answer.standard_id, "rater": answer.rater}
    other = known(db, AuditAnswer, return_id=stays.id, **by)
    if other is None:
        answer.return_id = stays.id
        return
    level = "Not looked at" if answer.level is None else AuditLevel(answer.level).words
    other.evidence = _beside(other.evidence, f"{name}, {level}. {answer.evidence}")
    if answer.plan:
        other.plan = _beside(other.plan, f"{name}: {answer.plan}")
    for source in db.scalars(sa.select(OpportunitySource).filter_by(audit_answer_id=answer.id)):
        source.audit_answer_id = other.id
    planned = db.get(AuditPlanAction, answer.id)
    if planned is not None:
        if db.get(AuditPlanAction, other.id) is None:
            db.add(AuditPlanAction(answer_id=other.id, action_id=planned.action_id))
        db.delete(planned)
    db.flush()
    db.delete(answer)


def _beside(text: str, more: str) -> str:
    return "\n\n".join(part for part in (text, more.strip()) if part)
