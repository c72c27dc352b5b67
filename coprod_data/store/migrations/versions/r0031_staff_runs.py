"""An index of each six words in a row in texts of staff, made for the texts that are there."""

import sqlalchemy as sa
from alembic import op

from coprod_data.rules.own_words import hash_of, runs_of
from coprod_data.store.migrations.columns import CHOICE, column, drop, key
from coprod_data.vocabulary.rewordings import TextPlace

revision = "r0031"
down_revision = "r0030"
branch_labels = None
depends_on = None

AT_ONCE = 500


def upgrade() -> None:
    table = op.create_table(
        "staff_run",
        column("place", CHOICE),
        column("row_id", sa.Integer),
        column("hash", sa.BigInteger),
        key(),
    )
    op.create_index("ix_staff_run_text", "staff_run", ["place", "row_id"])
    op.create_index("ix_staff_run_hash", "staff_run", ["hash"])
    db = op.get_bind()
    there = sa.inspect(db)
    for place in TextPlace:
        if not there.has_table(place.table) or place.column not in {
            one["name"] for one in there.get_columns(place.table)
        }:
            continue
        source = sa.table(place.table, sa.column("id"), sa.column(place.column))
        texts = db.execute(sa.select(source.c.id, source.c[place.column]).order_by(source.c.id))
        for some in texts.partitions(AT_ONCE):
            rows = [
                {"place": place.value, "row_id": row_id, "hash": one}
                for row_id, text in some
                for one in sorted({hash_of(run) for run in runs_of([text]).many})
            ]
            if rows:
                db.execute(sa.insert(table), rows)


def downgrade() -> None:
    drop("staff_run")
