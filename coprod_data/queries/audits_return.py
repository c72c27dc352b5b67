"""A service's audit return: how far it is, what it lacks, and whose it is."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    Service,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.due_days import days_to
from coprod_data.scopes.audits import own, reviewable_by, visible_to
from coprod_data.vocabulary.audits import OWED, Rater, ReturnProgress, ReturnState


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """A service's return. `answered` of `whole` standards; `bare` have a level without evidence.

    `due_in` is how many days are left to send it, below 0 once it is late; None once it is sent.
    `sent_late` is by how many days it was sent too late. `version` counts the changes of the
    round's standards.
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
    sent_late: int
    version: int
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


def _late(sent_at: datetime | None, due_on: date) -> int:
    return max((london_day(sent_at) - due_on).days, 0) if sent_at else 0


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
            AuditRound.standards_version,
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
        .group_by(AuditReturn.id, AuditRound.id, Service.name)
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
            sent_late=_late(row.AuditReturn.returned_at, row.due_on),
            version=row.standards_version,
            answered=row.answered,
            bare=row.bare,
            whole=row.whole,
        )
        for row in rows
    ]
