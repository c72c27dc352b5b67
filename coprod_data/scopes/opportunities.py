"""Who is in an opportunity and how it reads: conditions in SQL, no reads."""

from typing import Any

import sqlalchemy as sa

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    CardEntry,
    CardHolder,
    CoproductionSession,
    Invitation,
    NotYet,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Outcome,
    Person,
    ReportCard,
    ServiceMember,
)
from coprod_data.models.links import cards_of_officer
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.opportunities import (
    JOINABLE,
    InvitationReply,
    OpportunityProgress,
    OpportunityState,
)

STAFF_SIDE = (Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR)


def words_are_kept(actor: Actor) -> bool:
    """Say whether what this actor suggests is a young person's own words, which wait to be read."""
    return Role.YOUNG_PERSON in actor.roles and not actor.may(Permission.OPPORTUNITIES_OPEN)


def may_be_invited() -> sa.ColumnElement[bool]:
    """Return the condition that a person can be on the staff side of an opportunity."""
    return sa.and_(holds(*STAFF_SIDE), ~holds(Role.YOUNG_PERSON))


def brought_forward() -> sa.ColumnElement[bool]:
    """Return which opportunities are more than a suggestion: neither just spotted nor declined."""
    return Opportunity.state.not_in((OpportunityState.SPOTTED, OpportunityState.DECLINED))


def of_somebody_here() -> sa.ColumnElement[bool]:
    """Return the condition that an invitation is of somebody who can still answer or do the work:
    nobody waits for one whose account is closed, or who has left the staff side.
    """
    return (
        sa.exists().where(Person.id == Invitation.person_id, may_be_invited()).correlate(Invitation)
    )


def unanswered() -> sa.ColumnElement[bool]:
    """Return the condition that somebody was asked to join, could answer, and has not."""
    return sa.and_(
        Invitation.reply.is_(None), Invitation.asked_by_id.is_not(None), of_somebody_here()
    )


def said_yes() -> sa.ColumnElement[bool]:
    """Return the condition that a member said yes and no young person asked for somebody else."""
    return sa.and_(Invitation.reply == InvitationReply.YES, Invitation.refused_at.is_(None))


def said_aloud() -> sa.ColumnElement[bool]:
    """Return the condition that somebody said yes in a meeting, and has not answered since."""
    return sa.and_(Invitation.reply.is_(None), Invitation.said_at.is_not(None))


def matched() -> sa.ColumnElement[bool]:
    """Return the condition that both a member and a young person said yes to the match."""
    return sa.and_(said_yes(), Invitation.confirmed_at.is_not(None))


def without_member() -> sa.ColumnElement[bool]:
    """Return the condition that work goes on or waits to begin, and each member who said yes left:
    their account is closed, or they hold no role of the staff side any more.
    """
    yes = sa.exists().where(Invitation.opportunity_id == Opportunity.id, said_yes())
    here = yes.where(Person.id == Invitation.person_id, may_be_invited())
    signed = shown_state() == OpportunityProgress.CO_SIGNED.value
    return sa.and_(
        Opportunity.state.in_(JOINABLE),
        yes.correlate(Opportunity),
        ~here.correlate(Opportunity),
        ~signed,
    )


def seen_invitation(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which invitations an actor may know of: each yes, one said in a meeting among them,
    their own, and all for the chair.
    """
    if actor.may(Permission.OPPORTUNITIES_SEE_SILENT):
        return sa.true()
    return sa.or_(said_yes(), said_aloud(), Invitation.person_id == actor.person_id)


def own_seat(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which young people's seats are this actor's: by account, or by a card they hold."""
    if actor.entry_id is not None:
        return OpportunityYoung.entry_id == actor.entry_id
    if actor.person_id is None:
        return sa.false()
    cards = sa.select(CardHolder.entry_id).where(CardHolder.person_id == actor.person_id)
    return sa.or_(
        OpportunityYoung.person_id == actor.person_id, OpportunityYoung.entry_id.in_(cards)
    )


def taking_part(open_card: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return which seats count: confirmed, and the card they came by, if any, passes `open_card`.

    `open_card` is the condition on CardEntry of whoever keeps the gate: `entries.on_its_card()`.
    """
    card = sa.exists().where(CardEntry.id == OpportunityYoung.entry_id, open_card)
    return sa.and_(
        OpportunityYoung.confirmed_at.is_not(None),
        sa.or_(OpportunityYoung.entry_id.is_(None), card),
    )


def young_asked(open_card: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return which young people's seats a session of their opportunity asks: those that take part,
    while the card they came by passes `open_card`, as in `taking_part`.
    """
    of_it = OpportunityYoung.opportunity_id == CoproductionSession.opportunity_id
    return sa.and_(of_it, taking_part(open_card))


def members_asked() -> sa.ColumnElement[bool]:
    """Return which members' invitations a session of their opportunity asks."""
    of_it = Invitation.opportunity_id == CoproductionSession.opportunity_id
    return sa.and_(of_it, matched(), of_somebody_here())


def stands_behind(opportunity_id: Any) -> sa.ColumnElement[bool]:
    """Return which entries an opportunity comes from, directly or by their report card."""
    return (
        sa.exists()
        .where(
            OpportunitySource.opportunity_id == opportunity_id,
            sa.or_(
                OpportunitySource.entry_id == CardEntry.id,
                OpportunitySource.report_card_id == CardEntry.report_card_id,
            ),
        )
        # The enclosing query, two levels up, selects the opportunity. Without this correlation the
        # subquery would match any opportunity.
        .correlate(CardEntry, Opportunity)
    )


def nameable_card(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which report cards this actor may name as a source."""
    if actor.may(Permission.REPORT_CARDS_READ):
        return sa.true()
    if actor.may(Permission.REPORT_CARDS_READ_LINKED):
        return ReportCard.id.in_(cards_of_officer(actor.id))
    return sa.false()


def nameable_audit_answer(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which audit answers this actor may read and so name as a source."""
    if actor.may(Permission.AUDITS_READ):
        return sa.true()
    if not actor.may(Permission.AUDITS_READ_OWN):
        return sa.false()
    services = sa.select(ServiceMember.service_id).where(ServiceMember.person_id == actor.id)
    own = sa.select(AuditReturn.id).where(AuditReturn.service_id.in_(services))
    return AuditAnswer.return_id.in_(own)


def newest_outcome() -> sa.ScalarSelect[int]:
    """Return the id of an opportunity's newest outcome."""
    return (
        sa.select(sa.func.max(Outcome.id))
        .where(Outcome.opportunity_id == Opportunity.id)
        .correlate(Opportunity)
        .scalar_subquery()
    )


def shown_state() -> sa.ColumnElement[str]:
    """Return how an opportunity reads, a value of OpportunityProgress.

    That is its stored state, or what its people and outcomes say. `OFFERED` is open with a member's
    yes that waits for a young person; `OUTCOME_PROPOSED` and `CO_SIGNED` come from the newest
    outcome; one that was sent back is shown as working again.
    """
    offered = sa.exists().where(Invitation.opportunity_id == Opportunity.id, said_yes())
    sent_back = sa.exists().where(NotYet.outcome_id == Outcome.id)
    newest = sa.exists().where(Outcome.id == newest_outcome())
    is_open = Opportunity.state == OpportunityState.OPEN
    begun = Opportunity.state.in_((OpportunityState.WORKING, OpportunityState.CLOSED))
    signed = newest.where(Outcome.co_signed_at.is_not(None))
    return sa.case(
        (sa.and_(is_open, offered), OpportunityProgress.OFFERED.value),
        (sa.and_(begun, signed), OpportunityProgress.CO_SIGNED.value),
        (sa.and_(begun, newest.where(~sent_back)), OpportunityProgress.OUTCOME_PROPOSED.value),
        else_=sa.cast(Opportunity.state, sa.String),
    )


def disputed() -> sa.ColumnElement[bool]:
    """Return whether a young person said "not yet" to the newest outcome."""
    return sa.exists().where(NotYet.outcome_id == newest_outcome())
