"""Who may sign which side of an outcome, and what the second signature sets off."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked
from coprod_data.models import (
    CardEntry,
    CardHolder,
    CoSignature,
    Invitation,
    NotYet,
    Opportunity,
    OpportunityYoung,
    Outcome,
    Person,
    ResetLink,
)
from coprod_data.permissions import Actor, ActorKind, NotAllowed, NotFound, Refused, Role
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.entries import on_its_card
from coprod_data.scopes.one_person import accounts_of_one
from coprod_data.scopes.opportunities import matched, may_be_invited, own_seat, taking_part
from coprod_data.scopes.outcomes import let_words_out, made_both_sides, opened_and_proposed
from coprod_data.scopes.people import WATCHED_FOR, holds, watched
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import Capacity, Side
from coprod_data.vocabulary.rewordings import BEING_REWORDED


class AlreadySigned(Refused):
    """This side has already signed, or the outcome is complete."""


def outcome_of(db: Session, outcome_id: int) -> tuple[Outcome, Opportunity]:
    """Return an outcome and its opportunity, both locked until the transaction ends.

    Raises NotFound.
    """
    opportunity_id = db.scalar(sa.select(Outcome.opportunity_id).where(Outcome.id == outcome_id))
    if opportunity_id is None:
        raise NotFound("We could not find that outcome. Reload the page.")
    opportunity = locked(db, Opportunity, opportunity_id, "opportunity")
    return db.get_one(Outcome, outcome_id, populate_existing=True), opportunity


def must_wait_for_signatures(db: Session, outcome: Outcome, opportunity: Opportunity) -> None:
    """Check that the outcome is neither signed by both sides, nor sent back, nor being reworded.

    Raises AlreadySigned, Refused.
    """
    if outcome.co_signed_at is not None:
        raise AlreadySigned("Both sides have signed this already.")
    if db.scalar(sa.select(NotYet.id).where(NotYet.outcome_id == outcome.id).limit(1)):
        raise AlreadySigned("A young person said not yet. It needs a new proposal.")
    if opportunity.state is not OpportunityState.WORKING:
        raise Refused("The work on this has stopped, so nothing can be signed just now.")
    if BEING_REWORDED in (outcome.you_said, outcome.worked_with, outcome.what_changed):
        raise Refused("This is being reworded. You can sign when the new words are here.")


def must_have_own_password(db: Session, actor: Actor) -> None:
    """Refuse who signs in with a password that perhaps somebody else chose. Raises Refused."""
    if actor.person_id is None:
        return
    newest = (
        sa.select(ResetLink.id)
        .where(ResetLink.person_id == actor.person_id, ResetLink.set_at.is_not(None))
        .order_by(ResetLink.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    chosen = sa.select(ResetLink.set_at).where(ResetLink.id == newest, watched(actor.at))
    if chosen_at := db.scalar(chosen):
        day = london_day(chosen_at + WATCHED_FOR)
        raise Refused(
            "Your password was chosen with a link less than seven days ago. So that nobody signs "
            f"in your name, you can sign from {day.day} {day:%B}. Until then ask somebody else in "
            "this work."
        )


def signature(db: Session, outcome: Outcome, side: Side) -> CoSignature | None:
    """Return the signature of a side, complete or not."""
    return db.scalar(sa.select(CoSignature).filter_by(outcome_id=outcome.id, side=side))


def is_complete(signed: CoSignature | None) -> bool:
    """Say whether a signature counts: given in person, or recorded by two workers."""
    return signed is not None and (
        signed.recorded_by_id is None or signed.witnessed_by_id is not None
    )


def may_be_anybodys(signed: CoSignature | None) -> bool:
    """Say whether a signature was given with a card code and nobody knows who gave it."""
    return (
        signed is not None
        and signed.side is Side.YOUNG
        and signed.entry_id is not None
        and signed.recorded_by_id is None
        and signed.known_at is None
    )


def must_not_have_made_both_sides(db: Session, outcome: Outcome, person_id: int) -> None:
    """Check that one adult does not make both sides: whoever signs for staff released none of the
    words the work comes from, and did not both open the opportunity and propose the outcome.

    Raises NotAllowed.
    """
    this = Outcome.id == outcome.id
    if db.scalar(sa.select(sa.exists().where(this, let_words_out(person_id)))):
        raise NotAllowed(
            "Whoever let out the words that this work comes from cannot sign for staff. "
            "Ask another member or officer in this work."
        )
    if db.scalar(sa.select(sa.exists().where(this, opened_and_proposed(person_id)))):
        raise NotAllowed(
            "One person cannot open an opportunity, propose its outcome and sign for staff. "
            "Ask another member or officer in this work."
        )


def made_too_much(db: Session, outcome: Outcome, signed: CoSignature | None) -> bool:
    """Say whether a staff signature does not count because its signatory made both sides."""
    if signed is None or signed.side is not Side.STAFF or signed.person_id is None:
        return False
    mine = made_both_sides(signed.person_id)
    return bool(db.scalar(sa.select(sa.exists().where(Outcome.id == outcome.id, mine))))


def own_side(actor: Actor) -> Side:
    """Return the one side this person may sign; a young person may sign only the young people's
    side.
    """
    young = actor.kind is ActorKind.CARD_CODE or Role.YOUNG_PERSON in actor.roles
    return Side.YOUNG if young else Side.STAFF


def seat_of(db: Session, actor: Actor, opportunity: Opportunity) -> OpportunityYoung:
    """Return this young person's own confirmed place. Raises NotAllowed."""
    return _seat(db, opportunity, own_seat(actor))


def seat_named(
    db: Session, opportunity: Opportunity, *, entry_id: int | None, person_id: int | None
) -> OpportunityYoung:
    """Return the confirmed place of a card or an account. Raises NotAllowed."""
    named = (
        OpportunityYoung.entry_id == entry_id
        if entry_id is not None
        else OpportunityYoung.person_id == person_id
    )
    return _seat(db, opportunity, named)


def must_sign_alone(db: Session, actor: Actor, seat: OpportunityYoung, *, otherwise: str) -> None:
    """Refuse a card's code on its own where a worker typed the card, because the worker knows it
    too. `otherwise` says what its author can do instead. Raises NotAllowed.
    """
    typed = sa.select(CardEntry.typed_by_id).where(CardEntry.id == seat.entry_id)
    if actor.kind is ActorKind.CARD_CODE and db.scalar(typed) is not None:
        raise NotAllowed(f"A worker wrote this card with you. {otherwise}")


def young_capacity(seat: OpportunityYoung) -> Capacity:
    """Say whether the author of a card signs, or a young member of the group."""
    return Capacity.AUTHOR if seat.entry_id is not None else Capacity.GROUP_MEMBER


def staff_capacity(db: Session, opportunity: Opportunity, person_id: int) -> Capacity:
    """Say in what capacity a matched member or officer signs. Raises NotAllowed for others."""
    board = holds(Role.BOARD_MEMBER, Role.CHAIR)
    on_board = db.scalar(
        sa.select(sa.case((board, 1), else_=0))
        .select_from(Person)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(
            Person.id == person_id,
            Invitation.opportunity_id == opportunity.id,
            matched(),
            may_be_invited(),
        )
    )
    if on_board is None:
        raise NotAllowed(
            "Only a member or officer whom a young person said yes to in this work can sign."
        )
    return Capacity.BOARD_MEMBER if on_board else Capacity.OFFICER


def must_be_two_people(
    db: Session,
    opportunity: Opportunity,
    young: CoSignature | None,
    staff: CoSignature | None,
    *,
    witness_id: int | None = None,
) -> None:
    """Keep the two sides apart: one person signs one side, and the staff signatory may not have
    recorded a paper signature, nor have said that a young person is known. `witness_id` is the
    person about to confirm one.

    Raises NotAllowed.
    """
    signatory = staff.person_id if staff else None
    if signatory is None:
        return
    theirs = accounts_of_one(db, [signatory])[signatory]
    cards = sa.select(CardHolder.entry_id).where(CardHolder.person_id.in_(theirs))
    has_seat = db.scalar(
        sa.select(OpportunityYoung.id)
        .where(
            OpportunityYoung.opportunity_id == opportunity.id,
            sa.or_(OpportunityYoung.person_id.in_(theirs), OpportunityYoung.entry_id.in_(cards)),
        )
        .limit(1)
    )
    if has_seat:
        raise NotAllowed(
            "Each person can sign for one side only, and they are on the young people’s side."
        )
    workers = {witness_id}
    for signed in (young, staff):
        if signed is not None:
            workers |= {signed.recorded_by_id, signed.witnessed_by_id, signed.known_by_id}
    if theirs & workers:
        raise NotAllowed(
            "The person who signs for staff cannot also write down a paper signature, "
            "or say that a young person is known."
        )


def _seat(db: Session, opportunity: Opportunity, whose: sa.ColumnElement[bool]) -> OpportunityYoung:
    seat = db.scalar(
        sa.select(OpportunityYoung)
        .where(OpportunityYoung.opportunity_id == opportunity.id, whose, taking_part(on_its_card()))
        .order_by(OpportunityYoung.id)
        .limit(1)
    )
    if seat is None:
        raise NotAllowed("Only a young person who is in this work can do that for young people.")
    return seat
