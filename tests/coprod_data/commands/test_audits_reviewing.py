"""Who reviews an audit return: nobody who had a part in it."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import (
    answer_standard,
    open_round,
    review_return,
    submit_return,
)
from coprod_data.commands.audits_rules import Standard
from coprod_data.models import AuditReturn, AuditStandard, Person, Service
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.audits_return import returns_to_review
from coprod_data.queries.work import turns
from coprod_data.vocabulary.audits import Rater, ReturnState
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import NOW, a_service, somebody

DUE = NOW.date() + timedelta(days=60)
TWO = (Standard("A1", "Asked first", "We ask first."), Standard("A2", "Told after", "We tell."))


@pytest.fixture
def administrator(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR)


@pytest.fixture
def manager(db: Session) -> Actor:
    return somebody(db, Role.MANAGER)


@pytest.fixture
def service(db: Session, manager: Actor) -> Service:
    return a_service(db, db.get_one(Person, manager.id), name="Fostering")


@pytest.fixture
def owed(db: Session, administrator: Actor, service: Service) -> AuditReturn:
    round_id = open_round(db, administrator, title="This year", due_on=DUE, standards=TWO)
    return the_return(db, round_id, service)


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


def test_whoever_wrote_down_what_young_auditors_say_does_not_review_it(
    db: Session, manager: Actor, owed: AuditReturn
):
    first, second = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.YOUTH_VOICE)
    chair, lead = somebody(db, Role.CHAIR), somebody(db, Role.SAFEGUARDING)
    twin = somebody(db, Role.YOUTH_VOICE, name=f"Cllr {first.name}")
    handed_in(db, manager, owed)
    rate(db, first, owed, rater=Rater.YOUNG_AUDITORS, plan="")
    auditor = somebody(db, Role.YOUNG_PERSON)
    rate(db, auditor, owed, rater=Rater.YOUNG_AUDITORS, plan="", evidence="")  # written over

    for nobody in (first, twin, chair, lead):
        with pytest.raises(NotAllowed):
            review_return(db, nobody, owed.id)
    assert [row.id for row in returns_to_review(db, second)] == [owed.id]
    assert returns_to_review(db, first) == returns_to_review(db, chair) == []

    for one in (second, twin):
        rate(db, one, owed, 1, rater=Rater.YOUNG_AUDITORS, plan="")
    with pytest.raises(NotAllowed):
        review_return(db, second, owed.id)
    assert [row.id for row in returns_to_review(db, chair)] == [owed.id]
    assert WorkKind.RETURN_REVIEW in {one.kind for one in turns(db, chair)}
    assert WorkKind.RETURN_REVIEW not in {one.kind for one in turns(db, first)}
    review_return(db, chair, owed.id)
    assert owed.state is ReturnState.REVIEWED
