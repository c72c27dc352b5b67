"""Who of the two teams and the chair is away, now and in the days to come."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Absence, Person
from coprod_data.permissions import GRANTS, Actor, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.people import holds


@dataclass(frozen=True)
class AbsenceRow:
    """Days on which somebody is away. `may_remove` is for this actor."""

    id: int
    person_id: int
    name: str
    from_day: date
    to_day: date
    added_by: str
    now: bool
    may_remove: bool


@dataclass(frozen=True)
class CanBeAway:
    """Somebody for whom this actor may say that they are away."""

    id: int
    name: str


def absences(db: Session, actor: Actor) -> list[AbsenceRow]:
    """Return the absences that are not over, the next first. The teams and the chair see all."""
    actor.must(Permission.ABSENCES_OWN, Permission.ABSENCES_ANY)
    adder, today = aliased(Person), london_day(actor.at)
    anyones = actor.may(Permission.ABSENCES_ANY)
    rows = db.execute(
        sa.select(
            Absence.id,
            Absence.person_id,
            Person.name,
            Absence.from_day,
            Absence.to_day,
            Absence.added_by_id,
            adder.name.label("adder"),
        )
        .join(Person, Person.id == Absence.person_id)
        .join(adder, adder.id == Absence.added_by_id)
        .where(Absence.to_day >= today, Person.disabled_at.is_(None))
        .order_by(Absence.from_day, Person.name, Absence.id)
    )
    return [
        AbsenceRow(
            id=row.id,
            person_id=row.person_id,
            name=row.name,
            from_day=row.from_day,
            to_day=row.to_day,
            added_by="" if row.added_by_id == row.person_id else row.adder,
            now=row.from_day <= today,
            may_remove=anyones or row.person_id == actor.person_id,
        )
        for row in rows
    ]


def may_be_away(db: Session, actor: Actor) -> list[CanBeAway]:
    """Return for whom this actor may say that they are away: oneself first, if one may."""
    actor.must(Permission.ABSENCES_OWN, Permission.ABSENCES_ANY)
    roles = [role for role in Role if role in GRANTS[Permission.ABSENCES_OWN]]
    whose = sa.true() if actor.may(Permission.ABSENCES_ANY) else Person.id == actor.person_id
    rows = db.execute(
        sa.select(Person.id, Person.name)
        .where(holds(*roles), whose)
        .order_by(Person.id != actor.person_id, Person.name, Person.id)
    )
    return [CanBeAway(row.id, row.name) for row in rows]
