"""When an action was put on hold by a decision, from which stage, and changes that ask for that.

One that its owner set on hold before has neither: nobody wrote a reason for young people to read.
"""

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column

revision = "r0043"
down_revision = "r0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("action") as batch:
        batch.add_column(column("held_at", MOMENT, empty=True))
        batch.add_column(column("held_from", CHOICE, empty=True))
    with altered("action_change") as batch:
        batch.add_column(column("stage", CHOICE, empty=True))


def downgrade() -> None:
    with altered("action_change") as batch:
        batch.drop_column("stage")
    with altered("action") as batch:
        for gone in ("held_from", "held_at"):
            batch.drop_column(gone)
