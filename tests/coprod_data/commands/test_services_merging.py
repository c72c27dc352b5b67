"""Two services become one, also in the middle of a round of the audit."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import open_round, publish_round, review_return
from coprod_data.commands.audits_standards import name_auditors
from coprod_data.commands.services_merging import merge_services
from coprod_data.models import (
    Action,
    AuditAnswer,
    AuditAuditor,
    AuditReturn,
    PromiseTheme,
    Service,
    ServiceMember,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.vocabulary.audits import Rater, ReturnState
from tests.helpers.audit_returns import DUE, TWO, handed_in, rate, the_return
from tests.helpers.builders import a_commitment, a_person, a_service, acting, an_action, somebody


class Two:
    """Two services with a manager each, and their returns of one round."""

    def __init__(self, db: Session, administrator: Actor) -> None:
        people = [a_person(db, Role.MANAGER) for _ in range(2)]
        self.first = a_service(db, people[0], name="Leaving Care")
        self.second = a_service(db, people[1], name="Housing")
        self.managers = [acting(one, Role.MANAGER) for one in people]
        number = open_round(db, administrator, title="This year", due_on=DUE, standards=TWO)
        self.round_id = number
        self.gone = the_return(db, number, self.first)
        self.stays = the_return(db, number, self.second)


@pytest.fixture
def two(db: Session, administrator: Actor) -> Two:
    return Two(db, administrator)


def answers(db: Session, of: AuditReturn) -> list[tuple[int | None, str]]:
    rows = db.scalars(sa.select(AuditAnswer).filter_by(return_id=of.id).order_by(AuditAnswer.id))
    return [(one.level, one.evidence) for one in rows]


def test_nothing_that_either_answered_is_lost(db: Session, administrator: Actor, two: Two):
    young = somebody(db, Role.YOUNG_PERSON)
    name_auditors(db, somebody(db, Role.YOUTH_VOICE), two.gone.id, [young.id])
    rate(db, two.managers[0], two.gone, 0, level=3, evidence="Our page.")
    rate(db, two.managers[0], two.gone, 1, level=1, evidence="Our list.")
    rate(db, two.managers[1], two.stays, 0, level=2, evidence="Their log.")

    merge_services(db, administrator, two.first.id, two.second.id)

    assert answers(db, two.stays) == [
        (1, "Our list."), (2, "Their log.\n\nLeaving Care, 3 Advanced. Our page."),
    ]  # fmt: skip
    assert db.scalars(sa.select(AuditReturn)).all() == [two.stays]
    assert two.stays.state is ReturnState.IN_PROGRESS
    assert db.scalars(sa.select(AuditAuditor.return_id)).all() == [two.stays.id]
    members = db.scalars(sa.select(ServiceMember.service_id)).all()
    assert members == [two.second.id] * 2
    assert two.first.retired_at is not None


def test_a_return_that_was_sent_is_owed_again_because_it_answers_for_more(
    db: Session, administrator: Actor, two: Two
):
    handed_in(db, two.managers[1], two.stays)
    rate(db, two.managers[0], two.gone, 0)

    merge_services(db, administrator, two.first.id, two.second.id)

    assert (two.stays.state, two.stays.returned_at) == (ReturnState.IN_PROGRESS, None)


def test_what_was_sent_stays_as_it_was(db: Session, administrator: Actor, two: Two):
    handed_in(db, two.managers[0], two.gone)

    merge_services(db, administrator, two.first.id, two.second.id)

    assert two.gone.state is ReturnState.RETURNED
    assert answers(db, two.stays) == []


def test_a_published_return_does_not_take_more(db: Session, administrator: Actor, two: Two):
    handed_in(db, two.managers[1], two.stays)
    review_return(db, somebody(db, Role.YOUTH_VOICE), two.stays.id)
    publish_round(db, administrator, two.round_id)
    rate(db, two.managers[0], two.gone, 0)

    with pytest.raises(Refused, match="is published"):
        merge_services(db, administrator, two.first.id, two.second.id)


def test_a_service_that_came_after_the_round_opened_takes_the_whole_return(
    db: Session, administrator: Actor, two: Two
):
    newer = a_service(db, name="Moving On")
    rate(db, two.managers[0], two.gone, 0)

    merge_services(db, administrator, two.first.id, newer.id)

    assert two.gone.service_id == newer.id


def test_its_actions_go_along(db: Session, administrator: Actor, two: Two, theme: PromiseTheme):
    owner = a_person(db, Role.MANAGER)
    action = an_action(db, a_commitment(db, theme), owner, two.first)

    merge_services(db, administrator, two.first.id, two.second.id)

    assert db.get_one(Action, action.id).service_id == two.second.id


def test_who_may_and_which_two(db: Session, administrator: Actor, two: Two):
    with pytest.raises(NotAllowed):
        merge_services(db, two.managers[0], two.first.id, two.second.id)
    with pytest.raises(Invalid):
        merge_services(db, administrator, two.first.id, two.first.id)
    rate(db, somebody(db, Role.YOUTH_VOICE), two.gone, rater=Rater.YOUNG_AUDITORS, plan="")
    merge_services(db, administrator, two.first.id, two.second.id)
    with pytest.raises(Refused, match="already part"):
        merge_services(db, administrator, two.first.id, two.second.id)
    assert db.get_one(Service, two.first.id).retired_at
