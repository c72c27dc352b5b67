"""The checking queue: a list without words, and the words of one entry for the person who opened
it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, Person, PromiseTheme, ReportCard, SafeguardingHold
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import (
    after_working_days,
    after_working_hours,
    before_working_days,
    before_working_hours,
)
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.entries import UNREAD, flagged, held, in_hand, reply_owed, waiting
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.entries import TO_READ, EntryKind, Flag, QueueState, Review
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey

TARGETS = (SettingKey.READ_WORKING_DAYS, SettingKey.READ_FLAGGED_HOURS, *DUTY_HOURS)

LONGEST_LIST = 200


@dataclass(frozen=True)
class WaitingEntry:
    """One entry of the queue, without a word of it.

    `read_by` is the moment it must be read by, `late` whether that passed before anyone read it.
    `typed_by_me`: somebody else must check it.
    """

    id: int
    kind: EntryKind
    theme: str
    icon: str
    sent_at: datetime
    read_by: datetime
    late: bool
    flags: tuple[Flag, ...]
    state: QueueState
    language: str
    taken_by: str
    taken_by_me: bool
    proposed_by: str
    proposed_by_me: bool
    typed_by_me: bool


@dataclass(frozen=True)
class QueueClock:
    """How many are unread, overdue, waiting for a second reader, and waiting for a reply."""

    unread: int
    late: int
    second_reader: int
    replies_owed: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class OwedReply:
    """A released entry whose author has had no reply."""

    id: int
    theme: str
    icon: str
    report_card_id: int
    card_title: str
    released_at: datetime
    shared: bool


def entries_to_check(db: Session, actor: Actor) -> list[WaitingEntry]:
    """Return what is waiting for this person, 200 at most: held, flagged, new, then those with
    others; in each group the longest wait first.

    Only safeguarding sees held entries. A safeguarding lead who is not in the Youth Voice Team sees
    those, and entries that wait for a second reader.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    targets = settings(db, *TARGETS)
    ours = sa.and_(in_hand(), ~held())
    if not actor.may(Permission.ENTRIES_QUEUE):
        ours = sa.and_(ours, CardEntry.proposed_version_id.is_not(None))
    rows = _rows(db, ours)
    if actor.may(Permission.ENTRIES_READ_HELD):
        # Asked separately: in one condition with our own, the engine would read every entry.
        hold = SafeguardingHold
        on_hold = db.scalars(sa.select(hold.entry_id).where(hold.closed_at.is_(None))).all()
        rows = _rows(db, sa.or_(CardEntry.id.in_(on_hold), CardEntry.about_id.in_(on_hold))) + rows
    return [_waiting_entry(row, actor, targets) for row in rows[:LONGEST_LIST]]


def queue_clock(db: Session, actor: Actor) -> QueueClock:
    """Return the counts above the queue. A second reading owed counts as unread."""
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    targets = settings(db, *TARGETS)
    hours = hours_in(targets)
    sent_by = before_working_days(actor.at, targets[SettingKey.READ_WORKING_DAYS], hours)
    flagged_by = before_working_hours(actor.at, targets[SettingKey.READ_FLAGGED_HOURS], hours)
    late = sa.or_(CardEntry.sent_at < sent_by, sa.and_(flagged(), CardEntry.sent_at < flagged_by))
    unread, overdue, second, oldest = db.execute(
        sa.select(
            sa.func.count(),
            sa.func.count().filter(late),
            sa.func.count(CardEntry.proposed_version_id),
            sa.func.min(CardEntry.sent_at),
        ).where(waiting())
    ).one()
    owed = db.scalar(sa.select(sa.func.count()).where(reply_owed())) or 0
    return QueueClock(unread, overdue, second, owed, oldest)


def replies_owed(db: Session, actor: Actor) -> list[OwedReply]:
    """Return the entries that owe their author a reply, the longest wait first, 200 at most."""
    actor.must(Permission.REPLIES_SEND)
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.report_card_id,
            CardEntry.released_at,
            PromiseTheme.title.label("theme"),
            PromiseTheme.icon,
            ReportCard.title,
            ReportCard.shared_on,
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(reply_owed())
        .order_by(CardEntry.released_at, CardEntry.id)
        .limit(LONGEST_LIST)
    )
    return [
        OwedReply(
            id=row.id,
            theme=row.theme,
            icon=row.icon,
            report_card_id=row.report_card_id,
            card_title=row.title,
            released_at=row.released_at,
            shared=row.shared_on is not None,
        )
        for row in rows
    ]


def _rows(db: Session, which: sa.ColumnElement[bool]) -> list[sa.Row[*tuple[Any, ...]]]:
    """Return entries with the names shown with them, the most urgent first, 200 at most."""
    taker, proposer = aliased(Person), aliased(Person)
    rows = db.execute(
        sa.select(
            CardEntry,
            held().label("is_held"),
            PromiseTheme.title,
            PromiseTheme.icon,
            taker.name.label("taker"),
            proposer.name.label("proposer"),
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .outerjoin(taker, taker.id == CardEntry.taken_by_id)
        .outerjoin(proposer, proposer.id == CardEntry.proposed_by_id)
        .where(which)
        .order_by(_urgency(), CardEntry.sent_at, CardEntry.id)
        .limit(LONGEST_LIST)
    )
    return list(rows)


def _urgency() -> sa.ColumnElement[int]:
    unread = CardEntry.review.in_(UNREAD)
    return sa.case(
        (held(), 0),
        (sa.and_(unread, flagged()), 1),
        (unread, 2),
        (CardEntry.review == Review.PERSONAL_HELP, 3),
        else_=4,
    )


def _waiting_entry(
    row: sa.Row[*tuple[Any, ...]], actor: Actor, targets: dict[SettingKey, Any]
) -> WaitingEntry:
    entry: CardEntry = row.CardEntry
    hours = hours_in(targets)
    if entry.flagged:
        allowed = targets[SettingKey.READ_FLAGGED_HOURS]
        read_by = after_working_hours(entry.sent_at, allowed, hours)
    else:
        read_by = after_working_days(entry.sent_at, targets[SettingKey.READ_WORKING_DAYS], hours)
    if row.is_held:
        state = QueueState.HELD
    elif entry.proposed_version_id is not None:
        state = QueueState.SECOND_READER
    else:
        state = QueueState(entry.review.value)
    unread = state in TO_READ
    return WaitingEntry(
        id=entry.id,
        kind=entry.kind,
        theme=row.title,
        icon=row.icon,
        sent_at=entry.sent_at,
        read_by=read_by,
        late=unread and read_by < actor.at,
        flags=tuple(entry.flag_list),
        state=state,
        language=entry.language,
        taken_by=row.taker or "",
        taken_by_me=entry.taken_by_id == actor.id,
        proposed_by=row.proposer or "",
        proposed_by_me=entry.proposed_by_id == actor.id,
        typed_by_me=entry.typed_by_id == actor.id,
    )
