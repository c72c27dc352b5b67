"""Published figures of the council, year by year."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, column, drop, key, link

revision = "r0116"
down_revision = "r0115"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure",
        column("title", sa.String(160), unique=True),
        *(column(name, CHOICE) for name in ("area", "unit", "better")),
        column("target", sa.Integer, empty=True),
        key(),
    )
    op.create_table(
        "measure_figure",
        link("measure_id", "measure"),
        column("as_at", sa.Date, index=True),
        *(column(name, sa.Integer, empty=True) for name in ("value", "base", "comparator")),
        column("compared_with", sa.String(80)),
        column("source", sa.String(240)),
        key(),
        sa.UniqueConstraint("measure_id", "as_at"),
    )


def downgrade() -> None:
    drop("measure_figure", "measure")
