"""The hash of a run of events, chained to the seal before it; changing one byte breaks it.

It is keyed, so that nobody without the server's key can make the seals again after a change. Seals
of earlier releases are not; the first keyed one after them covers the last of them.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, EventSeal
from coprod_data.store.keys import Keys, LogKey

FIRST = "0" * 64


def seal(before: str, events: Iterable[Event], key: LogKey | None) -> str:
    """Return the seal over these events, in their order, after the seal `before`, as hex."""
    digest = hmac.new(key.of_seals, None, "sha256") if key else hashlib.sha256()
    digest.update(before.encode())
    for event in events:
        told = [
            event.id,
            event.at.isoformat(),
            event.recorded_at.isoformat(),
            event.actor_kind.value,
            event.actor_id,
            event.on_behalf,
            event.kind.value,
            event.subject_type,
            event.subject_id,
            event.changes,
        ]
        if key is not None:
            told.append(event.digests)
        line = json.dumps(told, sort_keys=True, ensure_ascii=True)
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def newest_fits(db: Session, keys: Keys) -> bool:
    """Say whether the newest seal fits its events, which number a thousand at most."""
    newest = sa.select(EventSeal).order_by(EventSeal.to_id.desc()).limit(2)
    seals = db.scalars(newest).all()
    if not seals:
        return True
    kept, before = seals[0], seals[1].hash if len(seals) > 1 else FIRST
    key = next((key for key in keys.of_log if key.number == kept.key), None)
    events = sa.select(Event).where(Event.id.between(kept.from_id, kept.to_id)).order_by(Event.id)
    return kept.hash == seal(before, db.scalars(events).all(), key)
