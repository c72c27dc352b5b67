"""The yearly participation audit: its standards, each service's return, and the ratings in it."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link


def create() -> None:
    op.create_table(
        "audit_round",
        column("title", sa.String(60), unique=True),
        column("opened_on", sa.Date, unique=True),
        column("due_on", sa.Date),
        key(),
    )
    op.create_table(
        "audit_standard",
        link("round_id", "audit_round"),
        column("reference", sa.String(12)),
        column("short", sa.String(60)),
        column("wording", sa.Text),
        column("position", sa.Integer),
        column("source", sa.String(240)),
        key(),
        sa.UniqueConstraint("round_id", "reference"),
    )
    op.create_table(
        "audit_return",
        link("round_id", "audit_round"),
        link("service_id", "service"),
        column("state", CHOICE),
        column("returned_at", MOMENT, empty=True),
        link("returned_by_id", "person", empty=True),
        key(),
        sa.UniqueConstraint("round_id", "service_id"),
    )
    op.create_table(
        "audit_answer",
        link("return_id", "audit_return"),
        link("standard_id", "audit_standard", index=True),
        column("rater", CHOICE),
        column("level", sa.Integer, empty=True),
        column("evidence", sa.Text),
        column("plan", sa.Text),
        column("at", MOMENT),
        link("person_id", "person"),
        key(),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 3", name="level_range"),
        sa.UniqueConstraint("return_id", "standard_id", "rater"),
    )


def remove() -> None:
    drop("audit_answer", "audit_return", "audit_standard", "audit_round")
