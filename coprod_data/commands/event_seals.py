"""Sealing the log: a keyed hash over what was written since the last seal; what checks found."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventSeal, LogCheck
from coprod_data.permissions import Actor, Permission
from coprod_data.store.keys import Keys
from coprod_data.store.seals import FIRST, seal
from coprod_data.vocabulary.log_checks import LogFault

SETTLED = timedelta(minutes=10)
AT_ONCE = 1_000


def seal_events(db: Session, actor: Actor) -> int:
    """Seal events older than ten minutes, up to a thousand in each seal. Returns how many were
    sealed.

    Newer ones wait, because a transaction with a lower id may not have committed yet; so do those
    after one that waits, because no event may be left out of a seal.
    """
    actor.must(Permission.JOBS_RUN)
    keys: Keys = db.info["keys"]
    sealed = 0
    while events := _unsealed(db, actor):
        before = db.scalar(sa.select(EventSeal.hash).order_by(EventSeal.to_id.desc()).limit(1))
        db.add(
            EventSeal(
                from_id=events[0].id,
                to_id=events[-1].id,
                hash=seal(before or FIRST, events, keys.newest),
                made_at=actor.at,
                key=keys.newest.number,
            )
        )
        db.flush()
        sealed += len(events)
    return sealed


def keep_check(
    db: Session, actor: Actor, *, whole: bool, seal_id: int | None, fault: LogFault | None
) -> None:
    """Keep what a check of the log found, up to which seal."""
    actor.must(Permission.JOBS_RUN)
    db.add(LogCheck(at=actor.at, whole=whole, seal_id=seal_id, fault=fault))


def _unsealed(db: Session, actor: Actor) -> list[Event]:
    last = sa.select(sa.func.coalesce(sa.func.max(EventSeal.to_id), 0)).scalar_subquery()
    waits = sa.select(sa.func.min(Event.id)).where(
        Event.id > last, Event.recorded_at >= actor.at - SETTLED
    )
    first_to_wait = db.scalar(waits)
    settled = sa.true() if first_to_wait is None else Event.id < first_to_wait
    return list(
        db.scalars(
            sa.select(Event).where(Event.id > last, settled).order_by(Event.id).limit(AT_ONCE)
        )
    )
