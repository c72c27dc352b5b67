"""The event log: what happened, staff's texts about it, and the seals over both."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, HASH, MOMENT, column, drop, key, link
from coprod_data.store.migrations.guards import append_only, erase_only, keep


def create() -> None:
    op.create_table(
        "event",
        column("at", MOMENT),
        column("recorded_at", MOMENT),
        column("actor_kind", CHOICE),
        column("actor_id", sa.Integer, empty=True),
        column("on_behalf", sa.String(40), empty=True),
        column("kind", CHOICE),
        column("subject_type", sa.String(40)),
        column("subject_id", sa.Integer, empty=True),
        column("changes", sa.JSON),
        key(),
        sa.Index("ix_event_kind_at", "kind", "at"),
        sa.Index("ix_event_subject", "subject_type", "subject_id", "id"),
    )
    op.create_table(
        "event_text",
        link("event_id", "event", index=True),
        column("field", sa.String(80)),
        column("text", sa.Text, empty=True),
        key(),
    )
    op.create_table(
        "event_seal",
        column("from_id", sa.Integer),
        column("to_id", sa.Integer, unique=True),
        column("hash", HASH),
        column("made_at", MOMENT),
        key(),
    )
    for table in ("event", "event_seal"):
        keep(table)
        append_only(table)
    keep("event_text")
    erase_only("event_text", texts=["text"], kept=["event_id", "field", "id"])


def remove() -> None:
    drop("event_seal", "event_text", "event")
