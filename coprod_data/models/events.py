"""The event log: append-only, told in sentences by `queries/events.py`."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Row, choice
from coprod_data.permissions import ActorKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.log_checks import LogFault


class Event(Row, kw_only=True):
    """One change. `changes` holds ids, dates, numbers and closed-list values, never free text.

    `at` is the moment it happened, `recorded_at` the moment it was written; they differ only for
    played seeds. `actor_id` is a person's or an entry's id, as `actor_kind` says. `digests` proves
    the rows that it changed (`store/row_digests.py`); null before a release that made them.
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
    digests: Mapped[str | None] = mapped_column(sa.Text, default=None)


class EventText(Row, kw_only=True):
    """A staff text that a change wrote, kept with its event; it may only be erased to null."""

    __tablename__ = "event_text"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    field: Mapped[str] = mapped_column(sa.String(80), index=True)
    text: Mapped[str | None] = mapped_column(sa.Text)
    salt: Mapped[bytes | None] = mapped_column(sa.LargeBinary, default=None)


class EventSeal(Row, kw_only=True):
    """A keyed hash over a run of events and the seal before it, made by a job.

    `key` is the number of the server's key; null in seals of earlier releases, which had none.
    """

    __tablename__ = "event_seal"

    from_id: Mapped[int]
    to_id: Mapped[int] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    key: Mapped[str | None] = mapped_column(sa.String(16), default=None)


class LogCheck(Row, kw_only=True):
    """What a check of the log found, and up to which seal; a `whole` one read every row too."""

    __tablename__ = "log_check"

    at: Mapped[datetime]
    whole: Mapped[bool]
    seal_id: Mapped[int | None]
    fault: Mapped[LogFault | None] = mapped_column(choice(LogFault))


def _refuse(_mapper: Any, _connection: Any, row: Any) -> None:
    raise RuntimeError(f"The event log is append-only: {type(row).__name__} {row.id}")


for _table in (Event, EventSeal):
    sa.event.listen(_table, "before_update", _refuse)
for _kept in (Event, EventText, EventSeal):
    sa.event.listen(_kept, "before_delete", _refuse)
