"""Series of workshops, what a session should lead to, agreed ground rules, who leads it."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, drop, key, link
from coprod_data.store.migrations.telling import telling

revision = "r0048"
down_revision = "r0047"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"


def upgrade() -> None:
    op.create_table(
        "session_series",
        column("template", CHOICE),
        column("planned_at", MOMENT),
        link("planned_by_id", "person"),
        key(),
    )
    op.create_table(
        "session_goal",
        link("session_id", SESSION, index=True),
        column("text", sa.String(240)),
        column("reached", CHOICE, empty=True),
        key(),
    )
    with telling(SESSION), altered(SESSION) as batch:
        batch.add_column(column("young_leaders", sa.String(160), server_default=""))
        batch.add_column(column("rules_agreed_at", MOMENT, empty=True))
        batch.add_column(link("series_id", "session_series", empty=True))
        batch.add_column(column("series_place", sa.Integer, empty=True))
        batch.create_index("ix_coproduction_session_series_id", ["series_id"])
    with altered(SESSION) as batch:
        batch.alter_column("young_leaders", server_default=None)


def downgrade() -> None:
    with altered(SESSION) as batch:
        batch.drop_index("ix_coproduction_session_series_id")
        for gone in ("series_place", "series_id", "rules_agreed_at", "young_leaders"):
            batch.drop_column(gone)
    drop("session_goal", "session_series")
