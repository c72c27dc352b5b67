"""The event log of ten years, written and sealed in the same way as by the commands and the job."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from coprod_data.models import Event, EventSeal, EventText
from coprod_data.permissions import ActorKind
from coprod_data.store.seals import FIRST
from coprod_data.vocabulary.events import EventKind
from tests.benchmarks.filling_sheets import Sheet, Written

AT_ONCE = 1_000
SEALED_AFTER = timedelta(minutes=20)

Texts = list[tuple[str, str]]


class Log:
    """Events in any order; `close` puts them into the order of their moments."""

    def __init__(self, sealed: str = FIRST) -> None:
        self.events = Sheet(
            Event, "id", "at", "recorded_at", "actor_kind", "actor_id", "kind", "subject_type",
            "subject_id", "changes",
        )  # fmt: skip
        self.texts = Sheet(EventText, "event_id", "field", "text", "id")
        self.seals = Sheet(EventSeal)
        self._sealed = sealed
        self._told: list[tuple[Any, ...]] = []

    def sheets(self) -> tuple[Sheet, ...]:
        """Return its sheets."""
        return self.events, self.texts, self.seals

    def tell(
        self,
        at: datetime,
        kind: EventKind,
        subject: str,
        subject_id: int | None,
        changes: dict[str, Any],
        *,
        person: int | None = None,
        card: int | None = None,
        texts: Texts | None = None,
    ) -> None:
        """Note one event by a person, by the holder of a card's code, or by the public."""
        if person is not None:
            by = ActorKind.PERSON
        else:
            by = ActorKind.PUBLIC if card is None else ActorKind.CARD_CODE
        actor_id = card if person is None else person
        # The second value keeps events of the same moment in the order they were noted.
        self._told.append(
            (at, len(self._told), by, actor_id, kind, subject, subject_id, changes, texts)
        )

    def close(self) -> None:
        """Number and seal what was noted since the last time."""
        self._told.sort(key=lambda told: told[:2])
        lines = []
        for at, _, by, actor_id, kind, subject, subject_id, changes, texts in self._told:
            number, told = self.events.next_id(), Written(json.dumps(changes, sort_keys=True))
            self.events.rows.append((number, at, at, by, actor_id, kind, subject, subject_id, told))
            lines.append(
                (number, at, _line(number, at, by, actor_id, kind, subject, subject_id, told))
            )
            for name, text in texts or ():
                self.texts.rows.append((number, name[:80], text, self.texts.next_id()))
        self._told = []
        for first in range(0, len(lines), AT_ONCE):
            self._seal(lines[first : first + AT_ONCE])

    def _seal(self, lines: list[tuple[int, datetime, str]]) -> None:
        # Does the same as `coprod_data.store.seals.seal`, which would turn each change into JSON
        # again.
        whole = self._sealed + "".join(line for _, _, line in lines)
        self._sealed = hashlib.sha256(whole.encode()).hexdigest()
        self.seals.add(
            from_id=lines[0][0],
            to_id=lines[-1][0],
            hash=self._sealed,
            made_at=lines[-1][1] + SEALED_AFTER,
        )


def _line(
    number: int, at: datetime, by: ActorKind, actor_id: int | None, kind: EventKind, subject: str,
    subject_id: int | None, told: str,
) -> str:  # fmt: skip
    moment = at.isoformat()
    return (
        f'[{number}, "{moment}", "{moment}", "{by}", {actor_id or "null"}, null, "{kind}",'
        f' "{subject}", {subject_id or "null"}, {told}]\n'
    )
