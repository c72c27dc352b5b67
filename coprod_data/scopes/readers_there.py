"""On which days somebody of those who read is there: no other day is promised to a young person."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Absence, Person
from coprod_data.permissions import Role
from coprod_data.rules.clocks import Hours, london_day
from coprod_data.scopes.people import has_arrived, holds

BACK, AHEAD = timedelta(days=60), timedelta(days=400)  # a card that waits so long has no promise

Away = dict[int, list[tuple[date, date]]]


def hours_with_readers(
    db: Session, at: datetime, hours: Hours, on_duty: Collection[int] = ()
) -> Hours:
    """Return the hours without the days on which a whole team that reads is away.

    The teams are Youth Voice, safeguarding, and those who are named for duty. Who has never set a
    password reads nothing and counts for nobody. In one statement.
    """
    today, voice = london_day(at), holds(Role.YOUTH_VOICE)
    readers = db.execute(
        sa.select(
            Person.id, voice.label("voice"), holds(Role.SAFEGUARDING).label("safe"),
            Absence.from_day, Absence.to_day,
        )
        .outerjoin(Absence, sa.and_(Absence.person_id == Person.id, Absence.to_day >= today - BACK))
        .where(holds(Role.YOUTH_VOICE, Role.SAFEGUARDING), has_arrived())
    ).all()  # fmt: skip
    teams: tuple[Away, Away, Away] = {}, {}, {}
    for row in readers:
        for team, belongs in zip(teams, (row.voice, row.safe, row.id in on_duty), strict=True):
            if belongs:
                said = team.setdefault(row.id, [])
                said += [(row.from_day, row.to_day)] if row.from_day else []
    shut = {day for team in teams for day in _all_away(team, today)}
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
