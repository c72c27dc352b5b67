"""The hash of a run of events, chained to the seal before it; changing one byte breaks it.

It is keyed, so that nobody without the server's key can make the seals again after a change. Seals
of earlier releases are not; the first keyed one after them covers the last of them.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

from coprod_data.models import Event
from coprod_data.store.keys import LogKey

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
