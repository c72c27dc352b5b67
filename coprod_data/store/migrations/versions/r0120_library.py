"""The library: items, their formats as files or links, and which belong together."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0120"
down_revision = "r0119"
branch_labels = None
depends_on = None

AUDIENCES = ("managers", "officers", "members", "young", "parents", "partners")


def upgrade() -> None:
    op.create_table(
        "library_item",
        key(),
        column("title", sa.String(160)),
        column("kind", CHOICE),
        column("about", sa.Text),
        column("made_with", sa.String(300)),
        column("complete", CHOICE),
        *(column(name, sa.Boolean) for name in AUDIENCES),
        link("keeper_id", "person", index=True),
        column("review_on", sa.Date, empty=True),
        column("state", CHOICE),
        column("why_withdrawn", sa.Text),
        sa.UniqueConstraint("title"),
        sa.CheckConstraint("state = 'draft' OR review_on IS NOT NULL", name="review_first"),
        sa.CheckConstraint("state <> 'withdrawn' OR why_withdrawn <> ''", name="reason_first"),
    )
    op.create_table(
        "library_file",
        key(),
        link("item_id", "library_item"),
        column("format", CHOICE),
        column("link", sa.String(500)),
        column("ending", sa.String(4)),
        column("file", sa.LargeBinary, empty=True),
        column("kept_at", MOMENT),
        sa.UniqueConstraint("item_id", "format"),
        sa.CheckConstraint(
            "(file IS NULL AND link <> '' AND ending = '') OR "
            "(file IS NOT NULL AND link = '' AND ending <> '')",
            name="file_or_link",
        ),
    )
    op.create_table(
        "library_tie",
        key(),
        link("item_id", "library_item"),
        link("other_id", "library_item", index=True),
        sa.UniqueConstraint("item_id", "other_id"),
        sa.CheckConstraint("item_id < other_id", name="lower_first"),
    )


def downgrade() -> None:
    drop("library_tie", "library_file", "library_item")
