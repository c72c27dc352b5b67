"""Hashes of runs of words that left not long ago, so that no form that was open then saves them.

Words that left before the upgrade have none. Taken down, the hashes are gone.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import HASH, MOMENT, column, drop, key, link

revision = "r0020"
down_revision = "r0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "left_run",
        link("entry_id", "card_entry"),
        column("hash", HASH),
        column("letters", sa.Integer),
        column("at", MOMENT),
        key(),
    )
    op.create_index("ix_left_run_entry_id", "left_run", ["entry_id"])
    op.create_index("ix_left_run_hash", "left_run", ["hash"])


def downgrade() -> None:
    drop("left_run")
