"""Opportunities: parked, declined, reopened and closed, each with its reason."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities import open_opportunity, suggest_opportunity
from coprod_data.commands.opportunities_endings import (
    close_opportunity,
    decline_opportunity,
    park_opportunity,
    reopen_opportunity,
)
from coprod_data.commands.opportunities_rules import NoLongerOpen
from coprod_data.models import (
    Event,
    EventText,
    Opportunity,
    PromiseTheme,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Refused, Role
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import NOW, TODAY, a_person, acting, an_outcome, days_ago, unrecorded
from tests.helpers.working_together import WORDED, the_person, work

S = OpportunityState


def test_parking_has_a_reason_and_a_day(db: Session, spotted: Opportunity, worker: Actor):
    for reason, day, field in (
        (" ", TODAY + timedelta(days=30), "reason"),
        ("Two officers short.", TODAY, "review_on"),
    ):
        with pytest.raises(Invalid) as refused:
            park_opportunity(db, worker, spotted.id, reason=reason, review_on=day)
        assert refused.value.field == field

    park_opportunity(
        db, worker, spotted.id, reason="Two officers short.", review_on=TODAY + timedelta(days=30)
    )
    assert (spotted.state, spotted.reason) == (S.PARKED, "Two officers short.")


def test_declining_has_a_reason(db: Session, spotted: Opportunity, worker: Actor):
    with pytest.raises(Invalid) as refused:
        decline_opportunity(db, worker, spotted.id, reason="")
    assert refused.value.field == "reason"

    decline_opportunity(db, worker, spotted.id, reason="Everyone has a pass already.")
    assert (spotted.state, spotted.ended_at) == (S.DECLINED, NOW)


def test_work_in_progress_is_parked_not_declined(db: Session):
    together = work(db)

    with pytest.raises(NoLongerOpen):
        decline_opportunity(db, together.worker, together.opportunity.id, reason="No.")


@pytest.mark.parametrize("state", [S.OPEN, S.MATCHED, S.WORKING])
def test_what_is_taken_up_again_stands_where_it_stood_with_its_old_clock(db: Session, state: S):
    together = work(db, state)
    opportunity = together.opportunity
    with unrecorded(db):
        opportunity.working_at = days_ago(3) if state is S.WORKING else None
    park_opportunity(
        db, together.worker, opportunity.id, reason="Away.", review_on=TODAY + timedelta(days=9)
    )

    reopen_opportunity(db, together.worker, opportunity.id)

    assert opportunity.state is (S.WORKING if state is S.WORKING else S.MATCHED)
    assert opportunity.opened_at == days_ago(10)
    assert (opportunity.reason, opportunity.review_on) == ("", None)


def test_a_suggestion_taken_up_again_is_a_suggestion(
    db: Session, spotted: Opportunity, worker: Actor
):
    decline_opportunity(db, worker, spotted.id, reason="Not now.")

    reopen_opportunity(db, worker, spotted.id)

    assert (spotted.state, spotted.ended_at) == (S.SPOTTED, None)


def test_it_closes_only_when_both_sides_have_signed(db: Session):
    together = work(db)
    outcome = an_outcome(db, together.opportunity, the_person(db, together.worker))
    with pytest.raises(Refused, match="both sides"):
        close_opportunity(db, together.worker, together.opportunity.id)

    with unrecorded(db):
        outcome.co_signed_at = days_ago(1)
    close_opportunity(db, together.worker, together.opportunity.id)

    assert (together.opportunity.state, together.opportunity.ended_at) == (S.CLOSED, NOW)


def test_each_step_leaves_one_event_with_its_reason_beside_it(
    db: Session, spotted: Opportunity, worker: Actor
):
    decline_opportunity(db, worker, spotted.id, reason="Everyone has a pass already.")

    event = db.scalars(sa.select(Event).where(Event.kind == EventKind.OPPORTUNITY_DECLINED)).one()
    assert event.changes[f"opportunity:{spotted.id}.state"] == ["spotted", "declined"]
    assert "pass" not in str(event.changes)
    assert (
        "Everyone has a pass already."
        in db.scalars(sa.select(EventText.text).where(EventText.event_id == event.id)).all()
    )


def test_nobody_changes_what_is_not_there(db: Session, worker: Actor):
    with pytest.raises(NotFound):
        open_opportunity(db, worker, 4711)


def test_a_chair_who_is_a_young_person_opens_in_the_chairs_own_words(
    db: Session, theme: PromiseTheme
):
    chair = acting(a_person(db, Role.CHAIR, Role.YOUNG_PERSON), Role.CHAIR, Role.YOUNG_PERSON)

    id_ = suggest_opportunity(db, chair, theme_id=theme.id, wording=WORDED)

    assert db.get_one(Opportunity, id_).title == WORDED.title
