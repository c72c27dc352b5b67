"""Who joins an opportunity: members asked or offering, young people who say yes to them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.opportunities_rules import opportunity_of, somebody_matched, staff_side
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.models import CardEntry, Invitation, Opportunity, OpportunityYoung, Person
from coprod_data.permissions import (
    Actor,
    Invalid,
    NotAllowed,
    NotFound,
    Permission,
    Refused,
    Role,
)
from coprod_data.rules.texts import optional_text, required_text
from coprod_data.scopes.entries import on_its_card, own
from coprod_data.scopes.opportunities import may_be_invited, own_seat, stands_behind
from coprod_data.scopes.people import holds
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import JOINABLE, InvitationReply, OpportunityState
from coprod_data.vocabulary.settings import SettingKey

S = OpportunityState


class AlreadyAnswered(Refused):
    """The invitation or offer was already answered."""


def invite_member(db: Session, actor: Actor, opportunity_id: int, person_id: int) -> int:
    """Invite a member or officer; one who never answered may be asked again. Returns the
    invitation's id.

    Raises NotFound, NoLongerOpen, AlreadyAnswered, Invalid.
    """
    actor.must(Permission.OPPORTUNITIES_INVITE)
    opportunity = opportunity_of(db, opportunity_id, *JOINABLE)
    invitation = _ask(db, actor, opportunity, person_id)
    record(db, actor, EventKind.MEMBER_INVITED, invitation, opportunity=opportunity.id)
    return invitation.id


def offer_to_join(db: Session, actor: Actor, opportunity_id: int) -> int:
    """Say "I'll do it". A young person then says yes, or asks for somebody else.

    Returns the invitation's id. Raises NotFound, NoLongerOpen, AlreadyAnswered, NotAllowed.
    """
    actor.must(Permission.OPPORTUNITIES_REPLY)
    opportunity = opportunity_of(db, opportunity_id, S.OPEN, S.MATCHED)
    _must_be_staff_side(db, actor)
    invitation = _of_person(db, opportunity.id, actor.id)
    if invitation is None:
        invitation = Invitation(
            opportunity_id=opportunity.id, person_id=actor.id, asked_at=actor.at
        )
        db.add(invitation)
    elif invitation.refused_at is not None:
        raise AlreadyAnswered(
            "A young person asked for somebody else this time. Thank you for offering."
        )
    elif invitation.reply is InvitationReply.YES:
        raise AlreadyAnswered("You have already said yes. A young person will answer you.")
    invitation.reason, invitation.passed_to_id = "", None  # of a "not this time" before
    _answer(invitation, actor, InvitationReply.YES)
    record(db, actor, EventKind.MEMBER_OFFERED, invitation, opportunity=opportunity.id)
    return invitation.id


def reply_to_invitation(
    db: Session,
    actor: Actor,
    invitation_id: int,
    *,
    reply: InvitationReply,
    reason: str = "",
    passed_to_id: int | None = None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Answer the actor's own invitation: yes, not this time with a reason, or pass it to somebody.

    A yes may be taken back with a reason until the work begins. Passing on asks the other person.
    `opened` is the `reply` that the form showed. Raises NotFound, NoLongerOpen, AlreadyAnswered,
    Invalid, ChangedMeanwhile, and Refused when the time to answer has run out; the person may still
    offer.
    """
    actor.must(Permission.OPPORTUNITIES_REPLY)
    invitation, opportunity = _locked_with_opportunity(db, invitation_id)
    if invitation.person_id != actor.id:
        raise NotFound("We could not find that invitation.")
    if invitation.refused_at is not None:
        raise AlreadyAnswered("A young person asked for somebody else this time.")
    if invitation.reply is not None and (
        invitation.reply is not InvitationReply.YES or opportunity.state is S.WORKING
    ):
        raise AlreadyAnswered("You have already answered this.")
    must_be_as_opened({"reply": invitation.reply}, opened, {})
    if _lapsed(db, actor, invitation):
        raise Refused(
            "The time to answer has run out. If it is still waiting, choose “I’ll do it”."
        )
    if reply is InvitationReply.YES:
        if invitation.reply is InvitationReply.YES:
            raise AlreadyAnswered("You have already said yes. A young person will answer you.")
        _must_be_staff_side(db, actor)
        reason = optional_text(reason, "reason")
    else:
        passes = reply is InvitationReply.PASS_TO
        why = "Say why you pass it on" if passes else "Say why in a sentence"
        reason = required_text(reason, "reason", f"{why}, so that young people understand.")
    if reply is InvitationReply.PASS_TO:
        if passed_to_id is None or passed_to_id == actor.id:
            raise Invalid("Choose who to pass it to.", field="passed_to")
        passed = _ask(db, actor, opportunity, passed_to_id)
        record(db, actor, EventKind.MEMBER_INVITED, passed, opportunity=opportunity.id)
    invitation.reason = reason
    invitation.passed_to_id = passed_to_id if reply is InvitationReply.PASS_TO else None
    _answer(invitation, actor, reply)
    _open_again_without_a_match(db, opportunity)
    record(db, actor, EventKind.INVITATION_ANSWERED, invitation, opportunity=opportunity.id)


def invite_young_person(db: Session, actor: Actor, opportunity_id: int, person_id: int) -> None:
    """Invite a young person with an account, who then decides about members. A second call adds
    nothing.

    Raises NotFound, NoLongerOpen, Invalid.
    """
    actor.must(Permission.OPPORTUNITIES_INVITE_YOUNG)
    opportunity = opportunity_of(db, opportunity_id, *JOINABLE)
    young = db.scalar(sa.select(Person.id).where(Person.id == person_id, holds(Role.YOUNG_PERSON)))
    if young is None or person_id == actor.id:
        raise Invalid("Choose a young person with an open account.", field="person")
    seat = db.scalar(
        sa.select(OpportunityYoung.id).filter_by(opportunity_id=opportunity.id, person_id=person_id)
    )
    if seat is None:
        db.add(
            OpportunityYoung(
                opportunity_id=opportunity.id, person_id=person_id, invited_at=actor.at
            )
        )
        record(db, actor, EventKind.YOUNG_INVITED, opportunity, person=person_id)


def confirm_match(db: Session, actor: Actor, invitation_id: int, *, yes: bool) -> None:
    """Say as a young person whether this member is the right one, or ask for somebody else.

    A yes also gives the young person a place in the opportunity. Until the work begins a yes may
    become a no; a no cannot be changed, and said twice it counts once.
    Raises NotFound, NoLongerOpen, AlreadyAnswered.
    """
    actor.must(Permission.OPPORTUNITIES_CONFIRM)
    invitation, opportunity = _locked_with_opportunity(db, invitation_id)
    seat = _own_place(db, actor, opportunity)
    if invitation.reply is not InvitationReply.YES:
        raise NotFound("Nobody is offering this just now.")
    if invitation.refused_at is not None:
        refused = (invitation.refused_entry_id, invitation.refused_person_id)
        if refused != (seat.entry_id, seat.person_id):
            raise AlreadyAnswered("Somebody else has already been asked for.")
        if yes:
            raise AlreadyAnswered("You said no to this before. Write to us if you want it now.")
        return
    if yes:
        invitation.confirmed_at = invitation.confirmed_at or actor.at
        if seat not in db:
            db.add(seat)
        seat.confirmed_at = seat.confirmed_at or actor.at
        if opportunity.state is S.OPEN:
            opportunity.state = S.MATCHED
        record(db, actor, EventKind.MATCH_CONFIRMED, opportunity, invitation=invitation.id)
    else:
        if invitation.confirmed_at is not None and opportunity.state is S.WORKING:
            raise AlreadyAnswered("The work has begun. Tell your Youth Voice worker.")
        invitation.confirmed_at, invitation.refused_at = None, actor.at
        invitation.refused_entry_id = seat.entry_id
        invitation.refused_person_id = seat.person_id
        _open_again_without_a_match(db, opportunity)
        record(db, actor, EventKind.MATCH_REFUSED, opportunity, invitation=invitation.id)


def _of_person(db: Session, opportunity_id: int, person_id: int) -> Invitation | None:
    return db.scalar(
        sa.select(Invitation).filter_by(opportunity_id=opportunity_id, person_id=person_id)
    )


def _locked_with_opportunity(db: Session, invitation_id: int) -> tuple[Invitation, Opportunity]:
    """Lock the opportunity first, as every change does, then read the invitation as it is now."""
    opportunity_id = db.scalar(
        sa.select(Invitation.opportunity_id).where(Invitation.id == invitation_id)
    )
    if opportunity_id is None:
        raise NotFound("We could not find that invitation.")
    opportunity = opportunity_of(db, opportunity_id, *JOINABLE)
    return db.get_one(Invitation, invitation_id, populate_existing=True), opportunity


def _ask(db: Session, actor: Actor, opportunity: Opportunity, person_id: int) -> Invitation:
    person = staff_side(db, person_id)
    invitation = _of_person(db, opportunity.id, person.id)
    if invitation is None:
        invitation = Invitation(
            opportunity_id=opportunity.id,
            person_id=person.id,
            asked_at=actor.at,
            asked_by_id=actor.id,
        )
        db.add(invitation)
    elif _lapsed(db, actor, invitation):
        invitation.asked_at, invitation.asked_by_id = actor.at, actor.id
    else:
        raise AlreadyAnswered("They have already been asked.")
    db.flush()
    return invitation


def _lapsed(db: Session, actor: Actor, invitation: Invitation) -> bool:
    days = int(setting(db, SettingKey.INVITATION_DAYS))
    return invitation.reply is None and actor.at - invitation.asked_at >= timedelta(days=days)


def _answer(invitation: Invitation, actor: Actor, reply: InvitationReply) -> None:
    invitation.reply, invitation.replied_at = reply, actor.at
    invitation.confirmed_at = None


def _open_again_without_a_match(db: Session, opportunity: Opportunity) -> None:
    db.flush()
    if opportunity.state is S.MATCHED and not somebody_matched(db, opportunity.id):
        opportunity.state = S.OPEN


def _must_be_staff_side(db: Session, actor: Actor) -> None:
    """Refuse a young person on the staff side. Raises NotAllowed."""
    if not db.scalar(sa.select(Person.id).where(Person.id == actor.id, may_be_invited())):
        raise NotAllowed(
            "You can only join on young people’s side. Ask the Youth Voice Team to invite you."
        )


def _own_place(db: Session, actor: Actor, opportunity: Opportunity) -> OpportunityYoung:
    """Return this young person's seat, adding one when the opportunity comes from their card.

    Raises NotFound, with the same words for everybody.
    """
    seat = db.scalar(
        sa.select(OpportunityYoung)
        .outerjoin(CardEntry, CardEntry.id == OpportunityYoung.entry_id)
        .where(
            OpportunityYoung.opportunity_id == opportunity.id,
            own_seat(actor),
            sa.or_(CardEntry.id.is_(None), on_its_card()),
        )
        .order_by(OpportunityYoung.id)
        .limit(1)
    )
    if seat is not None:
        return seat
    entry_id = db.scalar(
        sa.select(CardEntry.id)
        .where(
            CardEntry.kind == EntryKind.WORDS,
            own(actor),
            on_its_card(),
            stands_behind(opportunity.id),
        )
        .order_by(CardEntry.id)
        .limit(1)
    )
    if entry_id is None:
        raise NotFound("There is nothing to answer here.")
    return OpportunityYoung(opportunity_id=opportunity.id, entry_id=entry_id)
