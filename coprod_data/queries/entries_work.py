"""What waits for somebody of the two teams, without a word of any entry: rows of their work."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, CheckStep, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_holds import HeldEntry, open_holds
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_queue_steps import WaitingEntry
from coprod_data.queries.entries_quoted import texts_to_reword
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.rules.clocks import days_old_before
from coprod_data.scopes.entries import held, may_open, reply_owed
from coprod_data.scopes.second_person import (
    left_to_safeguarding,
    second_of_steps,
    waits_for_hold,
)
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entries import TO_READ, QueueState
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.settings import SettingKey
from coprod_data.vocabulary.work import URGENT_WORK, WorkKind

MAY_BE_OVERDUE = (
    WorkKind.HOLD_OPEN,
    WorkKind.TAKEN_BACK,
    WorkKind.URGENT,
    WorkKind.WISH_TAKEN_BACK,
    WorkKind.WISH,
)


@dataclass(frozen=True)
class EntryWork:
    """One row of somebody's work: of one entry, or of `count` of them where `entry_id` is None.

    `since` is when the longest wait began, `late` whether it is overdue; `over` of them are over
    our target. `who` is a colleague that the row is about: who proposed, left a message, or opened
    the entry at `taken_at` and has not decided. `grave`: somebody may be in danger now. `hold` is
    the opened hold that waits for its next step, `wish_id` the wish to talk that this is about,
    made at `wished_at`, and `which` of several on its card.
    """

    kind: WorkKind
    since: datetime
    late: bool
    entry_id: int | None = None
    theme: str = ""
    count: int = 1
    step: StepKind | None = None
    who: str = ""
    due: datetime | None = None
    taken_at: datetime | None = None
    grave: bool = False
    late_ones: int | None = None  # where it is about several
    hold: HeldEntry | None = None
    wish_id: int | None = None
    wished_at: datetime | None = None
    which: str = ""

    @property
    def over(self) -> int:
        """How many are over our target, counted as Checking and the Overview do."""
        return int(self.late) if self.late_ones is None else self.late_ones


def work_on_entries(db: Session, actor: Actor) -> list[EntryWork]:
    """Return what waits for this person of the two teams, by kind, the oldest of each first.

    Holds come first, then present danger, then what is overdue among what is urgent.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    queue = entries_to_check(db, actor)
    rows = _holds(db, actor) + _of_the_queue(queue)
    rows += _steps(db, actor, {row.id for row in queue if row.late})
    rows += _wishes(db, actor)
    rows += plain_work_on_entries(db, actor)
    return sorted(rows, key=_place)


def plain_work_on_entries(db: Session, actor: Actor) -> list[EntryWork]:
    """Return replies owed and texts to reword, which may be counted in a menu.

    Holds, wishes, worries, flags and what is unread may not: a number would tell of them.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    ours = sa.true() if actor.may(Permission.REPLIES_SEND) else left_to_safeguarding(db, actor.at)
    dealt, days = CardEntry.dealt_at, int(setting(db, SettingKey.REPLY_RED_DAYS))
    late = sa.func.count().filter(dealt < days_old_before(actor.at, days))
    owed = sa.select(sa.func.count(), sa.func.min(dealt), late)
    count, since, over = db.execute(owed.where(reply_owed(), may_open(actor), ours)).one()
    rows = []
    if since:
        rows.append(EntryWork(WorkKind.REPLIES, since, late=over > 0, count=count, late_ones=over))
    if actor.may(Permission.TEXTS_REWORD) and (texts := texts_to_reword(db, actor)):
        first = texts[0]
        rows.append(
            EntryWork(
                WorkKind.REWORD,
                first.since,
                late=first.late,
                count=len(texts),
                due=first.due,
                late_ones=sum(text.late for text in texts),
            )
        )
    return rows


def _place(row: EntryWork) -> tuple[bool, bool, bool, int, datetime, int]:
    overdue = row.late and row.kind in MAY_BE_OVERDUE
    order = list(WorkKind).index(row.kind)
    first = row.kind in URGENT_WORK
    return (not first, not row.grave, not overdue, order, row.since, row.entry_id or 0)


def _wishes(db: Session, actor: Actor) -> list[EntryWork]:
    return [
        EntryWork(
            WorkKind.WISH_TAKEN_BACK if wish.taken_back else WorkKind.WISH, wish.since,
            late=wish.late, entry_id=wish.entry_id, theme=wish.theme, due=wish.due, wish_id=wish.id,
            wished_at=wish.made_at, which=wish.which,
        )
        for wish in open_wishes(db, actor)
    ]  # fmt: skip


def _holds(db: Session, actor: Actor) -> list[EntryWork]:
    rows = []
    for hold in open_holds(db, actor):
        opens = actor.may(Permission.ENTRIES_READ_HELD)
        if hold.first_read_at is None and (opens or hold.opened_by_me) and not hold.left:
            rows.append(
                EntryWork(
                    WorkKind.HOLD_UNOPENED, hold.opened_at, late=True, entry_id=hold.id,
                    theme=hold.theme, who=hold.opened_by, due=hold.open_by,
                )
            )  # fmt: skip
        if opens and hold.first_read_at is not None:
            late = hold.late or (hold.taken_at is not None and not hold.dealt_with)
            rows.append(
                EntryWork(
                    WorkKind.HOLD_OPEN, hold.opened_at, late=late, entry_id=hold.id,
                    theme=hold.theme, due=hold.next_by, hold=hold,
                    grave=hold.unread_at is not None,
                )
            )  # fmt: skip
        again = hold.ring_again_at
        if again is not None and again <= actor.at:
            rows.append(
                EntryWork(
                    WorkKind.MESSAGE_LEFT, hold.calls[-1][1], late=True, entry_id=hold.id,
                    theme=hold.theme, who=hold.calls[-1][2],
                )
            )  # fmt: skip
        elif hold.untold_since(actor.at) and not (opens or hold.opened_by_me):
            rows.append(
                EntryWork(
                    WorkKind.NOT_TOLD, hold.opened_at, late=True, entry_id=hold.id,
                    theme=hold.theme, who=hold.opened_by, due=hold.open_by,
                )
            )  # fmt: skip
    return rows


def _of_the_queue(queue: list[WaitingEntry]) -> list[EntryWork]:
    rows, unread = [], []
    for row in queue:
        if not row.for_me or row.step is not None or row.state is QueueState.HELD:
            continue
        if row.state is QueueState.TAKEN_BACK or (row.urgent and row.state in TO_READ):
            taken_back = row.state is QueueState.TAKEN_BACK
            rows.append(
                EntryWork(
                    WorkKind.TAKEN_BACK if taken_back else WorkKind.URGENT, row.waits_since,
                    late=row.late, entry_id=row.id, theme=row.theme, due=row.read_by,
                    who="" if row.taken_by_me else row.taken_by, taken_at=row.taken_at,
                    grave=row.grave,
                )
            )  # fmt: skip
        else:
            unread.append(row)
    if unread:
        longest = min(row.waits_since for row in unread)
        over = sum(row.late for row in unread)
        rows.append(
            EntryWork(WorkKind.TO_READ, longest, late=over > 0, count=len(unread), late_ones=over)
        )
    return rows


def _steps(db: Session, actor: Actor, late: set[int]) -> list[EntryWork]:
    """Return the steps that wait for a second person: those for me, then those that I proposed."""
    found = db.execute(
        sa.select(CheckStep, CardEntry, Person.name, held().label("is_held"))
        .join(CardEntry, CardEntry.id == CheckStep.entry_id)
        .join(Person, Person.id == CheckStep.proposed_by_id)
        .where(CheckStep.settled_at.is_(None), may_open(actor))
        .order_by(CheckStep.id)
    ).all()
    others = second_of_steps(
        db, actor.at, [(step, entry, bool(is_held)) for step, entry, _, is_held in found]
    )
    rows = []
    for step, entry, name, is_held in found:
        if step.proposed_by_id == actor.person_id:
            kind = WorkKind.FOR_OTHERS
        elif waits_for_hold(step.kind, held=bool(is_held)):
            continue
        elif actor.id in others[step.id]:
            kind = WorkKind.SECOND
        else:
            continue
        rows.append(
            EntryWork(
                kind,
                step.proposed_at,
                late=kind is WorkKind.SECOND and entry.id in late,
                entry_id=entry.id,
                step=step.kind,
                who=name,
            )
        )
    return rows
