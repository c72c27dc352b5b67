"""Words that were sent while others on their card were on hold, and are on hold with them.

What was sent before that stays as it was: no entry is held by this.
"""

from alembic import op

from coprod_data.store.migrations.columns import altered, index_where, link

revision = "r0014"
down_revision = "r0012"
branch_labels = None
depends_on = None

INDEX = "ix_card_entry_held_with"


def upgrade() -> None:
    with altered("card_entry") as batch:
        batch.add_column(link("held_with_id", "card_entry", empty=True))
    index_where(INDEX, "card_entry", ["held_with_id"], "held_with_id IS NOT NULL")


def downgrade() -> None:
    op.drop_index(INDEX, "card_entry")
    with altered("card_entry") as batch:
        batch.drop_column("held_with_id")
