"""Steps of reading raw words: the hold, the wish to talk, who is worried, who has read them.

Asked for by `entries_raw`, which has asked the right to them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    ContactWish,
    EntryReading,
    HoldCall,
    Person,
    SafeguardingHold,
    Worry,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.second_person import wish_closing
from coprod_data.scopes.watched_cards import unread_beside_entry, unread_on_card, unread_taken_back
from coprod_data.vocabulary.entry_care import Told


@dataclass(frozen=True)
class HoldFacts:
    """A hold that is open: on which entry, since when, and who opened it.

    `calls` are whom somebody told, and when, in order.
    """

    entry_id: int
    opened_at: datetime
    opened_by: str
    first_read_at: datetime | None
    first_read_by: str
    calls: tuple[tuple[Told, datetime, str], ...]


@dataclass(frozen=True)
class WishFacts:
    """A wish to talk; its words only once this person's team has opened it.

    `closing`: a second person is asked to close it. `taken_back_at`: before anybody had opened it.
    """

    id: int
    made_at: datetime
    taken_back_at: datetime | None
    opened_at: datetime | None
    opened_by: str
    closing: bool
    first_name: str
    how: str
    when_safe: str

    @property
    def taken_back(self) -> bool:
        """Say whether its author took it back."""
        return self.taken_back_at is not None


@dataclass(frozen=True)
class ReadingRow:
    """Who opened the raw words, or is worried about them, and when; "" has a card code."""

    person: str
    at: datetime


def hold_on(db: Session, entry: CardEntry) -> HoldFacts | None:
    """Return the hold that is open on an entry, or on one that it is held with."""
    opener, reader, caller = aliased(Person), aliased(Person), aliased(Person)
    row = db.execute(
        sa.select(SafeguardingHold, opener.name.label("opener"), reader.name.label("reader"))
        .join(opener, opener.id == SafeguardingHold.opened_by_id)
        .outerjoin(reader, reader.id == SafeguardingHold.first_read_by_id)
        .where(
            SafeguardingHold.entry_id.in_([entry.id, entry.about_id, entry.held_with_id]),
            SafeguardingHold.closed_at.is_(None),
        )
        .limit(1)
    ).first()
    if row is None:
        return None
    hold: SafeguardingHold = row.SafeguardingHold
    calls = db.execute(
        sa.select(HoldCall.told_to, HoldCall.at, caller.name)
        .join(caller, caller.id == HoldCall.by_id)
        .where(HoldCall.hold_id == hold.id)
        .order_by(HoldCall.at, HoldCall.id)
    )
    return HoldFacts(
        entry_id=hold.entry_id,
        opened_at=hold.opened_at,
        opened_by=row.opener,
        first_read_at=hold.first_read_at,
        first_read_by=row.reader or "",
        calls=tuple((told, at, name) for told, at, name in calls),
    )


def wishes_on(db: Session, actor: Actor, entry: CardEntry) -> tuple[WishFacts, ...]:
    """Return the open wishes of an entry's author; their words once somebody has opened them.

    The one that counts comes first, then for safeguarding those that were taken back unread.
    """
    opener = aliased(Person)
    mine = sa.true() if actor.may(Permission.ENTRIES_READ_HELD) else sa.false()
    rows = db.execute(
        sa.select(ContactWish, opener.name, wish_closing().label("closing"))
        .outerjoin(opener, opener.id == ContactWish.opened_by_id)
        .where(
            ContactWish.entry_id.in_([entry.id, entry.about_id]),
            ContactWish.closed_at.is_(None),
            sa.or_(ContactWish.taken_back_at.is_(None), mine),
        )
        .order_by(ContactWish.taken_back_at.is_not(None), ContactWish.id.desc())
    )
    return tuple(
        WishFacts(**wish_told(row.ContactWish, row.name, closing=row.closing)) for row in rows
    )


def wish_told(wish: ContactWish, opened_by: str | None, *, closing: bool) -> dict[str, Any]:
    """Return what may be told of a wish by the names of WishFacts."""
    seen = wish.opened_at is not None
    return {
        "id": wish.id,
        "made_at": wish.made_at,
        "taken_back_at": wish.taken_back_at,
        "opened_at": wish.opened_at,
        "opened_by": opened_by or "",
        "closing": closing,
        "first_name": (wish.first_name or "") if seen else "",
        "how": (wish.how or "") if seen else "",
        "when_safe": (wish.when_safe or "") if seen else "",
    }


def first_to_read(
    db: Session, actor: Actor, entry: CardEntry, *, for_others: bool
) -> tuple[int, ...]:
    """Return what else of its card this person may open and somebody has to read before an entry is
    decided, or let go: nobody has opened it since it came, or was taken back.

    `for_others`: its author allows others to read the entry.
    """
    this = aliased(CardEntry)
    if entry.withdrawn_at is not None:
        asked = sa.or_(unread_beside_entry(this), unread_taken_back(this))
    else:
        asked = unread_beside_entry(this) if for_others else unread_on_card(this)
    return tuple(
        db.scalars(
            sa.select(CardEntry.id)
            .join(this, this.id == entry.id)
            .where(asked, may_open(actor))
            .order_by(CardEntry.id)
        )
    )


def readings_of(db: Session, entry_id: int) -> list[tuple[int, ReadingRow]]:
    """Return who opened an entry's raw words, with their ids, in order."""
    return [
        (person_id, ReadingRow(name, at))
        for person_id, name, at in db.execute(
            sa.select(Person.id, Person.name, EntryReading.at)
            .join(Person, Person.id == EntryReading.person_id)
            .where(EntryReading.entry_id == entry_id)
            .order_by(EntryReading.at, EntryReading.id)
        )
    ]


def worries_about(db: Session, entry: CardEntry) -> tuple[ReadingRow, ...]:
    """Return who has said that they are worried about an entry, in order: for the two teams."""
    rows = db.execute(
        sa.select(Person.name, Worry.at)
        .select_from(Worry)
        .outerjoin(Person, Person.id == Worry.person_id)
        .where(Worry.entry_id == entry.id)
        .order_by(Worry.at, Worry.id)
    )
    return tuple(ReadingRow(name or "", at) for name, at in rows)
