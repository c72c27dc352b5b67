"""The participation audit: who rates what, what must be there to hand in, who reviews."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import (
    add_standard,
    answer_standard,
    open_round,
    publish_round,
    review_return,
    submit_return,
)
from coprod_data.commands.audits_rules import DEFAULT_STANDARDS
from coprod_data.commands.audits_standards import name_auditors
from coprod_data.models import AuditAnswer, AuditReturn, AuditStandard, Service
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.audits import Rater, ReturnState
from tests.helpers.audit_returns import DUE, TWO, handed_in, rate, standards, the_return
from tests.helpers.builders import NOW, a_person, a_service, acting, days_ago, somebody


def test_a_round_opens_with_the_eleven_agreements_and_a_return_for_each_service(
    db: Session, administrator: Actor, service: Service
):
    a_service(db, name="Closed", retired_at=days_ago(3))

    round_id = open_round(db, administrator, title="2025 to 2026", due_on=DUE)

    known = db.scalars(sa.select(AuditStandard).order_by(AuditStandard.position)).all()
    assert [standard.reference for standard in known] == [f"A{n}" for n in range(1, 12)]
    assert all(standard.source and standard.wording for standard in known)
    returns = db.scalars(sa.select(AuditReturn).where(AuditReturn.round_id == round_id)).all()
    assert [(r.service_id, r.state) for r in returns] == [(service.id, ReturnState.OPENED)]


def test_a_round_is_opened_once_and_for_a_day_to_come(db: Session, administrator: Actor):
    with pytest.raises(Invalid) as refused:
        open_round(db, administrator, title="This year", due_on=NOW.date())
    assert refused.value.field == "due_on"
    open_round(db, administrator, title="This year", due_on=DUE)

    with pytest.raises(Invalid) as refused:
        open_round(db, administrator, title="Another", due_on=DUE)

    assert refused.value.field == "title"
    assert len(DEFAULT_STANDARDS) == db.scalar(sa.select(sa.func.count(AuditStandard.id)))


def test_standards_stay_once_a_service_has_answered(
    db: Session, administrator: Actor, manager: Actor, owed: AuditReturn
):
    said = {"short": "Heard", "wording": "We hear."}
    with pytest.raises(Invalid, match="this number"):
        add_standard(db, administrator, owed.round_id, reference="A1", **said)
    add_standard(db, administrator, owed.round_id, reference="A3", **said)
    rate(db, manager, owed)

    with pytest.raises(Refused, match="started to answer"):
        add_standard(db, administrator, owed.round_id, reference="A4", **said)


def test_a_manager_rates_the_service_they_answer_for(
    db: Session, manager: Actor, owed: AuditReturn
):
    answer_id = rate(db, manager, owed)
    again_id = rate(db, manager, owed, level=3, evidence="A newer log.", plan="")

    answer = db.get_one(AuditAnswer, answer_id)
    assert again_id == answer_id
    assert (answer.level, answer.evidence, answer.plan) == (3, "A newer log.", "")
    assert (owed.state, answer.person_id) == (ReturnState.IN_PROGRESS, manager.id)


def test_a_manager_rates_no_other_service(db: Session, owed: AuditReturn):
    other = a_person(db, Role.MANAGER)
    a_service(db, other)
    stranger = acting(other, Role.MANAGER)

    with pytest.raises(NotAllowed, match="another service"):
        rate(db, stranger, owed)
    with pytest.raises(NotAllowed, match="another service"):
        submit_return(db, stranger, owed.id)
    assert db.scalars(sa.select(AuditAnswer)).all() == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_answering_for_a_service_takes_the_managers_role(
    db: Session, administrator: Actor, role: Role
):
    other = a_person(db, role)
    service = a_service(db, other)
    round_id = open_round(db, administrator, title="This year", due_on=DUE, standards=TWO)
    mine = the_return(db, round_id, service)

    with pytest.raises(NotAllowed):
        rate(db, acting(other, role), mine)
    with pytest.raises(NotAllowed):
        submit_return(db, acting(other, role), mine.id)


@pytest.mark.parametrize("level", [-1, 4, 50])
def test_a_level_is_none_or_0_to_3(db: Session, manager: Actor, owed: AuditReturn, level: int):
    with pytest.raises(Invalid) as refused:
        rate(db, manager, owed, level=level)

    assert refused.value.field == "level"


def test_a_standard_of_another_round_is_not_rated(
    db: Session, manager: Actor, administrator: Actor, owed: AuditReturn
):
    later = Actor(**{**administrator.__dict__, "at": NOW + timedelta(days=1)})
    other = open_round(db, later, title="Next", due_on=DUE, standards=TWO)
    foreign = db.scalars(sa.select(AuditStandard.id).where(AuditStandard.round_id == other)).first()

    with pytest.raises(NotFound, match="in this round"):
        answer_standard(db, manager, owed.id, foreign, rater=Rater.SERVICE, level=1)


def test_young_auditors_rate_beside_the_service_also_after_it_handed_in(
    db: Session, manager: Actor, owed: AuditReturn
):
    worker = somebody(db, Role.YOUTH_VOICE)
    handed_in(db, manager, owed)

    rate(db, worker, owed, rater=Rater.YOUNG_AUDITORS, level=0, evidence="Nobody knew.", plan="")

    by_rater = {a.rater: a.level for a in db.scalars(sa.select(AuditAnswer).where(
        AuditAnswer.standard_id == standards(db, owed)[0]))}  # fmt: skip
    assert by_rater == {Rater.SERVICE: 2, Rater.YOUNG_AUDITORS: 0}
    assert owed.state is ReturnState.RETURNED


def test_a_young_auditor_gives_the_level_and_no_words(
    db: Session, manager: Actor, owed: AuditReturn
):
    young = somebody(db, Role.YOUNG_PERSON)
    with pytest.raises(NotAllowed, match="not asked to look"):
        rate(db, young, owed, rater=Rater.YOUNG_AUDITORS, evidence="", plan="")
    name_auditors(db, somebody(db, Role.YOUTH_VOICE), owed.id, [young.id])

    with pytest.raises(NotAllowed, match="worker writes down"):
        rate(db, young, owed, rater=Rater.YOUNG_AUDITORS, plan="")
    with pytest.raises(NotAllowed):
        rate(db, young, owed)
    with pytest.raises(NotAllowed):
        rate(db, manager, owed, rater=Rater.YOUNG_AUDITORS)
    with pytest.raises(Invalid, match="Only the service"):
        rate(db, somebody(db, Role.YOUTH_VOICE), owed, rater=Rater.YOUNG_AUDITORS)
    assert rate(db, young, owed, rater=Rater.YOUNG_AUDITORS, evidence="", plan="")


def test_a_return_is_handed_in_when_every_standard_has_its_answer(
    db: Session, manager: Actor, owed: AuditReturn
):
    rate(db, manager, owed, 0)
    with pytest.raises(Refused, match="Answer A2 first"):
        submit_return(db, manager, owed.id)

    handed_in(db, manager, owed)

    assert (owed.state, owed.returned_at, owed.returned_by_id) == (
        ReturnState.RETURNED, NOW, manager.id,
    )  # fmt: skip


def test_an_answer_of_young_auditors_is_not_the_services(
    db: Session, manager: Actor, owed: AuditReturn
):
    worker = somebody(db, Role.YOUTH_VOICE)
    for place in (0, 1):
        rate(db, worker, owed, place, rater=Rater.YOUNG_AUDITORS, plan="")

    with pytest.raises(Refused, match="Answer A1, A2 first"):
        submit_return(db, manager, owed.id)


def test_what_is_handed_in_stays(db: Session, manager: Actor, owed: AuditReturn):
    handed_in(db, manager, owed)

    with pytest.raises(Refused, match="has been sent"):
        rate(db, manager, owed)
    with pytest.raises(Refused, match="has been sent"):
        submit_return(db, manager, owed.id)


def test_youth_voice_reviews_what_somebody_else_handed_in(
    db: Session, manager: Actor, owed: AuditReturn
):
    worker = somebody(db, Role.YOUTH_VOICE)
    with pytest.raises(Refused, match="once, after it has been sent"):
        review_return(db, worker, owed.id)
    handed_in(db, manager, owed)

    both = Actor(**{**manager.__dict__, "roles": frozenset({Role.MANAGER, Role.YOUTH_VOICE})})
    with pytest.raises(NotAllowed, match="somebody else"):
        review_return(db, both, owed.id)
    with pytest.raises(NotAllowed):
        review_return(db, manager, owed.id)
    review_return(db, worker, owed.id)

    assert owed.state is ReturnState.REVIEWED
    with pytest.raises(Refused):
        review_return(db, worker, owed.id)


def test_publishing_takes_the_reviewed_alone(
    db: Session, administrator: Actor, manager: Actor, owed: AuditReturn
):
    handed_in(db, manager, owed)
    with pytest.raises(Refused, match="No reviewed return"):
        publish_round(db, administrator, owed.round_id)
    review_return(db, somebody(db, Role.YOUTH_VOICE), owed.id)

    assert publish_round(db, administrator, owed.round_id) == 1

    assert owed.state is ReturnState.PUBLISHED
    with pytest.raises(Refused, match="published"):
        rate(db, somebody(db, Role.YOUTH_VOICE), owed, rater=Rater.YOUNG_AUDITORS, plan="")


def test_what_is_not_there_is_said_so(db: Session, administrator: Actor, manager: Actor):
    worker = somebody(db, Role.YOUTH_VOICE)
    for change in (
        lambda: add_standard(db, administrator, 99, reference="A1", short="x", wording="x"),
        lambda: publish_round(db, administrator, 99),
        lambda: submit_return(db, manager, 99),
        lambda: review_return(db, worker, 99),
        lambda: answer_standard(db, manager, 99, 1, rater=Rater.SERVICE, level=1),
    ):
        with pytest.raises(NotFound):
            change()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_opens_and_publishes(db: Session, role: Role, owed: AuditReturn):
    actor = somebody(db, role)

    with pytest.raises(NotAllowed):
        open_round(db, actor, title="Mine", due_on=DUE)
    with pytest.raises(NotAllowed):
        publish_round(db, actor, owed.round_id)
