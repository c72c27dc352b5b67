"""Whether the log is unchanged since it was sealed, and how far it goes."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventSeal
from coprod_data.permissions import Actor, Permission
from coprod_data.store.seals import FIRST, seal


@dataclass(frozen=True)
class LogState:
    """How many events the log has, and its last seal: number, moment, last event and hash."""

    events: int
    last: tuple[int, datetime, int, str] | None


def log_state(db: Session, actor: Actor) -> LogState:
    """Return how far the log goes, to compare with what was noted elsewhere."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    last = db.scalar(sa.select(EventSeal).order_by(EventSeal.to_id.desc()).limit(1))
    return LogState(
        events=db.scalar(sa.select(sa.func.count()).select_from(Event)) or 0,
        last=None if last is None else (last.id, last.made_at, last.to_id, last.hash),
    )


def broken_seal(db: Session, actor: Actor) -> int | None:
    """Return the id of the first seal that does not match its events; None when all do."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    before = FIRST
    for kept in db.scalars(sa.select(EventSeal).order_by(EventSeal.to_id)):
        events = db.scalars(
            sa.select(Event)
            .where(Event.id >= kept.from_id, Event.id <= kept.to_id)
            .order_by(Event.id)
        )
        if seal(before, events) != kept.hash:
            return kept.id
        before = kept.hash
    return None
