"""Which of those who read cards first are left out of one, because it may be about them."""

from typing import Any

import sqlalchemy as sa

from coprod_data.models import CardEntry, EntryMeant, Person, RoleGrant
from coprod_data.permissions import Role


def left_out(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that an entry may be about somebody who holds an account."""
    return sa.exists().where(EntryMeant.entry_id == entry.id).correlate(entry)


def team_left(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that somebody of the Youth Voice Team is left whom it is not about."""
    meant = sa.exists().where(
        EntryMeant.entry_id == entry.id, EntryMeant.person_id == RoleGrant.person_id
    )
    return (
        sa.exists()
        .where(
            RoleGrant.role == Role.YOUTH_VOICE,
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
            Person.id == RoleGrant.person_id,
            Person.disabled_at.is_(None),
            ~meant.correlate(entry, RoleGrant),
        )
        .correlate(entry)
    )
