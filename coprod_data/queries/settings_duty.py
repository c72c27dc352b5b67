"""The duty rota as its form shows it: who is named, who is there, and what shuts the form."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Absence, Person
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import Span, london_day, next_working_moment
from coprod_data.scopes.duty import hours_in, named_for_duty
from coprod_data.scopes.people import holds
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.settings import DUTY, DUTY_NUMBERS, DutyPost, SettingKey

LOOKS_AHEAD = 60


@dataclass(frozen=True)
class NamedPerson:
    """Somebody named for a post. `holds` says whether their account still holds Safeguarding,
    `arrived` whether they have set a password.
    """

    post: DutyPost
    person_id: int
    name: str
    phone: str
    holds: bool
    away: bool
    arrived: bool

    @property
    def present(self) -> bool:
        """Say whether this person is on duty."""
        return self.holds and self.arrived and not self.away


@dataclass(frozen=True)
class Choice:
    """An account that can be named."""

    id: int
    name: str
    job: str


@dataclass(frozen=True)
class RotaState:
    """All that is said about duty, and whether it leaves somebody there.

    `week` is Monday first. `gaps` are the first and last days, of the next sixty, on which nobody
    is on duty though somebody is today. `stored` is what the settings hold, to compare with.
    """

    people: tuple[NamedPerson, ...]
    choices: tuple[Choice, ...]
    week: tuple[tuple[Span, ...], ...]
    hours: str
    hours_are_set: bool
    closed: tuple[date, ...]
    numbers: dict[SettingKey, str]
    stored: dict[SettingKey, Any]
    at: datetime
    opens_at: datetime
    reads_now: bool
    gaps: tuple[tuple[date, date], ...]

    @property
    def somebody(self) -> bool:
        """Say whether somebody is on duty now."""
        return any(person.present for person in self.people)


def rota_state(db: Session, actor: Actor) -> RotaState:
    """Return the rota for those who may change it."""
    actor.must(Permission.DUTY_CHANGE)
    stored = settings(db, *DUTY)
    hours = hours_in(stored)
    people = tuple(
        NamedPerson(
            one.post, one.person_id, one.name, one.phone, one.holds, one.away, one.arrived
        )  # fmt: skip
        for one in named_for_duty(db, actor.at, stored)
    )
    choices = db.execute(
        sa.select(Person.id, Person.name, Person.job)
        .where(holds(Role.SAFEGUARDING))
        .order_by(Person.name, Person.id)
    )
    opens_at = next_working_moment(actor.at, hours)
    return RotaState(
        people=people,
        choices=tuple(Choice(row.id, row.name, row.job) for row in choices),
        week=hours.week,
        hours=hours.words,
        hours_are_set=stored[SettingKey.DUTY_HOURS] is not None,
        closed=tuple(sorted(hours.closed)),
        numbers={key: stored[key] for key in DUTY_NUMBERS},
        stored=stored,
        at=actor.at,
        opens_at=opens_at,
        reads_now=opens_at == actor.at,
        gaps=_gaps(db, people, london_day(actor.at)),
    )


def _gaps(
    db: Session, people: tuple[NamedPerson, ...], today: date
) -> tuple[tuple[date, date], ...]:
    """Return the stretches of coming days on which all who are named are away."""
    ids = {person.person_id for person in people if person.holds and person.arrived}
    days = [today + timedelta(days=number) for number in range(1, LOOKS_AHEAD + 1)]
    away: dict[date, set[int]] = {day: set() for day in days}
    for row in db.execute(
        sa.select(Absence.person_id, Absence.from_day, Absence.to_day).where(
            Absence.person_id.in_(ids), Absence.from_day <= days[-1], Absence.to_day >= days[0]
        )
    ):
        for day in days:
            if row.from_day <= day <= row.to_day:
                away[day].add(row.person_id)
    found: list[tuple[date, date]] = []
    for day in days:
        if not ids or away[day] != ids:
            continue
        if found and found[-1][1] == day - timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)
