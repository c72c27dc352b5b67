"""The lists of the checking page, without a word of any entry, and the counts above them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CardEntry,
    CheckStep,
    ContactWish,
    Person,
    PromiseTheme,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.rules.clocks import after_working_hours, before_working_hours
from coprod_data.scopes.entries import (
    flagged,
    held,
    hinted,
    may_open,
    reply_owed,
    taken_back_unread,
    unanswered,
    waiting,
)
from coprod_data.scopes.second_person import second_people
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.entries import TO_READ, EntryKind, Flag, Hint, QueueState, Review
from coprod_data.vocabulary.entry_care import Again, StepKind
from coprod_data.vocabulary.settings import SettingKey

LONGEST_LIST = 200
ANSWER_DAYS = 5  # working days in which an answer is waited for
LISTED = timedelta(days=30)
ENDED = (Review.CLOSED, Review.KEPT, Review.PERSONAL_HELP, Review.ASKED_BACK)


@dataclass(frozen=True)
class WaitingEntry:
    """One entry of a list, without a word of it.

    `read_by` is the moment it must be read by, `late` whether that has passed undecided. `wish`:
    somebody is asked to talk to them, and no one has yet. `step` waits for a second person;
    `for_me` says that this person is, or may be, the one to act next. `typed_by_me`: somebody else
    checks it.
    """

    id: int
    kind: EntryKind
    theme: str
    icon: str
    sent_at: datetime
    waits_since: datetime
    read_by: datetime
    late: bool
    urgent: bool
    flags: tuple[Flag, ...]
    hints: tuple[Hint, ...]
    wish: bool
    again: Again | None
    state: QueueState
    language: str
    taken_by: str
    taken_by_me: bool
    taken_at: datetime | None
    step: StepKind | None
    proposed_by: str
    proposed_by_me: bool
    typed_by_me: bool
    for_me: bool
    dealt_at: datetime | None


@dataclass(frozen=True)
class QueueClock:
    """How many wait: undecided, over the target, urgent, for a second person, and for a reply."""

    unread: int
    late: int
    urgent: int
    second_reader: int
    replies_owed: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class OwedReply:
    """An entry that was decided and whose author has heard nothing back."""

    id: int
    theme: str
    icon: str
    report_card_id: int
    card_title: str
    dealt_at: datetime
    kept: bool
    shared: bool


def entries_to_check(db: Session, actor: Actor) -> list[WaitingEntry]:
    """Return what waits in the queue, 200 at most: on hold, taken back unread, urgent, then the
    others, and last what waits for somebody else; in each the longest wait first.

    Held entries, and those taken back unread, are listed for safeguarding only. Somebody of
    safeguarding who is not of the Youth Voice Team sees these, and what they may be second for.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    targets = _targets(db)
    ours = sa.and_(sa.or_(waiting(), unanswered(_no_answer(actor))), may_open(actor))
    if not actor.may(Permission.ENTRIES_QUEUE):
        stepping = sa.select(CheckStep.entry_id).where(CheckStep.settled_at.is_(None))
        ours = sa.and_(ours, CardEntry.id.in_(stepping))
    found = _told(db, actor, targets, _rows(db, ours))
    if not actor.may(Permission.ENTRIES_QUEUE):
        found = [row for row in found if row.for_me]
    if actor.may(Permission.ENTRIES_READ_HELD):
        # Asked separately: in one condition with our own, the engine would read every entry.
        hold = SafeguardingHold
        on_hold = db.scalars(sa.select(hold.entry_id).where(hold.closed_at.is_(None))).all()
        sealed = _rows(
            db,
            sa.or_(CardEntry.id.in_(on_hold), CardEntry.about_id.in_(on_hold)),
            may_open(actor),
        )
        sealed += _rows(db, taken_back_unread(), may_open(actor))
        found = _told(db, actor, targets, sealed) + found
    return sorted(found, key=_order)[:LONGEST_LIST]


def ended_entries(db: Session, actor: Actor) -> list[WaitingEntry]:
    """Return what left the queue in the last 30 days, 200 at most, the latest first.

    All that was ended or asked back, and what was let out after a flag.
    """
    actor.must(Permission.ENTRIES_QUEUE)
    ended = sa.or_(
        CardEntry.review.in_(ENDED), sa.and_(CardEntry.review == Review.RELEASED, flagged())
    )
    rows = _rows(
        db,
        sa.and_(CardEntry.dealt_at >= actor.at - LISTED, CardEntry.withdrawn_at.is_(None)),
        sa.and_(ended, ~held(), may_open(actor)),
        order=CardEntry.dealt_at.desc(),
    )
    return _told(db, actor, _targets(db), rows)


def queue_clock(db: Session, actor: Actor) -> QueueClock:
    """Return the counts above the queue. A second person's step owed counts as unread."""
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    targets = _targets(db)
    sent_by = before_working_hours(actor.at, targets[SettingKey.READ_WORKING_DAYS] * 8)
    flagged_by = before_working_hours(actor.at, targets[SettingKey.READ_FLAGGED_HOURS])
    urgent = sa.or_(flagged(), _wished())
    late = sa.or_(
        CardEntry.waits_since < sent_by, sa.and_(urgent, CardEntry.waits_since < flagged_by)
    )
    step = sa.exists().where(CheckStep.entry_id == CardEntry.id, CheckStep.settled_at.is_(None))
    unread, overdue, urgently, second, oldest = db.execute(
        sa.select(
            sa.func.count(),
            sa.func.count().filter(late),
            sa.func.count().filter(urgent),
            sa.func.count().filter(step),
            sa.func.min(CardEntry.waits_since),
        ).where(waiting(), may_open(actor))
    ).one()
    owed = db.scalar(sa.select(sa.func.count()).where(reply_owed(), may_open(actor))) or 0
    return QueueClock(unread, overdue, urgently, second, owed, oldest)


def replies_owed(db: Session, actor: Actor) -> list[OwedReply]:
    """Return the entries that owe their author a reply, the longest wait first, 200 at most."""
    actor.must(Permission.REPLIES_SEND)
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.report_card_id,
            CardEntry.dealt_at,
            CardEntry.review,
            PromiseTheme.title.label("theme"),
            PromiseTheme.icon,
            ReportCard.title,
            ReportCard.shared_on,
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(reply_owed(), may_open(actor))
        .order_by(CardEntry.dealt_at, CardEntry.id)
        .limit(LONGEST_LIST)
    )
    return [
        OwedReply(
            id=row.id,
            theme=row.theme,
            icon=row.icon,
            report_card_id=row.report_card_id,
            card_title=row.title,
            dealt_at=row.dealt_at,
            kept=row.review is Review.KEPT,
            shared=row.shared_on is not None,
        )
        for row in rows
    ]


def _targets(db: Session) -> dict[SettingKey, Any]:
    return settings(db, SettingKey.READ_WORKING_DAYS, SettingKey.READ_FLAGGED_HOURS)


def _no_answer(actor: Actor) -> datetime:
    return before_working_hours(actor.at, ANSWER_DAYS * 8)


def _wished() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        ContactWish.entry_id == CardEntry.id,
        ContactWish.closed_at.is_(None),
        ContactWish.taken_back_at.is_(None),
    )


def _rows(
    db: Session, *which: sa.ColumnElement[bool], order: Any = None
) -> list[sa.Row[*tuple[Any, ...]]]:
    """Return entries with the names beside them, the most urgent first, 200 at most."""
    taker = aliased(Person)
    urgency = sa.case((sa.or_(flagged(), _wished()), 0), (hinted(), 1), else_=2)
    by = (urgency, CardEntry.waits_since) if order is None else (order,)
    rows = db.execute(
        sa.select(
            CardEntry,
            held().label("is_held"),
            _wished().label("wish"),
            PromiseTheme.title,
            PromiseTheme.icon,
            taker.name.label("taker"),
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .outerjoin(taker, taker.id == CardEntry.taken_by_id)
        .where(*which)
        .order_by(*by, CardEntry.id)
        .limit(LONGEST_LIST)
    )
    return list(rows)


def _steps(db: Session, ids: Iterable[int]) -> dict[int, tuple[CheckStep, str]]:
    rows = db.execute(
        sa.select(CheckStep, Person.name)
        .join(Person, Person.id == CheckStep.proposed_by_id)
        .where(CheckStep.entry_id.in_(list(ids)), CheckStep.settled_at.is_(None))
        .order_by(CheckStep.id)
    )
    return {step.entry_id: (step, name) for step, name in rows}


def _told(
    db: Session,
    actor: Actor,
    targets: dict[SettingKey, Any],
    rows: list[sa.Row[*tuple[Any, ...]]],
) -> list[WaitingEntry]:
    steps = _steps(db, [row.CardEntry.id for row in rows])
    return [_waiting_entry(db, actor, targets, row, steps.get(row.CardEntry.id)) for row in rows]


def _waiting_entry(
    db: Session,
    actor: Actor,
    targets: dict[SettingKey, Any],
    row: sa.Row[*tuple[Any, ...]],
    proposed: tuple[CheckStep, str] | None,
) -> WaitingEntry:
    entry: CardEntry = row.CardEntry
    step, proposer = proposed or (None, "")
    urgent = entry.flagged or bool(row.wish)
    hours = (
        targets[SettingKey.READ_FLAGGED_HOURS]
        if urgent
        else targets[SettingKey.READ_WORKING_DAYS] * 8
    )
    state = _state(actor, row, step)
    since = entry.withdrawn_at if state is QueueState.TAKEN_BACK else entry.waits_since
    read_by = after_working_hours(since or entry.waits_since, hours)
    in_queue = (
        state in TO_READ
        or state is QueueState.TAKEN_BACK
        or (state is QueueState.ASKED_BACK and entry.dealt_at is None)
    )
    return WaitingEntry(
        id=entry.id,
        kind=entry.kind,
        theme=row.title,
        icon=row.icon,
        sent_at=entry.sent_at,
        waits_since=since or entry.waits_since,
        read_by=read_by,
        late=in_queue and read_by < actor.at,
        urgent=urgent,
        flags=tuple(entry.flag_list),
        hints=tuple(Hint(value) for value in entry.hints),
        wish=bool(row.wish),
        again=entry.again,
        state=state,
        language=entry.language,
        taken_by=row.taker or "",
        taken_by_me=entry.taken_by_id == actor.id,
        taken_at=entry.taken_at,
        step=step.kind if step else None,
        proposed_by=proposer,
        proposed_by_me=step is not None and step.proposed_by_id == actor.id,
        typed_by_me=entry.typed_by_id == actor.id,
        for_me=_is_for(db, actor, entry, state, step),
        dealt_at=entry.dealt_at,
    )


def _state(actor: Actor, row: sa.Row[*tuple[Any, ...]], step: CheckStep | None) -> QueueState:
    entry: CardEntry = row.CardEntry
    if row.is_held:
        return QueueState.HELD
    if entry.kept_unread:
        return QueueState.TAKEN_BACK
    if step is not None:
        return QueueState.SECOND_READER
    if entry.review is Review.ASKED_BACK and entry.dealt_at is not None:
        late = entry.dealt_at < _no_answer(actor)
        return QueueState.NO_ANSWER if late else QueueState.ASKED_BACK
    return QueueState(entry.review.value)


def _is_for(
    db: Session, actor: Actor, entry: CardEntry, state: QueueState, step: CheckStep | None
) -> bool:
    """Say whether this person may take the next step with an entry."""
    if entry.typed_by_id == actor.id:
        return False
    if state in (QueueState.HELD, QueueState.TAKEN_BACK):
        return actor.may(Permission.ENTRIES_READ_HELD)
    if step is not None:
        team = Role.SAFEGUARDING if step.kind is StepKind.END_HOLD else Role.YOUTH_VOICE
        others = second_people(db, team, first_id=step.proposed_by_id, entry=entry)
        return actor.id in others
    if state not in TO_READ:
        return False
    return entry.taken_by_id in (None, actor.id)


def _order(row: WaitingEntry) -> tuple[int, int, datetime, int]:
    group = {QueueState.HELD: 0, QueueState.TAKEN_BACK: 1}.get(row.state, 2 if row.urgent else 3)
    waits_for_others = row.state is QueueState.SECOND_READER and not row.for_me
    asked = row.state is QueueState.ASKED_BACK and not row.urgent
    return (5 if waits_for_others or asked else group, not row.hints, row.read_by, row.id)
