"""What browsers signed in lately, when a session's password was last typed, and a trail.

Taken down, the trail is gone: sign-ins, refusals and exports are kept for a time only anyway.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    HASH,
    MOMENT,
    altered,
    column,
    drop,
    key,
    link,
)

revision = "r0024"
down_revision = "r0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name, kind in (
        ("login_attempt", "browser_hash", HASH),
        ("auth_session", "browser", sa.String(60)),
    ):
        op.add_column(table, column(name, kind, server_default=""))
        with altered(table) as batch:
            batch.alter_column(name, server_default=None)
    op.add_column("auth_session", column("proved_at", MOMENT, empty=True))
    op.create_table(
        "trail",
        column("kind", CHOICE),
        column("at", MOMENT),
        link("person_id", "person", empty=True),
        column("name_hash", HASH),
        column("address_hash", HASH),
        column("about", sa.String(120)),
        key(),
        sa.Index("ix_trail_at", "at"),
        sa.Index("ix_trail_person_id", "person_id", "at"),
    )


def downgrade() -> None:
    drop("trail")
    with altered("auth_session") as batch:
        batch.drop_column("proved_at")
        batch.drop_column("browser")
    with altered("login_attempt") as batch:
        batch.drop_column("browser_hash")
