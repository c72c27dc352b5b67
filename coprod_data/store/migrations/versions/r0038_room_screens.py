"""The screen of a room, and words that may be shown there on the day."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import MOMENT, column, drop, key, link

revision = "r0038"
down_revision = "r0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_words",
        link("entry_id", "card_entry", unique=True),
        link("session_id", "coproduction_session", index=True),
        column("spans", sa.JSON),
        column("position", sa.Integer, empty=True),
        column("released_at", MOMENT, empty=True),
        link("released_by_id", "person", empty=True),
        column("kept_off_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "room_screen",
        link("session_id", "coproduction_session", unique=True),
        column("opened_at", MOMENT),
        link("opened_by_id", "person"),
        column("closed_at", MOMENT, empty=True),
        link("at_id", "room_words", empty=True),
        key(),
    )


def downgrade() -> None:
    drop("room_screen", "room_words")
