"""Open holds and wishes to talk, without a word of any entry: who was told, and what is next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    ContactWish,
    HoldCall,
    Person,
    PromiseTheme,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import after_working_hours
from coprod_data.scopes.duty import hours_of
from coprod_data.scopes.entries import held, may_open
from coprod_data.scopes.second_person import left_to_others, wish_closing
from coprod_data.vocabulary.entries import EntryKind, Flag
from coprod_data.vocabulary.entry_care import Told

FIRST_OPENING = 1  # duty hours until safeguarding has opened a held entry
RING_AGAIN = timedelta(minutes=15)  # after a message was left
EVERYBODY_RINGS = timedelta(minutes=10)  # without a call, before colleagues are asked to make it
ENOUGH = 2  # numbers that nobody answered, before other work goes on


@dataclass(frozen=True)
class HeldEntry:
    """An open hold, without a word of its entry.

    `open_by` is when safeguarding must have opened it, `late` whether that has passed unopened.
    `taken_back_at` is when its author took it back. `ring_again_at`: a message was left, nobody
    opened it, and somebody rings again then. `about_us`: it may be about one of us. `about_me`: its
    words may name this person by their first name; `left` then says that another is there.
    """

    id: int
    kind: EntryKind
    theme: str
    icon: str
    opened_at: datetime
    opened_by: str
    opened_by_me: bool
    open_by: datetime
    late: bool
    first_read_at: datetime | None
    first_read_by: str
    taken_back_at: datetime | None
    calls: tuple[tuple[Told, datetime, str], ...]
    about_us: bool
    about_me: bool
    left: bool

    @property
    def ring_again_at(self) -> datetime | None:
        """Return when somebody rings again, if a message was left and nobody opened it."""
        if self.first_read_at is not None or not self.calls:
            return None
        told, at, _ = self.calls[-1]
        return at + RING_AGAIN if told.message else None

    def needs_a_call(self, now: datetime) -> bool:
        """Say whether somebody has to ring now, before anything else.

        A message left is not enough by itself: another number is tried too.
        """
        if self.first_read_at is not None:
            return False
        again = self.ring_again_at
        return not self.calls or (again is not None and (again <= now or self.tries < ENOUGH))

    def untold_since(self, now: datetime) -> datetime | None:
        """Return since when colleagues of the holder have to ring, because the holder does not."""
        last = self.calls[-1][1] if self.calls else self.opened_at
        due = last + EVERYBODY_RINGS
        return due if due <= now and self.needs_a_call(now) else None

    @property
    def tries(self) -> int:
        """Return at how many numbers a message was left, one call soon after another."""
        found, later = 0, None
        for told, at, _ in reversed(self.calls):
            if not told.message or (later is not None and later - at >= RING_AGAIN):
                break
            found, later = found + 1, at
        return found


@dataclass(frozen=True)
class OpenWish:
    """A wish to talk that nobody has closed; its words only once somebody has opened it.

    `closing`: a second person is asked to close it.
    """

    id: int
    entry_id: int
    theme: str
    icon: str
    made_at: datetime
    opened_at: datetime | None
    opened_by: str
    taken_back: bool
    closing: bool
    first_name: str
    how: str
    when_safe: str


def open_holds(db: Session, actor: Actor) -> list[HeldEntry]:
    """Return the open holds that this person may know of: not opened first, then the oldest."""
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    opener, reader = aliased(Person), aliased(Person)
    rows = db.execute(
        sa.select(
            SafeguardingHold,
            CardEntry,
            PromiseTheme.title,
            PromiseTheme.icon,
            opener.name.label("opener"),
            reader.name.label("reader"),
        )
        .join(CardEntry, CardEntry.id == SafeguardingHold.entry_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(opener, opener.id == SafeguardingHold.opened_by_id)
        .outerjoin(reader, reader.id == SafeguardingHold.first_read_by_id)
        .where(SafeguardingHold.closed_at.is_(None), may_open(actor))
        .order_by(SafeguardingHold.first_read_at.is_not(None), SafeguardingHold.opened_at)
    ).all()
    calls = _calls(db, [row.SafeguardingHold.id for row in rows])
    hours, found = hours_of(db), []
    entries = [row.CardEntry for row in rows]
    mine = left_to_others(db, actor, entries, [entry.id for entry in entries])
    for row in rows:
        hold: SafeguardingHold = row.SafeguardingHold
        entry: CardEntry = row.CardEntry
        open_by = after_working_hours(hold.opened_at, FIRST_OPENING, hours)
        found.append(
            HeldEntry(
                id=hold.entry_id,
                kind=entry.kind,
                theme=row.title,
                icon=row.icon,
                opened_at=hold.opened_at,
                opened_by=row.opener,
                opened_by_me=hold.opened_by_id == actor.person_id,
                open_by=open_by,
                late=hold.first_read_at is None and open_by < actor.at,
                first_read_at=hold.first_read_at,
                first_read_by=row.reader or "",
                taken_back_at=entry.withdrawn_at,
                calls=calls.get(hold.id, ()),
                about_us=Flag.ABOUT_US in entry.flag_list or entry.about_us is not None,
                about_me=entry.id in mine,
                left=mine.get(entry.id, False),
            )
        )
    return found


def open_wishes(db: Session, actor: Actor) -> list[OpenWish]:
    """Return the wishes to talk that nobody has closed, the oldest first.

    One that was taken back, or is beside held words or words taken back unread, is for
    safeguarding only.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    opener = aliased(Person)
    sealed = sa.or_(ContactWish.taken_back_at.is_not(None), held(), CardEntry.kept_unread)
    rows = db.execute(
        sa.select(
            ContactWish,
            PromiseTheme.title,
            PromiseTheme.icon,
            opener.name,
            wish_closing().label("closing"),
        )
        .join(CardEntry, CardEntry.id == ContactWish.entry_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .outerjoin(opener, opener.id == ContactWish.opened_by_id)
        .where(
            ContactWish.closed_at.is_(None),
            may_open(actor),
            sa.true() if actor.may(Permission.ENTRIES_READ_HELD) else ~sealed,
        )
        .order_by(ContactWish.made_at, ContactWish.id)
    )
    found = []
    for row in rows:
        wish: ContactWish = row.ContactWish
        seen = wish.opened_at is not None
        found.append(
            OpenWish(
                id=wish.id,
                entry_id=wish.entry_id,
                theme=row.title,
                icon=row.icon,
                made_at=wish.made_at,
                opened_at=wish.opened_at,
                opened_by=row.name or "",
                taken_back=wish.taken_back_at is not None,
                closing=row.closing,
                first_name=(wish.first_name or "") if seen else "",
                how=(wish.how or "") if seen else "",
                when_safe=(wish.when_safe or "") if seen else "",
            )
        )
    return found


def _calls(db: Session, hold_ids: list[int]) -> dict[int, tuple[tuple[Told, datetime, str], ...]]:
    found: dict[int, tuple[tuple[Told, datetime, str], ...]] = {}
    for hold_id, told, at, name in db.execute(
        sa.select(HoldCall.hold_id, HoldCall.told_to, HoldCall.at, Person.name)
        .join(Person, Person.id == HoldCall.by_id)
        .where(HoldCall.hold_id.in_(hold_ids))
        .order_by(HoldCall.at, HoldCall.id)
    ):
        found[hold_id] = (*found.get(hold_id, ()), (told, at, name))
    return found
