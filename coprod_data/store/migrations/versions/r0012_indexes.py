"""Lists that few rows of many belong to, each read by an index of its own."""

from alembic import op

from coprod_data.store.migrations.columns import index_where

revision = "r0012"
down_revision = "r0011"
branch_labels = None
depends_on = None

OUT = "ix_card_entry_out"


def upgrade() -> None:
    op.create_index("ix_event_kind", "event", ["kind", "id"])
    op.drop_index(OUT, "card_entry")
    index_where(
        OUT, "card_entry", ["dealt_at"], "review = 'released' AND CAST(flags AS TEXT) <> '[]'"
    )


def downgrade() -> None:
    op.drop_index(OUT, "card_entry")
    index_where(OUT, "card_entry", ["dealt_at"], "review = 'released'")
    op.drop_index("ix_event_kind", "event")
