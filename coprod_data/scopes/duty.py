"""Who is on duty and when: the one place that form, clocks, notices and Settings ask.

Somebody is on duty while the lead, the deputy or the stand-in is named, still holds `safeguarding`,
has set a password and is not away. An evening, a weekend or a closed day changes nothing: then
words are read later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Absence, Person
from coprod_data.permissions import Role
from coprod_data.rules.clocks import OFFICE, Hours, london_day
from coprod_data.scopes.people import has_arrived, holds
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.settings import DUTY_HOURS, POSTS, DutyPost, SettingKey


@dataclass(frozen=True)
class Contact:
    """An account and the number on which its owner is called."""

    person_id: int
    phone: str


@dataclass(frozen=True)
class NamedForDuty:
    """Somebody named for a post. `holds` says whether they may still read what is held,
    `arrived` whether they have set a password and so can sign in.
    """

    post: DutyPost
    person_id: int
    name: str
    job: str
    phone: str
    holds: bool
    away: bool
    arrived: bool

    @property
    def present(self) -> bool:
        """Say whether this person is on duty."""
        return self.holds and self.arrived and not self.away


def hours_of(db: Session) -> Hours:
    """Return the hours in which somebody reads; those of an office until the council says."""
    return hours_in(settings(db, *DUTY_HOURS))


def hours_in(stored: Mapping[SettingKey, Any]) -> Hours:
    """Return the hours that settings hold, for a caller that has read DUTY_HOURS among others."""
    week = stored[SettingKey.DUTY_HOURS]
    closed = frozenset(map(date.fromisoformat, stored[SettingKey.DUTY_CLOSED_DAYS]))
    if week is None:
        return Hours(OFFICE.week, closed)
    clock = time.fromisoformat
    return Hours(
        tuple(tuple((clock(begins), clock(ends)) for begins, ends in day) for day in week), closed
    )


def somebody_on_duty(db: Session, at: datetime) -> bool:
    """Say whether words may be taken: a lead, deputy or stand-in is named and present."""
    return bool(people_on_duty(db, at))


def people_on_duty(db: Session, at: datetime) -> list[NamedForDuty]:
    """Return who is on duty, the lead first, without those who are away."""
    return [person for person in named_for_duty(db, at) if person.present]


def named_for_duty(
    db: Session, at: datetime, stored: Mapping[SettingKey, Any] | None = None
) -> list[NamedForDuty]:
    """Return who is named for each post, present or not; `stored` spares reading the settings."""
    named = contacts_in(settings(db, *POSTS.values()) if stored is None else stored)
    if not named:
        return []
    found = {
        row.id: row
        for row in db.execute(
            sa.select(
                Person.id,
                Person.name,
                Person.job,
                holds(Role.SAFEGUARDING).label("holds"),
                away_on(london_day(at)).label("away"),
                has_arrived().label("arrived"),
            ).where(Person.id.in_([contact.person_id for contact in named.values()]))
        )
    }
    return [
        NamedForDuty(
            post, row.id, row.name, row.job, contact.phone, row.holds, row.away, row.arrived
        )  # fmt: skip
        for post, contact in named.items()
        if (row := found.get(contact.person_id)) is not None
    ]


def contacts_in(stored: Mapping[SettingKey, Any]) -> dict[DutyPost, Contact]:
    """Return which account each post names, in the order in which they are called."""
    return {post: Contact(**stored[key]) for post, key in POSTS.items() if stored[key]}


def is_away(db: Session, person_id: int, at: datetime) -> bool:
    """Say whether a person is away on the day of a moment."""
    away = sa.select(away_on(london_day(at))).where(Person.id == person_id)
    return bool(db.scalar(away))


def away_until(day: date, person_id: Any) -> sa.ScalarSelect[Any]:
    """Return the last day of the absence that somebody of the statement is on, or null."""
    away = aliased(Absence)
    on_it = (away.person_id == person_id, away.from_day <= day, away.to_day >= day)
    return (
        sa.select(sa.func.max(away.to_day)).where(*on_it).correlate_except(away).scalar_subquery()
    )


def away_on(
    day: Any,
    person: type[Person] = Person,
    *,
    but_by: Any = None,
    by_themselves: bool = False,
) -> sa.ColumnElement[bool]:
    """Return the condition that a person of the statement is away on a day.

    With `but_by` what this one said of others does not count, with `by_themselves` nothing that
    anybody said of others.
    """
    away = aliased(Absence)
    said: sa.ColumnElement[bool] = sa.true()
    if by_themselves:
        said = away.added_by_id == person.id
    elif but_by is not None:
        said = sa.or_(away.added_by_id == person.id, away.added_by_id.is_distinct_from(but_by))
    return (
        sa.exists()
        .where(away.person_id == person.id, away.from_day <= day, away.to_day >= day, said)
        .correlate_except(away)
    )
