"""Settings, drafts, recurring jobs, and counts of visits."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, HASH, MOMENT, column, drop, key, link


def create() -> None:
    op.create_table(
        "setting",
        column("key", CHOICE, primary_key=True),
        column("value", sa.JSON),
        column("changed_at", MOMENT),
    )
    op.create_table(
        "draft",
        link("person_id", "person"),
        column("form", sa.String(40)),
        column("subject", sa.String(40)),
        column("text", sa.Text),
        column("saved_at", MOMENT),
        key(),
        sa.UniqueConstraint("person_id", "form", "subject"),
    )
    op.create_table(
        "job",
        column("name", sa.String(40), primary_key=True),
        column("ran_at", MOMENT, empty=True),
    )
    op.create_table(
        "rate_count",
        column("what", sa.String(20)),
        column("address_hash", HASH),
        column("at", MOMENT),
        key(),
        sa.Index("ix_rate_count_what", "what", "address_hash", "at"),
    )


def remove() -> None:
    drop("rate_count", "job", "draft", "setting")
