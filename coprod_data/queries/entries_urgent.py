"""When something urgent began to wait for somebody of the two teams: moments, and nothing else."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_queue_steps import WaitingEntry, told
from coprod_data.queries.entries_rows_steps import any_of, rows_of, wished
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.scopes.entries import flagged, may_open, waiting
from coprod_data.scopes.settings import settings
from coprod_data.scopes.watched_cards import on_watched_card
from coprod_data.vocabulary.entries import TO_READ, QueueState
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey


def urgent_moments(db: Session, actor: Actor, *, everybodys: bool = False) -> list[datetime]:
    """Return when each urgent thing that waits for this person came, and when it became overdue.

    A flagged or wished entry that nobody has decided, one taken back unread, a hold that is not
    opened, that nobody was told of, whose next step is due or whose author wrote again, and a wish
    to talk. `everybodys`
    adds, for safeguarding, what waits for others: somebody on duty hears of it, and rings who can
    open it. Nothing about themselves is among them.
    """
    actor.must(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD)
    rows = [row for row in entries_to_check(db, actor) if row.for_me]
    if everybodys and actor.may(Permission.ENTRIES_READ_HELD):
        rows += _of_others(db, actor)
    found = [(row.waits_since, row.read_by) for row in rows if _is_urgent(row)]
    for hold in open_holds(db, actor):
        opens = actor.may(Permission.ENTRIES_READ_HELD) or hold.opened_by_me
        if hold.first_read_at is None and opens and not hold.left:
            found.append((hold.opened_at, hold.ring_again_at or hold.open_by))
        elif hold.unread_at is not None and actor.may(Permission.ENTRIES_READ_HELD):
            due = hold.next_by or hold.unread_at
            found.append((hold.unread_at, due))
        elif hold.next_by is not None and actor.may(Permission.ENTRIES_READ_HELD):
            found.append((hold.next_by, hold.next_by))
        elif since := hold.untold_since(actor.at):
            found.append((since, since))
    for wish in open_wishes(db, actor):
        if wish.opened_at is None:
            found.append((wish.since, wish.due))
    return [moment for came, due in found for moment in (came, due) if moment <= actor.at]


def _is_urgent(row: WaitingEntry) -> bool:
    waits = row.state is QueueState.TAKEN_BACK or row.state in TO_READ
    return row.step is None and row.urgent and waits


def _of_others(db: Session, actor: Actor) -> list[WaitingEntry]:
    urgent = any_of(*(sa.and_(waiting(), one()) for one in (flagged, wished, on_watched_card)))
    targets = settings(db, SettingKey.READ_WORKING_DAYS, SettingKey.READ_FLAGGED_HOURS, *DUTY_HOURS)
    return told(db, actor, targets, rows_of(db, urgent, may_open(actor)))
