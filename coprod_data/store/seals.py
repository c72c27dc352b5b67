"""The hash of a run of events, chained to the seal before it; changing one byte breaks it."""

import hashlib
import json
from collections.abc import Iterable

from coprod_data.models import Event

FIRST = "0" * 64


def seal(before: str, events: Iterable[Event]) -> str:
    """Return the seal over these events, in their order, after the seal `before`, as hex."""
    digest = hashlib.sha256(before.encode())
    for event in events:
        line = json.dumps(
            [
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
            ],
            sort_keys=True,
            ensure_ascii=True,
        )
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
