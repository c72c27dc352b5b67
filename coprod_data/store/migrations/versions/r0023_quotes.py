"""Quotes: which letters of a text of staff are an entry's words, put in as a quote.

Texts that held such words before are copies, as before. Taken down, quotes are copies again, and
a place from which words were removed goes on saying so.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0023"
down_revision = "r0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quote",
        column("place", CHOICE),
        column("row_id", sa.Integer),
        link("entry_id", "card_entry"),
        link("version_id", "entry_version"),
        column("of_wants", sa.Boolean),
        column("starts", sa.Integer),
        column("ends", sa.Integer),
        column("at", sa.Integer),
        column("length", sa.Integer),
        column("removed_at", MOMENT, empty=True),
        key(),
    )
    op.create_index("ix_quote_text", "quote", ["place", "row_id"])
    op.create_index("ix_quote_entry", "quote", ["entry_id"])


def downgrade() -> None:
    drop("quote")
