"""Who may be the second person for a step: one rule for every step that needs two people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryMeant, Person, RoleGrant
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.duty import away_on
from coprod_data.vocabulary.entries import Flag
from coprod_data.vocabulary.entry_care import AboutUs, StepKind

LET_OUT_BEFORE = "You let these words out before. Somebody else decides about them now."


class NobodyElse(NotAllowed):
    """There is no second person at present; the step waits for a stand-in."""


def members(db: Session, role: Role) -> set[int]:
    """Return the people who hold a role now, by id."""
    return set(
        db.scalars(
            sa.select(RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(
                RoleGrant.role == role,
                RoleGrant.confirmed_at.is_not(None),
                RoleGrant.ended_at.is_(None),
                Person.disabled_at.is_(None),
            )
        )
    )


@dataclass(frozen=True)
class Teams:
    """Who of the two teams that read words is there, by id."""

    voice: frozenset[int]
    safeguarding: frozenset[int]

    def second(self, team: Role, barred: Collection[int], *, sealed: bool = False) -> set[int]:
        """Return others of the team, else of safeguarding; `sealed` leaves only the latter."""
        voice = self.voice & self.safeguarding if sealed else self.voice
        first = self.safeguarding if team is Role.SAFEGUARDING else voice
        return set(first - set(barred) or self.safeguarding - set(barred))


def teams(db: Session, at: datetime) -> Teams:
    """Return both teams without those who are away on the day of `at`."""
    away = set(db.scalars(sa.select(Person.id).where(away_on(london_day(at)))))
    return Teams(
        frozenset(members(db, Role.YOUTH_VOICE) - away),
        frozenset(members(db, Role.SAFEGUARDING) - away),
    )


def second_people(
    db: Session,
    team: Role,
    *,
    at: datetime,
    first_id: int,
    entry: CardEntry | None = None,
    kind: StepKind | None = None,
) -> set[int]:
    """Return who may be second after `first_id`: others of the team, else of safeguarding.

    Those whom the entry may be about, who typed it or who are away are never among them; for a
    release, nor is who let the words out that a reader is worried about.
    """
    barred, sealed = {first_id}, False
    if entry is not None:
        barred |= meant_by(db, entry) | {entry.typed_by_id or first_id}
        barred |= not_again(entry, kind)
        sealed = entry.about_us is AboutUs.NOT_SAID
    return teams(db, at).second(team, barred, sealed=sealed)


def must_be_second(
    db: Session,
    actor: Actor,
    team: Role,
    *,
    first_id: int,
    entry: CardEntry | None = None,
    kind: StepKind | None = None,
) -> None:
    """Go on only for somebody who may be the second person. Raises NotAllowed."""
    if actor.id == first_id:
        raise NotAllowed("You proposed this. A second person decides it.")
    if entry is not None and actor.id in not_again(entry, kind):
        raise NotAllowed(LET_OUT_BEFORE)
    at = actor.at
    if actor.id not in second_people(db, team, at=at, first_id=first_id, entry=entry, kind=kind):
        raise NotAllowed("Another member of the team decides this.")


def not_again(entry: CardEntry, kind: StepKind | None = StepKind.RELEASE) -> set[int]:
    """Return who may have no part in letting an entry out: who did so before a reader was worried.

    Whatever happened to the entry since then.
    """
    worried = kind is StepKind.RELEASE and Flag.WORRIED in entry.flag_list
    return {entry.released_by_id} if worried and entry.released_by_id is not None else set()


def left_to_safeguarding(db: Session) -> sa.ColumnElement[bool]:
    """Return the condition that nobody of the Youth Voice Team may read an entry.

    Its author would not say whom it is about, or it may be about each of them.
    """
    voice = members(db, Role.YOUTH_VOICE)
    each_of_them = (
        sa.select(EntryMeant.entry_id)
        .where(EntryMeant.person_id.in_(voice))
        .group_by(EntryMeant.entry_id)
        .having(sa.func.count() == len(voice))
    )
    main_id = sa.func.coalesce(CardEntry.about_id, CardEntry.id)
    return sa.or_(CardEntry.about_us == AboutUs.NOT_SAID, main_id.in_(each_of_them))


def meant_by(db: Session, entry: CardEntry) -> set[int]:
    """Return the people an entry, or the one it belongs to, may be about."""
    return set(
        db.scalars(
            sa.select(EntryMeant.person_id).where(
                EntryMeant.entry_id.in_([entry.id, entry.about_id])
            )
        )
    )
