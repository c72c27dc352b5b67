"""Accounts: who holds a role now, and how long a one-time link lasts."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import Person, RoleGrant

RESET_LASTS = timedelta(hours=24)


def holds(*roles: Any, person: type[Person] = Person) -> sa.ColumnElement[bool]:
    """Return the condition that an open account holds one of these roles now.

    A role may be a column; `person` is the account's alias in the statement.
    """
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
