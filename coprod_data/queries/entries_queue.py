"""The lists of the checking page, without a word of any entry, and the counts above them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    CheckStep,
    PromiseTheme,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_queue_steps import WaitingEntry as WaitingEntry  # its rows
from coprod_data.queries.entries_queue_steps import told
from coprod_data.queries.entries_rows_steps import (
    LONGEST_LIST,
    Place,
    any_of,
    no_answer_since,
    rows_of,
    wished,
)
from coprod_data.rules.clocks import before_working_days, before_working_hours
from coprod_data.rules.titles import card_title, month_shown
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.entries import (
    flagged,
    held,
    may_open,
    reply_owed,
    waiting,
)
from coprod_data.scopes.entries_queue import left_the_queue, taken_back_unread, unanswered
from coprod_data.scopes.held_cards import unread_after_a_hold
from coprod_data.scopes.second_person import left_to_safeguarding
from coprod_data.scopes.settings import settings
from coprod_data.scopes.watched_cards import on_watched_card
from coprod_data.vocabulary.entries import QueueState, Review
from coprod_data.vocabulary.entry_care import BESIDE
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey

LISTED = timedelta(days=30)


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
    """An entry that was decided and whose author has heard nothing back.

    `typed_by_me`: this person typed it, so somebody else reads it and replies.
    """

    id: int
    theme: str
    icon: str
    report_card_id: int
    card_title: str
    dealt_at: datetime
    kept: bool
    shared: bool
    typed_by_me: bool


def entries_to_check(db: Session, actor: Actor) -> list[WaitingEntry]:
    """Return what waits in the queue, 200 at most: on hold, taken back unread, urgent, then the
    others, and last what waits for somebody else; in each the longest wait first.

    Held entries, and those taken back unread, are listed for safeguarding only. Somebody of
    safeguarding who is not of the Youth Voice Team sees these, what they may be second for, and
    what came after a hold on the same card had ended, until one of them has read it.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    targets = _targets(db)
    stepping = sa.and_(
        CardEntry.id.in_(sa.select(CheckStep.entry_id).where(CheckStep.settled_at.is_(None))),
        CardEntry.withdrawn_at.is_(None),
        ~held(),
    )
    ours: tuple[sa.ColumnElement[bool], ...]
    silent = unanswered(no_answer_since(actor, hours_in(targets)))
    if actor.may(Permission.ENTRIES_QUEUE):
        ours = (waiting(), silent, stepping)
    else:
        left = left_to_safeguarding(db, actor.at)
        after = sa.and_(waiting(), unread_after_a_hold())
        ours = (sa.and_(waiting(), left), sa.and_(silent, left), stepping, after)
    found = told(db, actor, targets, rows_of(db, any_of(*ours), may_open(actor)))
    if not actor.may(Permission.ENTRIES_QUEUE):
        found = [row for row in found if row.for_me or row.beside]
    if actor.may(Permission.ENTRIES_READ_HELD):
        # Asked separately: in one condition with our own, the engine would read every entry.
        hold = SafeguardingHold
        on_hold = db.scalars(sa.select(hold.entry_id).where(hold.closed_at.is_(None))).all()
        sealed = rows_of(
            db,
            sa.or_(
                CardEntry.id.in_(on_hold),
                CardEntry.about_id.in_(on_hold),
                CardEntry.held_with_id.in_(on_hold),
            ),
            may_open(actor),
        )
        sealed += rows_of(db, taken_back_unread(), may_open(actor))
        found = told(db, actor, targets, sealed) + found
    return sorted(found, key=_order_of)[:LONGEST_LIST]


def ended_entries(db: Session, actor: Actor) -> list[WaitingEntry]:
    """Return what left the queue in the last 30 days, the latest first.

    All that was ended or asked back, and what was let out after a flag. Every flagged entry, and of
    the others 200 at most. Both teams see all of it: either may still hold an entry.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    which = any_of(*left_the_queue(actor.at - LISTED)), may_open(actor)
    latest = CardEntry.dealt_at.desc()
    rows = rows_of(db, *which, flagged(), order=latest, limit=None)
    rows += rows_of(db, *which, ~flagged(), order=latest)
    rows.sort(key=lambda row: row.CardEntry.dealt_at, reverse=True)
    return told(db, actor, _targets(db), rows)


def queue_clock(db: Session, actor: Actor) -> QueueClock:
    """Return the counts above the queue. A second person's step owed counts as unread."""
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    targets = _targets(db)
    hours = hours_in(targets)
    sent_by = before_working_days(actor.at, targets[SettingKey.READ_WORKING_DAYS], hours)
    flagged_by = before_working_hours(actor.at, targets[SettingKey.READ_FLAGGED_HOURS], hours)
    urgent = sa.or_(flagged(), wished(), on_watched_card())
    late = sa.or_(
        CardEntry.waits_since < sent_by, sa.and_(urgent, CardEntry.waits_since < flagged_by)
    )
    step = sa.exists().where(
        CheckStep.entry_id == CardEntry.id,
        CheckStep.settled_at.is_(None),
        CheckStep.kind.not_in(BESIDE),
    )
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
    """Return the entries that owe their author a reply, the longest wait first, 200 at most.

    Safeguarding replies to the authors of those that nobody of the Youth Voice Team may read.
    """
    actor.must(Permission.REPLIES_SEND, Permission.ENTRIES_READ_HELD)
    ours = sa.true() if actor.may(Permission.REPLIES_SEND) else left_to_safeguarding(db, actor.at)
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.report_card_id,
            CardEntry.dealt_at,
            CardEntry.review,
            CardEntry.typed_by_id,
            PromiseTheme.title.label("theme"),
            PromiseTheme.icon,
            PromiseTheme.young_title,
            ReportCard.title,
            ReportCard.shared_on,
            ReportCard.opened_at,
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(reply_owed(), may_open(actor), ours)
        .order_by(CardEntry.dealt_at, CardEntry.id)
        .limit(LONGEST_LIST)
    )
    return [
        OwedReply(
            id=row.id,
            theme=row.theme,
            icon=row.icon,
            report_card_id=row.report_card_id,
            card_title=card_title(
                row.title, row.young_title, month_shown(row.shared_on, row.opened_at)
            ),
            dealt_at=row.dealt_at,
            kept=row.review is Review.KEPT,
            shared=row.shared_on is not None and row.review is not Review.KEPT,
            typed_by_me=row.typed_by_id == actor.id,
        )
        for row in rows
    ]


def _targets(db: Session) -> dict[SettingKey, Any]:
    return settings(db, SettingKey.READ_WORKING_DAYS, SettingKey.READ_FLAGGED_HOURS, *DUTY_HOURS)


def _order_of(row: WaitingEntry) -> tuple[int, Place, bool, datetime, int]:
    """Return where a row belongs: held, taken back, urgent, the others, what waits for others.

    Of the others, what people say of a session comes first while it is on, and last after it.
    Of what is urgent, present danger comes first; of the others, what words ask to read sooner.
    """
    group = {QueueState.HELD: 0, QueueState.TAKEN_BACK: 1}.get(row.state, 2 if row.urgent else 3)
    for_others = row.state is QueueState.SECOND_READER and not row.for_me
    last = for_others or (row.state is QueueState.ASKED_BACK and not row.urgent)
    later = not row.grave if row.urgent else not row.hints
    place = Place.USUAL if row.urgent else row.place
    return (5 if last else group, place, later, row.read_by, row.id)
