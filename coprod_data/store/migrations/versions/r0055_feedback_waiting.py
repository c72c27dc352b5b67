"""What people say of a session waits until it is over, to be counted all at once."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import HASH, column, drop, link

revision = "r0055"
down_revision = "r0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_waiting",
        column("form_hash", HASH, primary_key=True),
        link("session_id", "coproduction_session", index=True),
        column("said", sa.JSON),
    )


def downgrade() -> None:
    drop("feedback_waiting")
