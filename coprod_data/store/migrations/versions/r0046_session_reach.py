"""How many people a session reached, and how many replied."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import column, drop, key, link

revision = "r0046"
down_revision = "r0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_reach",
        link("session_id", "coproduction_session", unique=True),
        column("reached", sa.Integer),
        column("replies", sa.Integer),
        key(),
    )


def downgrade() -> None:
    drop("session_reach")
