"""The rules for every step of checking an entry: who may take it, and what they must have read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    EntryReading,
    EntryVersion,
    Person,
    RoleGrant,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary.entries import Review, VersionKind


def entry_of(db: Session, entry_id: int, *, held_too: bool = False) -> CardEntry:
    """Return an entry that was not taken back, locked until the transaction ends.

    With `held_too`, also return one that was taken back but is still held. Raises NotFound.
    """
    entry = db.get(CardEntry, entry_id, with_for_update=True)
    sealed = entry is not None and held_too and open_hold(db, entry) is not None
    if entry is None or (entry.withdrawn_at is not None and not sealed):
        raise NotFound("This entry is not here any more. It may have been taken back.")
    return entry


def entry_to_check(db: Session, actor: Actor, entry_id: int) -> CardEntry:
    """Return an entry that this person may check now.

    Raises NotFound, NotAllowed for the person who typed it, and Refused while it is held, released
    or closed.
    """
    entry = entry_of(db, entry_id)
    if entry.typed_by_id == actor.id:
        raise NotAllowed("You typed this entry, so somebody else in the team must check it.")
    if open_hold(db, entry) is not None:
        raise Refused("This entry is with the safeguarding lead. It can be checked after that.")
    if entry.released_at is not None or entry.review is Review.CLOSED:
        raise Refused("This entry has been dealt with since you opened it. Open the next one.")
    return entry


def open_hold(db: Session, entry: CardEntry) -> SafeguardingHold | None:
    """Return the hold that is open on an entry, or on the entry it belongs to."""
    return db.scalars(
        sa.select(SafeguardingHold)
        .where(
            SafeguardingHold.entry_id.in_([entry.id, entry.about_id]),
            SafeguardingHold.closed_at.is_(None),
        )
        .order_by(SafeguardingHold.entry_id != entry.id)
    ).first()


def must_have_read(
    db: Session, actor: Actor, entry: CardEntry, since: datetime | None = None
) -> None:
    """Check that this person has opened the words, after `since` if given. Raises Refused."""
    reading = sa.select(EntryReading.id).where(
        EntryReading.entry_id == entry.id, EntryReading.person_id == actor.id
    )
    if since is not None:
        reading = reading.where(EntryReading.at >= since)
    if db.scalars(reading.limit(1)).first() is None:
        raise Refused("Open the entry and read it first.")


def one_worker_team(db: Session) -> bool:
    """Say whether at most one person checks entries; the deputy lead may then read second."""
    workers = db.scalar(
        sa.select(sa.func.count(sa.distinct(RoleGrant.person_id)))
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.YOUTH_VOICE,
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    return (workers or 0) <= 1


def original_of(db: Session, entry: CardEntry) -> EntryVersion:
    """Return the sealed original of an entry."""
    return db.scalars(
        sa.select(EntryVersion).where(
            EntryVersion.entry_id == entry.id, EntryVersion.kind == VersionKind.ORIGINAL
        )
    ).one()


def with_its_words(db: Session, entry: CardEntry) -> list[CardEntry]:
    """Return an entry and every entry that belongs to it, locked."""
    return list(
        db.scalars(
            sa.select(CardEntry)
            .where(sa.or_(CardEntry.id == entry.id, CardEntry.about_id == entry.id))
            .order_by(CardEntry.id)
            .with_for_update()
        )
    )
