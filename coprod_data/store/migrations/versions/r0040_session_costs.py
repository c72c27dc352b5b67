"""What a session cost, and the thanks offered, taken and given, in totals."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, column, drop, key, link

revision = "r0040"
down_revision = "r0039"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"


def upgrade() -> None:
    op.create_table(
        "session_cost",
        link("session_id", SESSION, unique=True),
        column("miles", sa.Integer),
        column("mode", CHOICE, empty=True),
        column("meals", sa.Integer),
        column("meals_pence", sa.Integer),
        column("travel_pence", sa.Integer),
        column("venue_pence", sa.Integer),
        key(),
    )
    op.create_table(
        "session_thanks",
        link("session_id", SESSION),
        column("kind", CHOICE),
        column("offered", sa.Integer),
        column("taken", sa.Integer),
        column("given", sa.Integer),
        key(),
        sa.UniqueConstraint("session_id", "kind"),
    )


def downgrade() -> None:
    drop("session_thanks", "session_cost")
