"""What every change of an opportunity checks first."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked
from coprod_data.models import Invitation, Opportunity, OpportunityYoung, Person
from coprod_data.permissions import Invalid, Refused
from coprod_data.scopes.entries import on_its_card
from coprod_data.scopes.opportunities import matched, may_be_invited, taking_part
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.opportunities import OpportunityState


class NoLongerOpen(Refused):
    """The opportunity has moved on since the page was drawn."""


def opportunity_of(db: Session, opportunity_id: int, *states: OpportunityState) -> Opportunity:
    """Return an opportunity in one of these states, locked until the transaction ends.

    Raises NotFound, and NoLongerOpen with a sentence that says its state now.
    """
    opportunity = locked(db, Opportunity, opportunity_id, "opportunity")
    if states and opportunity.state not in states:
        raise NoLongerOpen(
            f"This has changed since you opened the page. It now reads: {opportunity.state.words}."
        )
    return opportunity


def staff_side(db: Session, person_id: int) -> Person:
    """Return a member or officer who may be asked. Raises Invalid."""
    person = db.scalar(sa.select(Person).where(Person.id == person_id, may_be_invited()))
    if person is None:
        raise Invalid(
            labelled("Choose a Board member or an officer with an open account."), field="person"
        )
    return person


def somebody_matched(db: Session, opportunity_id: int) -> bool:
    """Say whether a young person said yes to a member who can still act for the staff side."""
    return bool(
        db.scalar(
            sa.select(
                sa.exists()
                .where(Invitation.opportunity_id == opportunity_id, matched())
                .where(Person.id == Invitation.person_id, may_be_invited())
            )
        )
    )


def young_person_in(db: Session, opportunity_id: int) -> bool:
    """Say whether a young person is in it."""
    return bool(
        db.scalar(
            sa.select(
                sa.exists().where(
                    OpportunityYoung.opportunity_id == opportunity_id, taking_part(on_its_card())
                )
            )
        )
    )
