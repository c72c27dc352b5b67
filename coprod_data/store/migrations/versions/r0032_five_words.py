"""The index of words in texts of staff is of five in a row, for the texts that are there."""

from collections.abc import Collection

import sqlalchemy as sa
from alembic import op

from coprod_data.rules.own_words import hash_of, windows_of
from coprod_data.vocabulary.rewordings import TextPlace

revision = "r0032"
down_revision = "r0031"
branch_labels = None
depends_on = None

AT_ONCE = 500
RUNS = sa.table("staff_run", sa.column("place"), sa.column("row_id"), sa.column("hash"))


def upgrade() -> None:
    fill((5,))


def downgrade() -> None:
    fill((6,))


def fill(counts: Collection[int]) -> None:
    db = op.get_bind()
    db.execute(sa.delete(RUNS))
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
                for one in sorted({hash_of(run) for run in windows_of([text], counts)})
            ]
            if rows:
                db.execute(sa.insert(RUNS), rows)
