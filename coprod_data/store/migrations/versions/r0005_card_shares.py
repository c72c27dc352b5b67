"""When a sharing was recorded and first read: until then it can be taken back.

Sharings of an older release have neither, so they stay.
"""

from alembic import op

from coprod_data.store.migrations.columns import MOMENT, altered, column

revision = "r0005"
down_revision = "r0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("at", "seen_at"):
        op.add_column("card_share", column(name, MOMENT, empty=True))


def downgrade() -> None:
    for name in ("seen_at", "at"):
        with altered("card_share") as batch:
            batch.drop_column(name)
