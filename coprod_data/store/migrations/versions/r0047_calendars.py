"""Addresses at which people's calendars read their sessions, and how often each was changed."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import HASH, MOMENT, altered, column, drop, key, link
from coprod_data.store.migrations.telling import telling

revision = "r0047"
down_revision = "r0046"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        link("person_id", "person", index=True),
        column("token_hash", HASH, unique=True),
        column("made_at", MOMENT),
        column("ended_at", MOMENT, empty=True),
        key(),
    )
    with telling(SESSION), altered(SESSION) as batch:
        batch.add_column(column("sequence", sa.Integer, server_default="0"))
    with altered(SESSION) as batch:
        batch.alter_column("sequence", server_default=None)


def downgrade() -> None:
    with altered(SESSION) as batch:
        batch.drop_column("sequence")
    drop("calendar_feed")
