"""What the Youth Voice Team records of signatures: given on paper, or by somebody they know."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.outcomes_rules import (
    AlreadySigned,
    is_complete,
    made_too_much,
    may_be_anybodys,
    must_wait_for_signatures,
    outcome_of,
    seat_named,
    signature,
)
from coprod_data.commands.outcomes_steps import by_seat, by_staff, sign
from coprod_data.models import CoSignature
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Permission, Refused
from coprod_data.scopes.one_person import same_person
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.outcomes import Side


def record_signature(
    db: Session,
    actor: Actor,
    outcome_id: int,
    *,
    side: Side,
    entry_id: int | None = None,
    person_id: int | None = None,
) -> int:
    """Record a signature given on paper or aloud; it counts once a second worker confirms it.

    `entry_id` or `person_id` names who signed: a young person in the work, or a matched member.
    Returns the signature's id. Raises NotFound, NotAllowed, AlreadySigned, Invalid, Refused.
    """
    actor.must(Permission.OUTCOMES_RECORD)
    if (entry_id is None) == (person_id is None):
        raise Invalid("Say who signed.", field="signatory")
    outcome, opportunity = outcome_of(db, outcome_id)
    must_wait_for_signatures(db, outcome, opportunity)
    before = signature(db, outcome, side)
    if before is not None and not made_too_much(db, outcome, before):
        raise AlreadySigned("This side has already been signed or written down.")
    if side is Side.YOUNG:
        seat = seat_named(db, opportunity, entry_id=entry_id, person_id=person_id)
        signed = by_seat(outcome, actor, seat)
    elif person_id is None:
        raise Invalid("A card code can only sign for young people.", field="signatory")
    else:
        signed = by_staff(db, outcome, opportunity, actor, person_id)
    signed.recorded_by_id = actor.id
    sign(db, actor, outcome, opportunity, signed, instead_of=before)
    return signed.id


def witness_signature(db: Session, actor: Actor, signature_id: int) -> None:
    """Confirm as a second worker a signature on paper, which then counts.

    Raises NotFound, NotAllowed, AlreadySigned, Refused.
    """
    actor.must(Permission.OUTCOMES_RECORD)
    outcome_id = db.scalar(sa.select(CoSignature.outcome_id).where(CoSignature.id == signature_id))
    if outcome_id is None:
        raise NotFound("We could not find that signature.")
    outcome, opportunity = outcome_of(db, outcome_id)
    signed = db.get_one(CoSignature, signature_id, populate_existing=True)
    if is_complete(signed):
        raise AlreadySigned("This signature already counts.")
    must_wait_for_signatures(db, outcome, opportunity)
    if same_person(db, actor.id, signed.recorded_by_id):
        raise NotAllowed("A second worker must confirm this, not the one who wrote it down.")
    sign(db, actor, outcome, opportunity, signed, witness_id=actor.id)


def know_signatory(db: Session, actor: Actor, signature_id: int) -> None:
    """Say, as a worker who does not sign for staff, that the team knows the young person who signed
    with a card code. A second call changes nothing.

    It can be said before the staff side signs and after. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.OUTCOMES_RECORD)
    outcome_id = db.scalar(sa.select(CoSignature.outcome_id).where(CoSignature.id == signature_id))
    if outcome_id is None:
        raise NotFound("We could not find that signature.")
    outcome, _ = outcome_of(db, outcome_id)
    signed = db.get_one(CoSignature, signature_id, populate_existing=True)
    if signed.known_at is not None:
        return
    if not may_be_anybodys(signed):
        raise Refused("This signature was not given with a card code.")
    staff = signature(db, outcome, Side.STAFF)
    if staff is not None and same_person(db, actor.id, staff.person_id):
        raise NotAllowed("You signed for staff, so another worker has to say this.")
    signed.known_at, signed.known_by_id = actor.at, actor.id
    record(db, actor, EventKind.OUTCOME_KNOWN, outcome, opportunity=outcome.opportunity_id)
