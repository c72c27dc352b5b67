"""Open holds, without a word of any entry: who was told, and what is next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    CheckStep,
    EntryQuestion,
    HoldCall,
    Person,
    PromiseTheme,
    Reply,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import after_working_days, after_working_hours, london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.duty import away_until, hours_of
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.held_cards import unread_with_hold
from coprod_data.scopes.people import holds
from coprod_data.scopes.second_person import left_to_others
from coprod_data.vocabulary.entries import EntryKind, Flag
from coprod_data.vocabulary.entry_care import StepKind, Told

FIRST_OPENING = 1  # duty hours until safeguarding has opened a held entry, or words beside it
NEXT_STEP = 1  # working days from one step of safeguarding to the next
RING_AGAIN = timedelta(minutes=15)  # after a message was left
EVERYBODY_RINGS = timedelta(minutes=10)  # without a call, before colleagues are asked to make it
ENOUGH = 2  # numbers that nobody answered, before other work goes on


@dataclass(frozen=True)
class HeldEntry:
    """An open hold, without a word of its entry.

    `open_by` is when safeguarding must have opened it; `late`: that, or `next_by`, has passed.
    `taken_back_at` is when its author took it back. `ring_again_at`: a message was left, nobody
    opened it, and somebody rings again then. `taken_by` said that they deal with it; `gone` where
    they are not of safeguarding any more. `away_until`: who has it, else who opened it, is away.
    `wrote_at` is when safeguarding last wrote on its card, wrote down a call or asked to end it,
    `next_by` when the next step is due. `unread_at` is since when words that its author wrote
    beside it wait, and nobody of safeguarding has read them.
    `about_us`: it may be about one of us; `about_me`: of this first name; `left`: another is there.
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
    first_read_by_id: int | None
    taken_back_at: datetime | None
    calls: tuple[tuple[Told, datetime, str], ...]
    about_us: bool
    about_me: bool
    left: bool
    taken_at: datetime | None
    taken_by: str
    taken_by_id: int | None
    taken_by_me: bool
    gone: bool
    away_until: date | None
    wrote_at: datetime | None
    next_by: datetime | None
    unread_at: datetime | None = None

    @property
    def with_id(self) -> int | None:
        """Return who has it: who took it, else who opened it first."""
        return self.taken_by_id or self.first_read_by_id

    @property
    def dealt_with(self) -> bool:
        """Say whether somebody has taken it who is there."""
        return self.taken_at is not None and not self.gone and self.away_until is None

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


def open_holds(db: Session, actor: Actor) -> list[HeldEntry]:
    """Return the open holds that this person may know of: not opened first, then the oldest."""
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    opener, reader, taker = aliased(Person), aliased(Person), aliased(Person)
    whose = sa.func.coalesce(SafeguardingHold.taken_by_id, SafeguardingHold.first_read_by_id)
    rows = db.execute(
        sa.select(
            SafeguardingHold,
            CardEntry,
            PromiseTheme.title,
            PromiseTheme.icon,
            opener.name.label("opener"),
            reader.name.label("reader"),
            taker.name.label("taker"),
            holds(Role.SAFEGUARDING, person=taker).label("there"),
            away_until(london_day(actor.at), whose).label("away_until"),
            *_written(),
            _unread(actor),
        )
        .join(CardEntry, CardEntry.id == SafeguardingHold.entry_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(opener, opener.id == SafeguardingHold.opened_by_id)
        .outerjoin(reader, reader.id == SafeguardingHold.first_read_by_id)
        .outerjoin(taker, taker.id == SafeguardingHold.taken_by_id)
        .where(SafeguardingHold.closed_at.is_(None), may_open(actor))
        .order_by(SafeguardingHold.first_read_at.is_not(None), SafeguardingHold.opened_at)
    ).all()
    calls = _calls(db, [row.SafeguardingHold.id for row in rows])
    hours, found, on_hold = hours_of(db), [], [row.CardEntry for row in rows]
    mine = left_to_others(db, actor, on_hold, [entry.id for entry in on_hold])
    for row in rows:
        hold, entry = row.SafeguardingHold, row.CardEntry
        open_by = after_working_hours(hold.opened_at, FIRST_OPENING, hours)
        told = calls.get(hold.id, ())
        steps = filter(None, (row.replied, row.asked, row.called, row.closing))
        wrote_at = max(steps, default=None)
        acted = [when for when in (hold.first_read_at, hold.taken_at, wrote_at) if when]
        next_by = after_working_days(max(acted), NEXT_STEP, hours) if hold.first_read_at else None
        if next_by is not None and row.unread_at is not None:
            next_by = min(next_by, after_working_hours(row.unread_at, FIRST_OPENING, hours))
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
                late=(next_by or open_by) < actor.at,
                first_read_at=hold.first_read_at,
                first_read_by=row.reader or "",
                first_read_by_id=hold.first_read_by_id,
                taken_back_at=entry.withdrawn_at,
                calls=told,
                taken_at=hold.taken_at,
                taken_by=row.taker or "",
                taken_by_id=hold.taken_by_id,
                taken_by_me=hold.taken_by_id == actor.person_id,
                gone=hold.taken_at is not None and not row.there,
                away_until=row.away_until,
                wrote_at=wrote_at,
                next_by=next_by,
                unread_at=row.unread_at,
                about_us=Flag.ABOUT_US in entry.flag_list or entry.about_us is not None,
                about_me=entry.id in mine,
                left=mine.get(entry.id, False),
            )
        )
    return found


@statement
def _written() -> tuple[sa.ColumnElement[Any], ...]:
    """Return when safeguarding last replied, asked, wrote down a call, and asked to end a hold."""
    since, main = SafeguardingHold.opened_at, sa.func.coalesce(CardEntry.about_id, CardEntry.id)

    def last(at: Any, by: Any, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
        writer = aliased(Person)
        ours = holds(Role.SAFEGUARDING, person=writer)
        found = sa.select(sa.func.max(at)).join(writer, writer.id == by)
        return (
            found.where(at >= since, ours, *where)
            .correlate(SafeguardingHold, CardEntry)
            .scalar_subquery()
        )

    return (
        last(Reply.at, Reply.person_id, Reply.entry_id == main).label("replied"),
        last(
            EntryQuestion.asked_at, EntryQuestion.asked_by_id, EntryQuestion.entry_id == main
        ).label("asked"),
        last(HoldCall.at, HoldCall.by_id, HoldCall.hold_id == SafeguardingHold.id).label("called"),
        last(
            CheckStep.proposed_at, CheckStep.proposed_by_id,
            CheckStep.entry_id == SafeguardingHold.entry_id, CheckStep.kind == StepKind.END_HOLD,
        ).label("closing"),
    )  # fmt: skip


def _unread(actor: Actor) -> sa.Label[Any]:
    """Return since when words beside a hold wait that this person may open and nobody has read."""
    beside = aliased(CardEntry)
    waits = sa.select(sa.func.min(beside.waits_since)).where(
        unread_with_hold(beside), may_open(actor, beside)
    )
    return waits.correlate(SafeguardingHold).scalar_subquery().label("unread_at")


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
