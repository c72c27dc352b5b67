"""Resets and grants that need a second person: when they count by themselves, and what is asked.

Links that were used before are taken as read by their owners. Taken down, what waits is gone.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    MOMENT,
    altered,
    column,
    drop,
    index_where,
    key,
    link,
)

revision = "r0021"
down_revision = "r0020"
branch_labels = None
depends_on = None

ADDED = ("set_at", "by_second", "told_at")


def upgrade() -> None:
    op.add_column("role_grant", column("counts_at", MOMENT, empty=True))
    index_where(
        "ix_role_grant_waiting",
        "role_grant",
        ["given_at"],
        "confirmed_at IS NULL AND ended_at IS NULL",
    )
    op.create_table(
        "account_request",
        column("kind", CHOICE),
        link("person_id", "person", index=True),
        column("team", CHOICE),
        column("asked_at", MOMENT),
        link("asked_by_id", "person", empty=True),
        column("counts_at", MOMENT, empty=True),
        column("settled_at", MOMENT, empty=True),
        link("settled_by_id", "person", empty=True),
        column("ending", CHOICE, empty=True),
        key(),
    )
    index_where(
        "uq_account_request_open",
        "account_request",
        ["person_id", "kind"],
        "settled_at IS NULL",
        unique=True,
    )
    op.add_column("reset_link", column("set_at", MOMENT, empty=True))
    op.add_column("reset_link", column("told_at", MOMENT, empty=True))
    op.add_column("reset_link", column("by_second", sa.Boolean, server_default=sa.false()))
    with altered("reset_link") as batch:
        batch.alter_column("by_second", server_default=None)
    # Whether an older link was used or replaced cannot be told for certain: its next one took its
    # place at the very moment it was made.
    op.execute(
        "UPDATE reset_link SET set_at = used_at, told_at = used_at WHERE used_at IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM reset_link AS newer WHERE newer.person_id = "
        "reset_link.person_id AND newer.made_at = reset_link.used_at)"
    )


def downgrade() -> None:
    with altered("reset_link") as batch:
        for name in ADDED:
            batch.drop_column(name)
    drop("account_request")
    op.drop_index("ix_role_grant_waiting", "role_grant")
    with altered("role_grant") as batch:
        batch.drop_column("counts_at")
