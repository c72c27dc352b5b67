"""Whether pages were useful, and which page the words of an entry are about."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import HASH, column, drop, key, link

revision = "r0098"
down_revision = "r0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_feedback",
        column("page", sa.String(40), index=True),
        column("month", sa.String(7)),
        column("useful", sa.Boolean),
        column("form_hash", HASH, unique=True),
        key(),
    )
    op.create_table(
        "page_words",
        link("entry_id", "card_entry", primary_key=True),
        column("page", sa.String(40)),
        link("reply_to_id", "person", empty=True, index=True),
    )


def downgrade() -> None:
    drop("page_words", "page_feedback")
