"""Actions of a plan and what young people say of them, straight into the tables."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_months import turn_month
from coprod_data.models import Action, Milestone, Person, PromiseCommitment, PromiseTheme, YoungView
from coprod_data.permissions import Actor, Role
from coprod_data.vocabulary.actions import Face
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_service,
    add,
    an_action,
    days_ago,
    the_system,
)


def under(db: Session, theme: PromiseTheme, owner: Person, **fields: Any) -> Action:
    commitment = db.scalars(
        sa.select(PromiseCommitment)
        .where(PromiseCommitment.theme_id == theme.id)
        .order_by(PromiseCommitment.position)
    ).first()
    return an_action(db, commitment, owner, fields.pop("service", None) or a_service(db), **fields)


def shown(db: Session, action: Action, **fields: Any) -> Milestone:
    """A milestone of an action, met with evidence."""
    said = {"title": "A list of every flat", "met_on": TODAY, "evidence": "The log.", **fields}
    return add(db, Milestone(action_id=action.id, **said))


def a_view(db: Session, action: Action, face: Face, person: Person | None = None, **f: Any) -> None:
    person = person or a_person(db, Role.YOUNG_PERSON)
    said = {"person_id": person.id, "at": days_ago(3), **f}
    add(db, YoungView(action_id=action.id, face=face, **said))


def some_views(db: Session, action: Action, face: Face, count: int, **fields: Any) -> None:
    """Views of an action by as many people, each with an account of their own."""
    for _ in range(count):
        a_view(db, action, face, **fields)


def in_days(days: int) -> datetime:
    """A moment after now: 32 days is in the month after this one, 63 in the next."""
    return NOW + timedelta(days=days)


def the_month_turns(db: Session, months: int = 1) -> int:
    """Run the job in the month that begins this many months from now."""
    return turn_month(db, the_system(NOW + timedelta(days=31 * months)))


def owned(db: Session, commitment: PromiseCommitment, owner: Actor, **fields: Any) -> Action:
    service = fields.pop("service", None) or a_service(db)
    return an_action(db, commitment, db.get_one(Person, owner.id), service, **fields)
