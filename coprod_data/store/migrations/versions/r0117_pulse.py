"""How often each answer of the pulse was given, by term."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, HASH, column, drop

revision = "r0117"
down_revision = "r0116"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse_tally",
        column("first_on", sa.Date, primary_key=True),
        *(column(name, CHOICE, primary_key=True) for name in ("place", "asked", "answer")),
        column("number", sa.Integer),
    )
    op.create_table("pulse_given", column("form_hash", HASH, primary_key=True))


def downgrade() -> None:
    drop("pulse_given", "pulse_tally")
