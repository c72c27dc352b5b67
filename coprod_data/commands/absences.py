"""Saying when somebody of the two teams or the chair is away, and taking it back."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import kept, known, locked
from coprod_data.models import Absence, Person
from coprod_data.permissions import GRANTS, Actor, Invalid, NotAllowed, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.events import EventKind

LONGEST = timedelta(days=366)


def add_absence(
    db: Session, actor: Actor, *, person_id: int, from_day: date | None, to_day: date | None
) -> int:
    """Record that a person is away from a day to a day, both included. Returns the absence's id.

    Members of the two teams and the chair say it of themselves; safeguarding and the administrator
    of any of them. The same once more is the same absence. Raises NotAllowed, Invalid.
    """
    actor.must(Permission.ABSENCES_OWN, Permission.ABSENCES_ANY)
    _must_be_theirs(actor, person_id)
    if not _can_be_away(db, person_id):
        raise Invalid("Choose somebody of the two teams, or the chair.", field="person")
    if from_day is None:
        raise Invalid("Give the first day away.", field="from_day")
    last = to_day or from_day
    if last < from_day:
        raise Invalid("The last day away is before the first.", field="to_day")
    if last < london_day(actor.at):
        raise Invalid("These days are over.", field="to_day")
    if last - from_day > LONGEST:
        raise Invalid("Give at most a year at a time.", field="to_day")
    before = known(db, Absence, person_id=person_id, from_day=from_day, to_day=last)
    if before is not None:
        return before.id
    absence = Absence(
        person_id=person_id,
        from_day=from_day,
        to_day=last,
        added_at=actor.at,
        added_by_id=actor.id,
    )
    return kept(db, actor, EventKind.ABSENCE_ADDED, absence)


def remove_absence(db: Session, actor: Actor, absence_id: int) -> None:
    """Take back that a person is away; they are there at once. Raises NotAllowed, NotFound."""
    actor.must(Permission.ABSENCES_OWN, Permission.ABSENCES_ANY)
    absence = locked(db, Absence, absence_id, "absence")
    _must_be_theirs(actor, absence.person_id)
    db.delete(absence)
    record(db, actor, EventKind.ABSENCE_REMOVED, absence, person=absence.person_id)


def _must_be_theirs(actor: Actor, person_id: int) -> None:
    own = person_id == actor.id and actor.may(Permission.ABSENCES_OWN)
    if not own and not actor.may(Permission.ABSENCES_ANY):
        raise NotAllowed("You can only record your own absence.")
    if person_id != actor.id:
        actor.must_have_proved()


def _can_be_away(db: Session, person_id: int) -> bool:
    roles = [role for role in Role if role in GRANTS[Permission.ABSENCES_OWN]]
    return bool(db.scalar(sa.select(sa.exists().where(Person.id == person_id, holds(*roles)))))
