"""Which words somebody has opened or typed last, read by an index."""

from alembic import op

from coprod_data.store.migrations.columns import index_where

revision = "r0027"
down_revision = "r0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_entry_reading_person", "entry_reading", ["person_id", "id"])
    index_where(
        "ix_card_entry_typed", "card_entry", ["typed_by_id", "id"], "typed_by_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_index("ix_card_entry_typed", "card_entry")
    op.drop_index("ix_entry_reading_person", "entry_reading")
