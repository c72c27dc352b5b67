"""Gaps of the audit become one opportunity for a service and a round, which the group reviews."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import submit_return
from coprod_data.commands.audits_spotting import spot_gaps
from coprod_data.commands.audits_standards import change_audit_round
from coprod_data.commands.opportunities import (
    open_opportunity,
    review_opportunity,
    reword_opportunity,
    suggest_opportunity,
)
from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    Group,
    GroupMeeting,
    Opportunity,
    OpportunitySource,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotAllowed, Refused, Role
from coprod_data.queries.audits_answers import answers_of
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.audit_returns import handed_in, rate
from tests.helpers.builders import add, somebody, the_system
from tests.helpers.working_together import WORDED

YOUNG = {"rater": Rater.YOUNG_AUDITORS, "plan": "", "evidence": ""}


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


@pytest.fixture
def named(db: Session, administrator: Actor, owed: AuditReturn, theme: PromiseTheme) -> AuditReturn:
    due_on = db.get_one(AuditRound, owed.round_id).due_on
    change_audit_round(db, administrator, owed.round_id, due_on=due_on, theme_id=theme.id)
    return owed


def _group(db: Session) -> int:
    return add(db, Group(name="Voices", kind=GroupKind.ACTION)).id


def made(db: Session) -> list[Opportunity]:
    return list(
        db.scalars(
            sa.select(Opportunity)
            .where(Opportunity.spotted_by_id.is_(None))
            .order_by(Opportunity.id)
        )
    )


def gaps_of(db: Session, opportunity: Opportunity) -> list[int | None]:
    sources = sa.select(OpportunitySource).filter_by(opportunity_id=opportunity.id)
    return [one.audit_answer_id for one in db.scalars(sources.order_by(OpportunitySource.id))]


def test_two_levels_apart_and_a_level_without_evidence_make_one(
    db: Session, manager: Actor, worker: Actor, named: AuditReturn
):
    first = rate(db, manager, named, 0, level=2)
    second = rate(db, manager, named, 1, level=1, evidence="")
    rate(db, worker, named, 0, level=0, **YOUNG)
    assert spot_gaps(db, the_system()) == 0  # nothing was handed in yet
    assert made(db) == []
    submit_return(db, manager, named.id)

    assert spot_gaps(db, the_system()) == 1
    [one] = made(db)
    assert (one.state, one.title) == (
        OpportunityState.SPOTTED, "What the audit of Fostering left open",
    )  # fmt: skip
    assert gaps_of(db, one) == [first, second]
    assert spot_gaps(db, the_system()) == 0
    assert made(db) == [one]
    assert answers_of(db, worker, named.id)[0].opportunity_id == one.id


def test_one_level_apart_with_evidence_is_no_gap(
    db: Session, manager: Actor, worker: Actor, named: AuditReturn
):
    handed_in(db, manager, named)
    rate(db, worker, named, 0, level=1, **YOUNG)

    assert spot_gaps(db, the_system()) == 0


def test_a_later_gap_joins_what_waits_and_after_the_review_makes_another(
    db: Session, manager: Actor, worker: Actor, named: AuditReturn
):
    bare = rate(db, manager, named, 0, level=3, evidence="")
    apart = rate(db, manager, named, 1, level=3)
    submit_return(db, manager, named.id)
    spot_gaps(db, the_system())
    [one] = made(db)
    rate(db, worker, named, 1, level=0, **YOUNG)
    spot_gaps(db, the_system())
    assert gaps_of(db, one) == [bare, apart]

    db.execute(sa.delete(OpportunitySource).filter_by(audit_answer_id=apart))
    meeting = add(db, GroupMeeting(group_id=_group(db), met_on=worker.at.date()))
    review_opportunity(
        db, worker, one.id, meeting_id=meeting.id, review_on=worker.at.date() + timedelta(days=30)
    )
    spot_gaps(db, the_system())

    [_, another] = made(db)
    assert gaps_of(db, another) == [apart]


def test_the_group_reviews_it_before_it_opens(
    db: Session, manager: Actor, worker: Actor, named: AuditReturn
):
    rate(db, manager, named, 0, level=3, evidence="")
    rate(db, manager, named, 1)
    submit_return(db, manager, named.id)
    spot_gaps(db, the_system())
    [one] = made(db)
    reword_opportunity(db, worker, one.id, wording=WORDED)

    with pytest.raises(Refused, match="The group looks"):
        open_opportunity(db, worker, one.id)
    meeting = add(db, GroupMeeting(group_id=_group(db), met_on=worker.at.date()))
    review_opportunity(
        db, worker, one.id, meeting_id=meeting.id, review_on=worker.at.date() + timedelta(days=30)
    )
    open_opportunity(db, worker, one.id)

    assert one.state is OpportunityState.OPEN


def test_a_gap_that_somebody_took_up_makes_none(
    db: Session, manager: Actor, worker: Actor, named: AuditReturn, theme: PromiseTheme
):
    rate(db, manager, named, 0, level=3, evidence="")
    rate(db, manager, named, 1)
    submit_return(db, manager, named.id)
    answer = db.scalars(sa.select(AuditAnswer).order_by(AuditAnswer.id)).first()
    assert answer
    suggest_opportunity(db, worker, theme_id=theme.id, wording=WORDED, audit_answer_id=answer.id)

    assert spot_gaps(db, the_system()) == 0


def test_a_round_without_a_part_of_the_promise_makes_none(
    db: Session, manager: Actor, owed: AuditReturn
):
    rate(db, manager, owed, 0, level=3, evidence="")
    rate(db, manager, owed, 1)
    submit_return(db, manager, owed.id)

    assert spot_gaps(db, the_system()) == 0


def test_only_the_server_spots(db: Session, worker: Actor):
    with pytest.raises(NotAllowed):
        spot_gaps(db, worker)
