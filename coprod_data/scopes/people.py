"""Accounts: who holds a role now, who ever was a young person, how long a one-time link lasts."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    Action,
    Person,
    Project,
    Recruitment,
    ResetLink,
    RoleGrant,
    ServiceMember,
)
from coprod_data.permissions import Role
from coprod_data.rules.statements import statement

RESET_LASTS = timedelta(hours=24)
WATCHED_FOR = timedelta(days=7)  # after a password was chosen with a link that one person made
A_YOUNG_PERSON = "A young person"

Owned = type[Action] | type[Project] | type[Recruitment]


def holds(*roles: Any, person: type[Person] = Person) -> sa.ColumnElement[bool]:
    """Return the condition that an open account holds one of these roles now.

    A role may be a column; `person` is the account's alias in the statement.
    """
    if person is Person and all(isinstance(role, Role) for role in roles):
        return _holds_one_of(roles)
    return _holds(roles, person)


@statement
def _holds_one_of(roles: tuple[Role, ...]) -> sa.ColumnElement[bool]:
    return _holds(roles, Person)


def _holds(roles: tuple[Any, ...], person: type[Person]) -> sa.ColumnElement[bool]:
    held = aliased(RoleGrant)
    granted = (
        sa.exists()
        .where(
            held.person_id == person.id,
            held.role.in_(roles),
            held.confirmed_at.is_not(None),
            held.ended_at.is_(None),
        )
        .correlate_except(held)
    )
    return sa.and_(person.disabled_at.is_(None), granted)


def has_arrived(person: type[Person] = Person) -> sa.ColumnElement[bool]:
    """Return the condition that somebody has set a password: before that nobody is there."""
    return person.password_hash.is_not(None)


def ever_young(person: type[Person] = Person) -> sa.ColumnElement[bool]:
    """Return the condition that an account is, or ever was, a young person's."""
    held = aliased(RoleGrant)
    return (
        sa.exists()
        .where(held.person_id == person.id, held.role == Role.YOUNG_PERSON)
        .correlate_except(held)
    )


def told_name(person: type[Person] = Person) -> sa.ColumnElement[str]:
    """Return how whoever did something is told to others: by name, but for any young person.

    Their name beside what happened, and when, would tell whose words are whose.
    """
    return sa.case((ever_young(person), A_YOUNG_PERSON), else_=person.name)


def watched(at: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that with a link a password was chosen lately, perhaps not by its owner.

    One person alone made the link, and may have used it themselves. Within seven days its owner
    notices, because they cannot sign in any more.
    """
    return sa.and_(ResetLink.set_at > at - WATCHED_FOR, ResetLink.by_second.is_(False))


def owned_by(noun: Owned, person_id: int | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Return the condition that this person owns a row or is responsible for its service."""
    return sa.or_(noun.owner_id == person_id, of_services_of(noun, person_id))


def of_services_of(noun: Owned, person_id: int | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Return the condition that this person is responsible for the service of a row."""
    theirs = sa.select(ServiceMember.service_id).where(ServiceMember.person_id == person_id)
    return noun.service_id.in_(theirs.correlate(None))
