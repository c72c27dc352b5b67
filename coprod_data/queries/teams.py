"""The two teams that read young people's words, by name, for those who write to them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Person, RoleGrant
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.duty import away_on
from coprod_data.scopes.entries_readers import for_safeguarding, left_out, nobody_left
from coprod_data.scopes.people import has_arrived


class SentTo(StrEnum):
    """Who reads a card first. `unseen`: somebody is left out, because it may be about them."""

    TEAM = "team"
    TEAM_UNSEEN = "team_unseen"
    LEAD = "lead"
    LEAD_UNSEEN = "lead_unseen"
    NOBODY = "nobody"

    @property
    def lead(self) -> bool:
        """Say whether only safeguarding reads it."""
        return self in (SentTo.LEAD, SentTo.LEAD_UNSEEN)

    @property
    def unseen(self) -> bool:
        """Say whether somebody of the two teams never sees it."""
        return self in (SentTo.TEAM_UNSEEN, SentTo.LEAD_UNSEEN)


TEAMS = (Role.YOUTH_VOICE, Role.SAFEGUARDING)


@dataclass(frozen=True)
class TeamName:
    """Somebody who may read young people's words. `reads_first`: of the Youth Voice Team. `there`:
    they can sign in and are not away, neither today nor on the day by which words are read.
    """

    id: int
    name: str
    reads_first: bool
    there: bool = True


def team_names(db: Session, actor: Actor, by: date | None = None) -> list[TeamName]:
    """Return everybody of the two teams by name, so that a child can say it is about one.

    `by` is the day by which words that are sent now are read.
    """
    actor.must(Permission.DUTY_READ)
    today = london_day(actor.at)
    rows = db.execute(
        sa.select(
            Person.id,
            Person.name,
            RoleGrant.role,
            sa.and_(has_arrived(), ~away_on(today), ~away_on(by or today)).label("there"),
        )
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
    for person_id, name, role, there in rows:
        first = role is Role.YOUTH_VOICE or (person_id in found and found[person_id].reads_first)
        found[person_id] = TeamName(person_id, name, first, there)
    return list(found.values())


def readers_of_sent(db: Session, actor: Actor, entry_id: int) -> SentTo:
    """Return who reads an entry, for the page that its author sees once it is sent.

    By the rule that its card tells.
    """
    actor.must(Permission.ENTRIES_SEND)
    row = db.execute(
        sa.select(
            for_safeguarding().label("lead"),
            nobody_left().label("nobody"),
            left_out().label("some"),
        ).where(CardEntry.id == entry_id)
    ).one()
    if row.nobody:
        return SentTo.NOBODY
    if row.lead:
        return SentTo.LEAD_UNSEEN if row.some else SentTo.LEAD
    return SentTo.TEAM_UNSEEN if row.some else SentTo.TEAM
