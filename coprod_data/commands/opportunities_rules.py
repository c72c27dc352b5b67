"""What every change of an opportunity asks first."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Invitation, Opportunity, OpportunityYoung, Person
from coprod_data.permissions import Invalid, NotFound, Refused
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes.entries import let_out
from coprod_data.scopes.opportunities import matched, may_be_invited, taking_part
from coprod_data.vocabulary.opportunities import OpportunityState

MUST_SAY = {
    "help_wanted": "Say what help is wanted.",
    "time_needed": "Say how much time it takes.",
    "when_and_how": "Say when and how people meet.",
    "power_shared": "Say how power is shared: who decides what.",
    "support": "Say what support there is.",
    "expenses": "Say what is paid for.",
}


class NoLongerOpen(Refused):
    """The opportunity has moved on since the page was drawn."""


def locked(db: Session, opportunity_id: int, *states: OpportunityState) -> Opportunity:
    """Return an opportunity nobody else can change meanwhile, in one of these states.

    Raises NotFound, and NoLongerOpen with a sentence that says where it stands now.
    """
    opportunity = db.get(Opportunity, opportunity_id, with_for_update=True, populate_existing=True)
    if opportunity is None:
        raise NotFound("There is no such chance to work together.")
    if states and opportunity.state not in states:
        raise NoLongerOpen(f"This has changed since you opened the page. {opportunity.state.words}")
    return opportunity


def staff_side(db: Session, person_id: int) -> Person:
    """Return a member or officer who may be asked. Raises Invalid."""
    person = db.scalar(sa.select(Person).where(Person.id == person_id, may_be_invited()))
    if person is None:
        raise Invalid("Choose a board member or an officer with an open account.", field="person")
    return person


def somebody_matched(db: Session, opportunity_id: int) -> bool:
    """Say whether a young person said yes to a member who can still stand on the staff side."""
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
                    OpportunityYoung.opportunity_id == opportunity_id, taking_part(let_out())
                )
            )
        )
    )


def wording(title: str, help_wanted: str, *rest: str) -> dict[str, str]:
    """Return the checked texts by field; what may wait until it opens may be empty."""
    time_needed, when_and_how, power_shared, support, expenses = rest
    return {
        "title": required_line(title, "title", "Give it a title everybody understands."),
        "help_wanted": required_text(help_wanted, "help_wanted", MUST_SAY["help_wanted"]),
        "time_needed": optional_text(time_needed, "time_needed", 160),
        "when_and_how": optional_text(when_and_how, "when_and_how", 240),
        "power_shared": optional_text(power_shared, "power_shared"),
        "support": optional_text(support, "support", 240),
        "expenses": optional_text(expenses, "expenses", 240),
    }


def must_be_whole(said: dict[str, str]) -> None:
    """Go on only with everything that people must know before they join. Raises Invalid."""
    for field, sentence in MUST_SAY.items():
        if not said[field]:
            raise Invalid(f"Before it opens: {sentence[0].lower()}{sentence[1:]}", field=field)
