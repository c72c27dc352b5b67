"""The search index over released words: each engine's own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from coprod_data.store.migrations.columns import column, drop

# Beginnings of words up to twelve letters are indexed; positions in a text are not.
OPTIONS = "prefix='2 3 4 5 6 7 8 9 10 11 12', detail=none, columnsize=0"


def create() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE VIRTUAL TABLE released_text USING fts5(words, {OPTIONS})")
        return
    op.create_table(
        "released_text",
        sa.Column("place", sa.Integer, primary_key=True),
        column("words", postgresql.TSVECTOR),
    )
    op.create_index("ix_released_text_words", "released_text", ["words"], postgresql_using="gin")


def remove() -> None:
    drop("released_text")
