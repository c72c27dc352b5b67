"""The writer of a comment on a policy is owed a reply, as the author of a card is."""

from alembic import op

from coprod_data.store.migrations.columns import index_where

revision = "r0109"
down_revision = "r0108"
branch_labels = None
depends_on = None

BEFORE = "dealt_at IS NOT NULL AND withdrawn_at IS NULL AND replied_at IS NULL AND kind = 'words'"
OWED = BEFORE.replace("= 'words'", "IN ('words', 'policy')")


def upgrade() -> None:
    _index(OWED)


def downgrade() -> None:
    _index(BEFORE)


def _index(which: str) -> None:
    op.drop_index("ix_card_entry_owed", "card_entry")
    index_where("ix_card_entry_owed", "card_entry", ["report_card_id", "dealt_at"], which)
