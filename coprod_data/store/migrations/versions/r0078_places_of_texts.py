"""More texts of staff are looked through when words leave; a survey may have several that wait."""

import sqlalchemy as sa
from alembic import op

from coprod_data.rules.own_words import hash_of, windows_of
from coprod_data.store.migrations.columns import altered, index_where
from coprod_data.store.migrations.telling import telling

revision = "r0078"
down_revision = "r0075"
branch_labels = None
depends_on = None

FINDING, WRITTEN, UNIQUE = "survey_finding", "uq_survey_finding_written", ["round_id", "indicator"]
NOT_WRITTEN = (
    "Being reworded", "Removed at a young person''s wish", "Removed, its time was over",
)  # fmt: skip
PLACES = {
    "agenda_item": ("paper",),
    "coproduction_session": (
        "food", "independent", "joining", "led_with", "pace", "travel", "warm_up", "young_leaders",
    ),
    "group": ("meets", "terms"),
    "meeting": ("private_part",),
    "meeting_invited": ("interest",),
    "priority": ("chosen_by", "programme"),
    "promise_version": ("written_with",),
    "survey_finding": ("indicator", "said"),
    "survey_round": ("about", "reached_by", "source"),
    "venue": ("getting_there",),
}  # fmt: skip
AT_ONCE = 500
KEPT = (5,)  # words in a row
RUNS = sa.table("staff_run", sa.column("place"), sa.column("row_id"), sa.column("hash"))
WAITING = sa.table(
    "rewording",
    *(sa.column(name) for name in ("id", "place", "row_id", "settled_at")),
)


def upgrade() -> None:
    with altered(FINDING) as batch:
        batch.drop_constraint(f"uq_{FINDING}_round_id_indicator", type_="unique")
    quoted = ", ".join(f"'{words}'" for words in NOT_WRITTEN)
    index_where(WRITTEN, FINDING, UNIQUE, f"indicator NOT IN ({quoted})", unique=True)
    db = op.get_bind()
    for table, columns in PLACES.items():
        for name in columns:
            _index(db, table, name)


def downgrade() -> None:
    db = op.get_bind()
    places = [f"{table}.{name}" for table, columns in PLACES.items() for name in columns]
    db.execute(sa.delete(RUNS).where(RUNS.c.place.in_(places)))
    with telling(FINDING, "rewording"):
        db.execute(sa.delete(WAITING).where(WAITING.c.place.in_(places)))
        # Two that wait in one round would not be two any more.
        finding = sa.table(FINDING, sa.column("id"), sa.column("indicator"))
        again = [text.replace("''", "'") for text in NOT_WRITTEN]
        db.execute(
            sa.update(finding)
            .where(finding.c.indicator.in_(again))
            .values(indicator=finding.c.indicator + " " + sa.cast(finding.c.id, sa.String))
        )
    op.drop_index(WRITTEN, FINDING)
    with altered(FINDING) as batch:
        batch.create_unique_constraint(f"uq_{FINDING}_round_id_indicator", UNIQUE)


def _index(db: sa.Connection, table: str, name: str) -> None:
    """Make the words of the texts that are there findable."""
    place = f"{table}.{name}"
    db.execute(sa.delete(RUNS).where(RUNS.c.place == place))  # an older step knew of it already
    source = sa.table(table, sa.column("id"), sa.column(name))
    texts = db.execute(sa.select(source.c.id, source.c[name]).order_by(source.c.id))
    for some in texts.partitions(AT_ONCE):
        rows = [
            {"place": place, "row_id": row_id, "hash": one}
            for row_id, text in some
            for one in sorted({hash_of(run) for run in windows_of([text], KEPT)})
        ]
        if rows:
            db.execute(sa.insert(RUNS), rows)
