"""On which days somebody of those who read is there: no other day is promised to a young person."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Absence, Person
from coprod_data.permissions import Role
from coprod_data.rules.clocks import Hours, london_day
from coprod_data.scopes.people import has_arrived, holds

BACK, AHEAD = timedelta(days=60), timedelta(days=400)  # a card that waits so long has no promise

Away = dict[int, tuple[tuple[date, date], ...]]


@dataclass(frozen=True)
class Reader:
    """Somebody who reads and has set a password: of which team, and when they are away."""

    name: str
    job: str
    voice: bool
    safe: bool
    away: tuple[tuple[date, date], ...] = ()

    def is_away(self, day: date) -> bool:
        """Say whether they are away on a day."""
        return any(first <= day <= last for first, last in self.away)


def readers(db: Session, at: datetime) -> dict[int, Reader]:
    """Return everybody of both teams who has come, by id, in one statement.

    Who has never set a password reads nothing and counts for nobody.
    """
    since = london_day(at) - BACK
    found: dict[int, Reader] = {}
    for row in db.execute(
        sa.select(
            Person.id, Person.name, Person.job, holds(Role.YOUTH_VOICE).label("voice"),
            holds(Role.SAFEGUARDING).label("safe"), Absence.from_day, Absence.to_day,
        )
        .outerjoin(Absence, sa.and_(Absence.person_id == Person.id, Absence.to_day >= since))
        .where(holds(Role.YOUTH_VOICE, Role.SAFEGUARDING), has_arrived())
    ):  # fmt: skip
        one = found.get(row.id) or Reader(row.name, row.job, bool(row.voice), bool(row.safe))
        if row.from_day is not None:
            one = replace(one, away=(*one.away, (row.from_day, row.to_day)))
        found[row.id] = one
    return found


def hours_with_readers(db: Session, at: datetime, hours: Hours) -> Hours:
    """Return the hours without the days on which a whole team that reads is away."""
    return hours_with(readers(db, at), at, hours)


def hours_with(
    there: Mapping[int, Reader], at: datetime, hours: Hours, on_duty: Collection[int] = ()
) -> Hours:
    """Return the hours without the days on which all of Youth Voice, all of safeguarding, or all
    who are named for duty are away.
    """
    teams: tuple[Away, ...] = (
        {id_: one.away for id_, one in there.items() if one.voice},
        {id_: one.away for id_, one in there.items() if one.safe},
        {id_: one.away for id_, one in there.items() if one.safe and id_ in on_duty},
    )
    shut = {day for team in teams for day in _all_away(team, london_day(at))}
    return replace(hours, closed=hours.closed | shut) if shut else hours


def _all_away(team: Away, today: date) -> Iterator[date]:
    if not team or not all(team.values()):
        return
    day = max(today - BACK, max(min(first for first, _ in said) for said in team.values()))
    last = min(today + AHEAD, min(max(end for _, end in said) for said in team.values()))
    while day <= last:
        if all(any(first <= day <= end for first, end in said) for said in team.values()):
            yield day
        day += timedelta(days=1)
