"""Sealing the log: a hash over what was written since the last seal."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventSeal
from coprod_data.permissions import Actor, Permission
from coprod_data.store.seals import FIRST, seal

SETTLED = timedelta(minutes=10)
AT_ONCE = 1_000


def seal_events(db: Session, actor: Actor) -> int:
    """Seal events older than ten minutes, up to a thousand in each seal. Returns how many were
    sealed.

    Newer ones wait, because a transaction with a lower id may not have committed yet.
    """
    actor.must(Permission.JOBS_RUN)
    sealed = 0
    while events := _unsealed(db, actor):
        before = db.scalar(sa.select(EventSeal.hash).order_by(EventSeal.to_id.desc()).limit(1))
        db.add(
            EventSeal(
                from_id=events[0].id,
                to_id=events[-1].id,
                hash=seal(before or FIRST, events),
                made_at=actor.at,
            )
        )
        db.flush()
        sealed += len(events)
    return sealed


def _unsealed(db: Session, actor: Actor) -> list[Event]:
    last = sa.select(sa.func.coalesce(sa.func.max(EventSeal.to_id), 0)).scalar_subquery()
    return list(
        db.scalars(
            sa.select(Event)
            .where(Event.id > last, Event.recorded_at < actor.at - SETTLED)
            .order_by(Event.id)
            .limit(AT_ONCE)
        )
    )
