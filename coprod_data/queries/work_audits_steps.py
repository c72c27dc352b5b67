"""Waits about audit returns: to send, to review, and mine that nobody has reviewed yet."""

from typing import Any

import sqlalchemy as sa

from coprod_data.models import AuditAnswer, AuditReturn, AuditRound, AuditStandard, Service
from coprod_data.queries.work_steps import ME, NEVER, TODAY, Statement, wait
from coprod_data.scopes.audits import answered_by, overdue, reviewable_by
from coprod_data.vocabulary.audits import OWED, Rater, ReturnState
from coprod_data.vocabulary.work import WorkKind


def returns_to_send() -> Statement:
    """Select the newest round's returns that this person owes for a service."""
    newest = sa.select(sa.func.max(AuditRound.opened_on)).scalar_subquery()
    answered = sa.select(sa.func.count()).where(
        AuditAnswer.return_id == AuditReturn.id, AuditAnswer.rater == Rater.SERVICE
    )
    standards = sa.select(sa.func.count()).where(AuditStandard.round_id == AuditRound.id)
    return _returns(
        WorkKind.RETURN_OWED,
        NEVER,
        late=overdue(TODAY),
        due_on=AuditRound.due_on,
        met=answered.scalar_subquery(),
        whole=standards.scalar_subquery(),
    ).where(
        answered_by(ME), AuditReturn.state.in_(OWED), AuditRound.opened_on == newest
    )  # fmt: skip


def returns_to_review_now() -> Statement:
    """Select returns that were sent, nobody has reviewed, and this person may review."""
    return _returns(WorkKind.RETURN_REVIEW, AuditReturn.returned_at).where(reviewable_by(ME))


def review_of_mine() -> Statement:
    """Select the returns of this person's services that nobody has reviewed."""
    return _returns(WorkKind.WAITS_REVIEW, AuditReturn.returned_at).where(
        AuditReturn.state == ReturnState.RETURNED, answered_by(ME)
    )


def _returns(kind: WorkKind, since: Any, **more: Any) -> Statement:
    return (
        wait(kind, AuditReturn.id, Service.name, since, **more)
        .select_from(AuditReturn)
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .join(Service, Service.id == AuditReturn.service_id)
    )
