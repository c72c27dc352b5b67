"""What a decision must say, and which one a command may work on. Nothing here writes."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked, must_be_an_adult, must_be_promised
from coprod_data.models import Decision, Person, Service
from coprod_data.permissions import KEEPERS, Invalid, NotFound, Refused
from coprod_data.rules.meeting_decision import Said
from coprod_data.rules.texts import optional_names, optional_text, required_line
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.meetings import TO_BE_DONE


def checked(said: Said, today: date) -> Said:
    """Return a decision cleaned, with all that it must have. Raises Invalid."""
    if said.result is None:
        raise Invalid(
            "Choose what was decided: agreed, amended, deferred or noted.", field="result"
        )
    said = replace(
        said,
        recommendation=optional_text(said.recommendation, "recommendation"),
        wording=required_line(said.wording, "wording", "Say in a line what was decided.", 240),
        together_with=optional_names(said.together_with, "together_with"),
    )
    if said.result not in TO_BE_DONE:
        return replace(said, commitment_id=None, service_id=None)
    if said.owner_id is None:
        raise Invalid("Choose who does it.", field="owner_id")
    if said.due_on is None:
        raise Invalid("Say by when.", field="due_on")
    if said.due_on < today:
        raise Invalid("The day by which it is done is still to come.", field="due_on")
    if said.commitment_id is not None and said.service_id is None:
        raise Invalid("Choose the service: an action of the plan has one.", field="service_id")
    return said


def must_be_possible(db: Session, said: Said) -> None:
    """Check that whom and what a decision names is there. Raises NotFound, Invalid."""
    if said.owner_id is not None:
        must_be_an_adult(db, said.owner_id, "Choose an adult. Say with whom together below.")
    if said.commitment_id is None:
        return
    must_be_promised(db, said.commitment_id)
    keeps = db.scalar(sa.select(holds(*KEEPERS)).where(Person.id == said.owner_id))
    if not keeps:
        raise Invalid(
            "An action of the plan has a manager or a worker as its owner.", field="owner_id"
        )
    service = db.get(Service, said.service_id) if said.service_id else None
    if service is None or service.retired_at is not None:
        raise NotFound("This service is not there any more. Choose another.", field="service_id")


def decision_of(db: Session, decision_id: int) -> Decision:
    """Return a decision that is not confirmed, locked. Raises NotFound, Refused."""
    decision = locked(db, Decision, decision_id, "decision")
    if decision.confirmed_at is not None:
        raise Refused("The chair has confirmed this decision. Reload the page.")
    return decision


def newest_of_item(db: Session, item_id: int) -> Decision | None:
    """Return the newest decision about an item."""
    return db.scalars(
        sa.select(Decision).where(Decision.item_id == item_id).order_by(Decision.id.desc()).limit(1)
    ).first()


def said_of(decision: Decision) -> Said:
    """Return what a decision says."""
    return Said.of(decision)
