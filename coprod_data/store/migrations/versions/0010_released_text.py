"""The search index over released words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE released_text USING fts5(words)")
        return
    op.create_table(
        "released_text",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("words", postgresql.TSVECTOR, nullable=False),
    )
    op.create_index("ix_released_text_words", "released_text", ["words"], postgresql_using="gin")


def downgrade() -> None:
    op.execute("DROP TABLE released_text")
