"""Texts of staff that wait for other words; words that are still to be wiped from the file.

Texts of staff that were written before are looked through when words leave from now on. Taken down
again, a text that waits stays hidden: the words in it were taken back.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    HASH,
    MOMENT,
    column,
    drop,
    index_where,
    key,
    link,
)

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rewording",
        column("place", CHOICE),
        column("row_id", sa.Integer),
        link("entry_id", "card_entry"),
        column("text", sa.Text, empty=True),
        column("spans", sa.JSON),
        column("uses", sa.JSON),
        column("since", MOMENT),
        column("settled_at", MOMENT, empty=True),
        link("settled_by_id", "person", empty=True),
        column("ending", CHOICE, empty=True),
        column("digest", HASH, empty=True),
        key(),
    )
    op.create_index("ix_rewording_entry", "rewording", ["entry_id"])
    index_where(
        "uq_rewording_open",
        "rewording",
        ["place", "row_id", "entry_id"],
        "settled_at IS NULL",
        unique=True,
    )
    op.create_table(
        "wiping",
        column("asked_at", MOMENT),
        column("tries", sa.Integer),
        column("done_at", MOMENT, empty=True),
        key(),
    )
    index_where("ix_wiping_owed", "wiping", ["id"], "done_at IS NULL")
    op.add_column("outcome", column("reworded_at", MOMENT, empty=True))
    op.create_index("ix_event_text_field", "event_text", ["field"])


def downgrade() -> None:
    op.drop_index("ix_event_text_field", "event_text")
    op.drop_column("outcome", "reworded_at")
    drop("wiping", "rewording")
