"""The two teams that read young people's words, by name, for those who write to them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Person, RoleGrant
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.entries_readers import nobody_left

TEAMS = (Role.YOUTH_VOICE, Role.SAFEGUARDING)


@dataclass(frozen=True)
class TeamName:
    """Somebody who may read young people's words. `reads_first`: of the Youth Voice Team."""

    id: int
    name: str
    reads_first: bool


def team_names(db: Session, actor: Actor) -> list[TeamName]:
    """Return everybody of the two teams by name, so that a child can say it is about one."""
    actor.must(Permission.DUTY_READ)
    rows = db.execute(
        sa.select(Person.id, Person.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role.in_(TEAMS),
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    found: dict[int, TeamName] = {}
    for person_id, name, role in rows:
        first = role is Role.YOUTH_VOICE or (person_id in found and found[person_id].reads_first)
        found[person_id] = TeamName(person_id, name, first)
    return list(found.values())


def nobody_reads(db: Session, actor: Actor, entry_id: int) -> bool:
    """Say whether nobody of the two teams may read an entry, because it may be about all of them.

    For the page that its author sees once it is sent.
    """
    actor.must(Permission.ENTRIES_SEND)
    found = sa.select(CardEntry.id).where(CardEntry.id == entry_id, nobody_left())
    return db.scalar(found) is not None
