"""Who of safeguarding has said that they deal with a hold, and when.

Who only opened one before that has taken it no more than anybody else.
"""

from coprod_data.store.migrations.columns import MOMENT, altered, column, link

revision = "r0041"
down_revision = "r0040"
branch_labels = None
depends_on = None

HOLD = "safeguarding_hold"


def upgrade() -> None:
    with altered(HOLD) as batch:
        batch.add_column(column("taken_at", MOMENT, empty=True))
        batch.add_column(link("taken_by_id", "person", empty=True))


def downgrade() -> None:
    with altered(HOLD) as batch:
        for gone in ("taken_by_id", "taken_at"):
            batch.drop_column(gone)
