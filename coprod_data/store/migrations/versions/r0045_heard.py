"""Whom the council has heard from: a tally by term, its own totals, and what came of it since."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, altered, column, drop, key
from coprod_data.store.migrations.telling import telling

revision = "r0045"
down_revision = "r0044"
branch_labels = None
depends_on = None

GROUPS = (
    "under_11", "from_11", "from_16", "from_18", "foster", "family", "childrens_home", "supported",
    "away", "parent", "send", "came_alone",
)  # fmt: skip
SESSION = "coproduction_session"


def upgrade() -> None:
    op.create_table(
        "heard_term",
        column("first_on", sa.Date, primary_key=True),
        *(column(name, sa.Integer) for name in GROUPS),
    )
    op.create_table(
        "heard_total",
        column("heard", CHOICE, unique=True),
        column("number", sa.Integer),
        column("as_of", sa.Date),
        key(),
    )
    with altered("group") as batch:
        batch.add_column(column("hears", CHOICE, empty=True))
        batch.add_column(column("meets", sa.String(160), empty=True))
    with telling(SESSION):
        with altered(SESSION) as batch:
            batch.add_column(column("since_last", sa.Text, server_default=""))
        with altered(SESSION) as batch:
            batch.alter_column("since_last", server_default=None)


def downgrade() -> None:
    with telling(SESSION), altered(SESSION) as batch:
        batch.drop_column("since_last")
    with altered("group") as batch:
        for gone in ("meets", "hears"):
            batch.drop_column(gone)
    drop("heard_total", "heard_term")
