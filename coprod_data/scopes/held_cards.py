"""Cards on which something is on hold: nobody but safeguarding writes to their author."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, EntryMeant, EntryReading, Person, SafeguardingHold
from coprod_data.permissions import Actor, Role
from coprod_data.scopes.entries import built_once
from coprod_data.scopes.entries_family import main_id
from coprod_data.scopes.one_person import everybody_of
from coprod_data.scopes.people import holds

HELD = "Something on this card is with safeguarding. Write when the hold has ended."
NOT_YOU = "Nobody writes on this card at the moment. Try again another day."  # reveals no hold


def held_on_card(db: Session, main_id: int) -> list[int]:
    """Return which of an entry and the words that belong to it a hold is open on, by id."""
    return list(
        db.scalars(
            sa.select(SafeguardingHold.entry_id)
            .join(CardEntry, CardEntry.id == SafeguardingHold.entry_id)
            .where(
                SafeguardingHold.closed_at.is_(None),
                sa.or_(CardEntry.id == main_id, CardEntry.about_id == main_id),
            )
            .order_by(SafeguardingHold.entry_id)
        )
    )


def held_beside(db: Session, main_id: int) -> int | None:
    """Return words that belong to an entry and are on hold for themselves: what is sent now is on
    hold with them.
    """
    return next((one for one in held_on_card(db, main_id) if one != main_id), None)


def why_not_to_write(db: Session, actor: Actor, entry: CardEntry) -> str:
    """Return why nobody of the team may write to an entry's author now, or nothing.

    Whoever held words may be about is not told of the hold.
    """
    held = held_on_card(db, entry.about_id or entry.id)
    if not held:
        return ""
    meant = sa.select(EntryMeant.person_id).where(EntryMeant.entry_id.in_(held))
    theirs = everybody_of(db, db.scalars(meant).all())
    return NOT_YOU if actor.person_id in theirs else HELD


def unread_with_hold(beside: Any) -> sa.ColumnElement[bool]:
    """Return the condition that `beside` is on hold with the entry of a hold, that nobody has
    decided about it, and that nobody of safeguarding has read it.

    Words that were taken back while they were on hold are among them, but for those that outlive
    the hold to be read for themselves.
    """
    return sa.and_(
        sa.or_(
            beside.about_id == SafeguardingHold.entry_id,
            beside.held_with_id == SafeguardingHold.entry_id,
        ),
        beside.id != SafeguardingHold.entry_id,
        beside.dealt_at.is_(None),
        sa.not_(beside.kept_unread),
        sa.or_(beside.withdrawn_at.is_(None), beside.withdrawn_at >= SafeguardingHold.opened_at),
        ~_read_by_safeguarding(beside),
    )


@built_once
def after_a_hold(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that an entry came after a hold on something of its card had ended.

    It may be about the same, so safeguarding reads it too; the Youth Voice Team decides it.
    """
    on_hold = aliased(CardEntry)
    return (
        sa.exists()
        .where(
            SafeguardingHold.entry_id == on_hold.id,
            SafeguardingHold.closed_at <= entry.sent_at,
            sa.or_(on_hold.id == main_id(entry), on_hold.about_id == main_id(entry)),
        )
        .correlate(entry)
    )


@built_once
def unread_after_a_hold(entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that an entry came after a hold on its card had ended, and that nobody
    of safeguarding has read it.
    """
    return sa.and_(after_a_hold(entry), ~_read_by_safeguarding(entry))


def _read_by_safeguarding(entry: Any) -> sa.ColumnElement[bool]:
    reader = aliased(Person)
    return (
        sa.exists()
        .where(
            EntryReading.entry_id == entry.id,
            EntryReading.at >= entry.waits_since,
            EntryReading.person_id == reader.id,
            holds(Role.SAFEGUARDING, person=reader),
        )
        .correlate(entry)
    )
