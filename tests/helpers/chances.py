"""What tests of opportunities share: who, which one, and what to press."""

import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.models import Invitation, Opportunity, Person
from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import OpportunityState

PAGE = "together/opportunities.py"
TITLE = "Opportunities"
TAXI = "A school taxi that comes on time"
KEYS_DAY = "Moving-in day: someone at the door"
READERS = ["youth.voice", "safeguarding.lead", "manager", "board.member", "chair"]


def number_of(council: Database, title: str) -> int:
    with council.engine.connect() as connection:
        found = connection.scalar(sa.select(Opportunity.id).where(Opportunity.title == title))
    assert found, f"the demo council has no {title}"
    return found


def state_of(council: Database, title: str) -> OpportunityState:
    with council.engine.connect() as connection:
        return connection.scalars(
            sa.select(Opportunity.state).where(Opportunity.title == title)
        ).one()


def invitation_of(council: Database, title: str, username: str) -> sa.Row[tuple[object, ...]]:
    with council.engine.connect() as connection:
        return connection.execute(
            sa.select(Invitation.reply, Invitation.reason, Invitation.asked_by_id)
            .join(Opportunity, Opportunity.id == Invitation.opportunity_id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Opportunity.title == title, Person.username == username)
        ).one()


def press(at: AppTest, label: str) -> None:
    (button,) = (button for button in at.button if button.label == label)
    button.click().run()


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]
