"""Join codes of sessions, and at which session an entry was sent. What was sent before has none."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    MOMENT,
    altered,
    column,
    drop,
    index_where,
    key,
    link,
)

revision = "r0036"
down_revision = "r0035"
branch_labels = None
depends_on = None

INDEX = "ix_card_entry_session"


def upgrade() -> None:
    op.create_table(
        "session_code",
        link("session_id", "coproduction_session", index=True),
        column("words", sa.String(40), index=True),
        column("made_at", MOMENT),
        link("made_by_id", "person"),
        column("stopped_at", MOMENT, empty=True),
        key(),
    )
    with altered("card_entry") as batch:
        batch.add_column(link("session_id", "coproduction_session", empty=True))
    index_where(INDEX, "card_entry", ["session_id"], "session_id IS NOT NULL")


def downgrade() -> None:
    op.drop_index(INDEX, "card_entry")
    with altered("card_entry") as batch:
        batch.drop_column("session_id")
    drop("session_code")
