"""Whether the log is unchanged since it was sealed."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventSeal
from coprod_data.permissions import Actor, Permission
from coprod_data.store.seals import FIRST, seal


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
