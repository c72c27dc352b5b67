"""What links a manager to a card: work that others agreed to, never only the manager's own first
step.
"""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Invitation, Opportunity, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.scopes.entries import words_for
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from tests.helpers.builders import (
    a_commitment,
    a_promise,
    a_report_card,
    a_service,
    an_action,
    an_entry,
    an_opportunity,
    days_ago,
    somebody,
    unrecorded,
)
from tests.helpers.working_together import a_source, an_invitation, the_person


@pytest.fixture
def manager(db: Session) -> Actor:
    return somebody(db, Role.MANAGER)


@pytest.fixture
def opportunity_id(db: Session) -> int:
    theme = a_promise(db)[0]
    entry = an_entry(db, a_report_card(db, theme), released=True, consents=(ConsentUse.BOARD,))
    by = the_person(db, somebody(db, Role.YOUTH_VOICE))
    opportunity = an_opportunity(db, theme, by, state=OpportunityState.OPEN)
    a_source(db, opportunity, entry)
    return opportunity.id


def reads(db: Session, actor: Actor) -> bool:
    return db.scalar(sa.select(sa.func.count()).where(words_for(actor, CardEntry))) == 1


def test_offering_opens_nothing_until_a_young_person_says_yes(
    db: Session, manager: Actor, opportunity_id: int
):
    opportunity = the_opportunity(db, opportunity_id)
    offer = an_invitation(db, opportunity, manager, reply=InvitationReply.YES)
    assert not reads(db, manager)

    confirm(db, offer)
    assert reads(db, manager)


@pytest.mark.parametrize(
    ("stage", "opens"),
    [(Stage.PROPOSED, False), (Stage.DROPPED, False), (Stage.AGREED, True), (Stage.DONE, True)],
)
def test_proposing_an_action_opens_nothing_until_the_chair_agrees(
    db: Session, manager: Actor, opportunity_id: int, stage: Stage, opens: bool
):
    opportunity = the_opportunity(db, opportunity_id)
    theme = db.get_one(PromiseTheme, opportunity.theme_id)
    owner = the_person(db, manager)
    an_action(
        db, a_commitment(db, theme), owner, a_service(db), stage=stage,
        opportunity_id=opportunity_id,
    )  # fmt: skip
    assert reads(db, manager) is opens


def the_opportunity(db: Session, opportunity_id: int) -> Opportunity:
    return db.get_one(Opportunity, opportunity_id)


def confirm(db: Session, offer: Invitation) -> None:
    with unrecorded(db):
        offer.confirmed_at = days_ago(1)
