"""A round of the audit with two standards, and a return that is rated and handed in."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import answer_standard, submit_return
from coprod_data.commands.audits_rules import Standard
from coprod_data.models import AuditReturn, AuditStandard, Service
from coprod_data.permissions import Actor
from coprod_data.vocabulary.audits import Rater
from tests.helpers.builders import NOW

DUE = NOW.date() + timedelta(days=60)
TWO = (Standard("A1", "Asked first", "We ask first."), Standard("A2", "Told after", "We tell."))


def the_return(db: Session, round_id: int, service: Service) -> AuditReturn:
    return db.scalars(
        sa.select(AuditReturn).where(
            AuditReturn.round_id == round_id, AuditReturn.service_id == service.id
        )
    ).one()


def standards(db: Session, audit_return: AuditReturn) -> list[int]:
    return list(
        db.scalars(
            sa.select(AuditStandard.id)
            .where(AuditStandard.round_id == audit_return.round_id)
            .order_by(AuditStandard.position)
        )
    )


def rate(db: Session, actor: Actor, owed: AuditReturn, place: int = 0, **fields: Any) -> int:
    said = {"rater": Rater.SERVICE, "level": 2, "evidence": "The log.", "plan": "Ask more."}
    return answer_standard(db, actor, owed.id, standards(db, owed)[place], **{**said, **fields})


def handed_in(db: Session, manager: Actor, owed: AuditReturn) -> AuditReturn:
    rate(db, manager, owed, 0)
    rate(db, manager, owed, 1, level=None, evidence="", plan="")
    submit_return(db, manager, owed.id)
    return owed
