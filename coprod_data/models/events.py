"""The event log: append-only, told in sentences by `queries/events.py`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.permissions import ActorKind
from coprod_data.vocabulary.events import EventKind


class Event(Row, kw_only=True):
    """One change. `changes` holds ids, dates, numbers and closed-list values, never free text.

    `at` is the moment it happened, `recorded_at` the moment it was written; they differ only for
    played seeds. `actor_id` is a person's or an entry's id, as `actor_kind` says.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("ix_event_subject", "subject_type", "subject_id", "id"),
        sa.Index("ix_event_kind_at", "kind", "at"),
        sa.Index("ix_event_kind", "kind", "id"),
    )

    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_kind: Mapped[ActorKind] = mapped_column(choice(ActorKind))
    actor_id: Mapped[int | None]
    on_behalf: Mapped[str | None] = mapped_column(sa.String(40))
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]]


class EventText(Row, kw_only=True):
    """A staff text that a change wrote, kept with its event; it may only be erased to null."""

    __tablename__ = "event_text"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    field: Mapped[str] = mapped_column(sa.String(80), index=True)
    text: Mapped[str | None] = mapped_column(sa.Text)


class EventSeal(Row, kw_only=True):
    """A hash over a run of events and the seal before it, made by a job."""

    __tablename__ = "event_seal"

    from_id: Mapped[int]
    to_id: Mapped[int] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]


def _refuse(_mapper: Any, _connection: Any, row: Any) -> None:
    raise RuntimeError(f"The event log is append-only: {type(row).__name__} {row.id}")


for _table in (Event, EventSeal):
    sa.event.listen(_table, "before_update", _refuse)
for _kept in (Event, EventText, EventSeal):
    sa.event.listen(_kept, "before_delete", _refuse)
