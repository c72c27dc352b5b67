""" "I'll do it": who may offer, and what a stale page learns."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities_joining import (
    AlreadyAnswered,
    confirm_match,
    invite_member,
    offer_to_join,
    reply_to_invitation,
)
from coprod_data.commands.opportunities_rules import NoLongerOpen
from coprod_data.models import (
    CardEntry,
    Event,
    Invitation,
    Opportunity,
    ReportCard,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.opportunities_joining import offers_for_entry
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from tests.helpers.builders import (
    NOW,
    an_entry,
    holding_the_code,
    somebody,
    the_public,
    the_system,
    unrecorded,
)
from tests.helpers.working_together import NOT_JOINABLE, a_source

S = OpportunityState
YES = InvitationReply.YES


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR])
def test_offering_is_an_invitation_nobody_asked(db: Session, opportunity: Opportunity, role: Role):
    actor = somebody(db, role)

    invitation = db.get_one(Invitation, offer_to_join(db, actor, opportunity.id))

    assert (invitation.asked_by_id, invitation.reply, invitation.replied_at) == (None, YES, NOW)
    assert opportunity.state is S.OPEN


@pytest.mark.parametrize(
    "role", [Role.YOUNG_PERSON, Role.YOUTH_VOICE, Role.SAFEGUARDING, Role.ADMINISTRATOR]
)
def test_nobody_else_offers(db: Session, opportunity: Opportunity, role: Role):
    with pytest.raises(NotAllowed):
        offer_to_join(db, somebody(db, role), opportunity.id)


def test_strangers_do_not_offer(db: Session, opportunity: Opportunity, entry: CardEntry):
    for actor in (the_public(), the_system(), holding_the_code(entry)):
        with pytest.raises(NotAllowed):
            offer_to_join(db, actor, opportunity.id)


def test_a_young_chair_stands_on_young_peoples_side(db: Session, opportunity: Opportunity):
    with pytest.raises(NotAllowed, match="young people’s side"):
        offer_to_join(db, somebody(db, Role.CHAIR, Role.YOUNG_PERSON), opportunity.id)


def test_a_stale_tab_that_offers_twice_gets_a_plain_sentence(
    db: Session, opportunity: Opportunity, member: Actor, offer: Invitation
):
    with pytest.raises(AlreadyAnswered, match="already said yes"):
        offer_to_join(db, member, opportunity.id)

    assert db.scalar(sa.select(sa.func.count(Invitation.id))) == 1
    assert offer.reply is YES


@pytest.mark.parametrize("state", [*NOT_JOINABLE, S.WORKING])
def test_a_stale_tab_learns_where_it_stands_now(
    db: Session, opportunity: Opportunity, member: Actor, state: OpportunityState
):
    with unrecorded(db):
        opportunity.state = state

    with pytest.raises(NoLongerOpen, match="changed since you opened the page"):
        offer_to_join(db, member, opportunity.id)


def test_two_members_may_offer(db: Session, opportunity: Opportunity, offer: Invitation):
    second = offer_to_join(db, somebody(db, Role.MANAGER), opportunity.id)

    assert second != offer.id


def test_an_invited_member_may_simply_offer(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor
):
    asked = invite_member(db, worker, opportunity.id, member.id)

    assert offer_to_join(db, member, opportunity.id) == asked
    assert db.get_one(Invitation, asked).reply is YES


@pytest.mark.parametrize("reply", [InvitationReply.NOT_THIS_TIME, InvitationReply.PASS_TO])
def test_who_said_no_may_offer_after_all_and_the_old_answer_is_gone(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor, reply: InvitationReply
):
    asked = invite_member(db, worker, opportunity.id, member.id)
    other = somebody(db, Role.MANAGER).id
    reply_to_invitation(db, member, asked, reply=reply, reason="Too busy.", passed_to_id=other)

    offer_to_join(db, member, opportunity.id)

    invitation = db.get_one(Invitation, asked)
    assert (invitation.reply, invitation.reason, invitation.passed_to_id) == (YES, "", None)


def test_who_was_not_wanted_does_not_offer_again(
    db: Session, opportunity: Opportunity, entry: CardEntry, member: Actor, offer: Invitation
):
    confirm_match(db, holding_the_code(entry), offer.id, yes=False)

    with pytest.raises(AlreadyAnswered, match="somebody else"):
        offer_to_join(db, member, opportunity.id)


def test_a_no_is_told_to_the_one_who_said_it_and_is_not_turned_by_a_stale_page(
    db: Session, card: ReportCard, opportunity: Opportunity, entry: CardEntry, offer: Invitation
):
    other = an_entry(db, card, released=True)
    a_source(db, opportunity, other)
    mine, theirs = holding_the_code(entry), holding_the_code(other)
    for _ in range(2):  # pressed on two phones
        confirm_match(db, mine, offer.id, yes=False)

    with pytest.raises(AlreadyAnswered, match="You said no"):
        confirm_match(db, mine, offer.id, yes=True)
    with pytest.raises(AlreadyAnswered, match="Somebody else"):
        confirm_match(db, theirs, offer.id, yes=True)
    told = [offers_for_entry(db, one, one.entry_id or 0)[0] for one in (mine, theirs)]
    assert [(row.answer, row.my_no) for row in told] == [("no", True), ("no", False)]
    assert db.scalars(sa.select(Event.kind)).all().count(EventKind.MATCH_REFUSED) == 1
