"""Whether somebody has read an entry as it waits now: what came back is read again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryReading, Person, Recall
from coprod_data.permissions import Actor, Role
from coprod_data.scopes.one_person import accounts_of_one
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.entry_care import Again

UNREAD = "Open the entry and read it first."
READ_AGAIN = "Open it again and read it first."


def has_read(db: Session, actor: Actor, entry: CardEntry, since: datetime | None = None) -> bool:
    """Say whether this person has opened an entry's words since then.

    Without a time, since its clock began: a reading from before it came back does not count.
    """
    reading = _readings(actor, entry).where(EntryReading.at >= (since or entry.waits_since))
    return db.scalars(reading.limit(1)).first() is not None


def read_by_one(db: Session, entry: CardEntry) -> bool:
    """Say whether one person alone has opened an entry's words, and somebody of safeguarding is
    there who has not.
    """
    readers = set(
        db.scalars(sa.select(EntryReading.person_id).where(EntryReading.entry_id == entry.id))
    )
    safeguarding = set(db.scalars(sa.select(Person.id).where(holds(Role.SAFEGUARDING))))
    if not readers or not safeguarding or readers & safeguarding:
        return False
    one = min(readers)
    return readers <= accounts_of_one(db, [one])[one]


def not_read(db: Session, actor: Actor, entry: CardEntry) -> str:
    """Return what to say to somebody who has not read an entry as it waits now.

    If they read it before it came back, that it did, and why.
    """
    if db.scalars(_readings(actor, entry).limit(1)).first() is None:
        return UNREAD
    why = "" if entry.again is None else f" {entry.again.words}"
    if entry.again is Again.RECALLED and (reason := _recalled(db, entry)):
        why += f": {reason}"
    return f"This entry has come back since you opened it.{_ended(why)} {READ_AGAIN}"


def _readings(actor: Actor, entry: CardEntry) -> sa.Select[int]:
    return sa.select(EntryReading.id).where(
        EntryReading.entry_id == entry.id, EntryReading.person_id == actor.id
    )


def _recalled(db: Session, entry: CardEntry) -> str | None:
    reasons = sa.select(Recall.reason).where(Recall.entry_id == entry.id).order_by(Recall.id.desc())
    return db.scalars(reasons.limit(1)).first()


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".!?" else f"{sentence}."
