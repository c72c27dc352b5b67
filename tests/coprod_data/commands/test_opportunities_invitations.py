"""Members and officers who are asked, and what they answer."""

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
    Invitation,
    Opportunity,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from tests.helpers.builders import NOW, a_person, days_ago, holding_the_code, somebody, unrecorded
from tests.helpers.working_together import NOT_JOINABLE, an_invitation

S = OpportunityState
YES = InvitationReply.YES


def test_the_team_and_the_chair_invite(db: Session, opportunity: Opportunity, member: Actor):
    chair = somebody(db, Role.CHAIR)

    invitation = db.get_one(Invitation, invite_member(db, chair, opportunity.id, member.id))

    assert (invitation.asked_by_id, invitation.asked_at, invitation.reply) == (
        chair.id, NOW, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.YOUTH_VOICE, Role.CHAIR)]
)
def test_nobody_else_invites(db: Session, opportunity: Opportunity, member: Actor, role: Role):
    with pytest.raises(NotAllowed):
        invite_member(db, somebody(db, role), opportunity.id, member.id)


@pytest.mark.parametrize(
    "roles",
    [
        [],
        [Role.YOUNG_PERSON],
        [Role.YOUTH_VOICE],
        [Role.ADMINISTRATOR],
        [Role.CHAIR, Role.YOUNG_PERSON],
    ],
    ids=str,
)
def test_only_members_and_officers_are_invited(
    db: Session, opportunity: Opportunity, worker: Actor, roles: list[Role]
):
    with pytest.raises(Invalid, match="Board member or an officer"):
        invite_member(db, worker, opportunity.id, a_person(db, *roles).id)


def test_a_closed_account_is_not_invited(db: Session, opportunity: Opportunity, worker: Actor):
    gone = a_person(db, Role.BOARD_MEMBER, disabled_at=days_ago(1))

    with pytest.raises(Invalid):
        invite_member(db, worker, opportunity.id, gone.id)


def test_nobody_is_asked_twice_before_the_time_has_run_out(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor
):
    an_invitation(db, opportunity, member, asked_at=days_ago(20))

    with pytest.raises(AlreadyAnswered):
        invite_member(db, worker, opportunity.id, member.id)


def test_after_21_days_an_invitation_lapses_and_may_be_sent_again(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor
):
    invitation = an_invitation(db, opportunity, member, asked_at=days_ago(21))
    with pytest.raises(Refused, match="time to answer has run out"):
        reply_to_invitation(db, member, invitation.id, reply=YES)

    assert invite_member(db, worker, opportunity.id, member.id) == invitation.id
    assert invitation.asked_at == NOW
    reply_to_invitation(db, member, invitation.id, reply=YES)
    assert invitation.reply is YES


def test_who_let_an_invitation_lapse_may_still_offer(
    db: Session, opportunity: Opportunity, member: Actor
):
    invitation = an_invitation(db, opportunity, member, asked_at=days_ago(40))

    offer_to_join(db, member, opportunity.id)

    assert invitation.reply is YES


@pytest.mark.parametrize("reply", [InvitationReply.NOT_THIS_TIME, InvitationReply.PASS_TO])
def test_a_no_needs_a_reason(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor, reply: InvitationReply
):
    asked = invite_member(db, worker, opportunity.id, member.id)
    other = a_person(db, Role.MANAGER)

    with pytest.raises(Invalid) as refused:
        reply_to_invitation(db, member, asked, reply=reply, reason=" ", passed_to_id=other.id)

    assert refused.value.field == "reason"


def test_passing_on_asks_the_other(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor
):
    asked = invite_member(db, worker, opportunity.id, member.id)
    other = a_person(db, Role.MANAGER)

    reply_to_invitation(
        db,
        member,
        asked,
        reply=InvitationReply.PASS_TO,
        reason="Gill knows more.",
        passed_to_id=other.id,
    )

    passed = db.scalars(sa.select(Invitation).where(Invitation.person_id == other.id)).one()
    assert (passed.asked_by_id, passed.reply) == (member.id, None)
    assert db.get_one(Invitation, asked).passed_to_id == other.id


def test_an_invitation_is_passed_to_somebody_who_can_take_it(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor
):
    asked = invite_member(db, worker, opportunity.id, member.id)
    for whom in (None, member.id, a_person(db, Role.YOUNG_PERSON).id):
        with pytest.raises(Invalid):
            reply_to_invitation(
                db, member, asked, reply=InvitationReply.PASS_TO, reason="x", passed_to_id=whom
            )


def test_nobody_answers_for_another(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor
):
    asked = invite_member(db, worker, opportunity.id, member.id)

    for role in (Role.BOARD_MEMBER, Role.CHAIR, Role.MANAGER):
        with pytest.raises(NotFound):
            reply_to_invitation(db, somebody(db, role), asked, reply=YES)
    for role in (Role.YOUTH_VOICE, Role.YOUNG_PERSON, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            reply_to_invitation(db, somebody(db, role), asked, reply=YES)


def test_an_answer_is_given_once_but_a_yes_may_be_taken_back_before_the_work(
    db: Session, opportunity: Opportunity, entry: CardEntry, member: Actor, offer: Invitation
):
    confirm_match(db, holding_the_code(entry), offer.id, yes=True)
    with pytest.raises(AlreadyAnswered):
        reply_to_invitation(db, member, offer.id, reply=YES)

    reply_to_invitation(
        db, member, offer.id, reply=InvitationReply.NOT_THIS_TIME, reason="I am ill."
    )

    assert (opportunity.state, offer.confirmed_at) == (S.OPEN, None)
    with pytest.raises(AlreadyAnswered):
        reply_to_invitation(db, member, offer.id, reply=YES)


def test_a_yes_is_not_taken_back_once_the_work_has_begun(
    db: Session, opportunity: Opportunity, member: Actor, offer: Invitation
):
    with unrecorded(db):
        opportunity.state = S.WORKING

    with pytest.raises(AlreadyAnswered):
        reply_to_invitation(
            db, member, offer.id, reply=InvitationReply.NOT_THIS_TIME, reason="Sorry."
        )


@pytest.mark.parametrize("state", NOT_JOINABLE)
def test_nothing_is_answered_that_has_moved_on(
    db: Session, opportunity: Opportunity, worker: Actor, member: Actor, state: OpportunityState
):
    asked = invite_member(db, worker, opportunity.id, member.id)
    with unrecorded(db):
        opportunity.state = state

    with pytest.raises(NoLongerOpen):
        reply_to_invitation(db, member, asked, reply=YES)
    with pytest.raises(NoLongerOpen):
        invite_member(db, worker, opportunity.id, a_person(db, Role.MANAGER).id)


def test_who_was_not_wanted_has_nothing_to_answer(
    db: Session, opportunity: Opportunity, member: Actor
):
    refused = an_invitation(
        db, opportunity, member, reply=YES, replied_at=days_ago(2), refused_at=days_ago(1)
    )

    with pytest.raises(AlreadyAnswered, match="somebody else"):
        reply_to_invitation(db, member, refused.id, reply=YES)
    with pytest.raises(NotFound):
        reply_to_invitation(db, member, 4711, reply=YES)
