"""What is certainly about one of us is flagged, as what may be is, so that two people decide.

A consent that a worker ends for a young person keeps why; earlier ends have no reason. Taken down,
the reasons are gone and the flags stay.
"""

import json

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered, column
from coprod_data.store.migrations.telling import telling

revision = "r0028"
down_revision = "r0027"
branch_labels = None
depends_on = None

entry = sa.table(
    "card_entry",
    *(sa.column(name, sa.Integer) for name in ("id", "about_id")),
    sa.column("about_us", sa.String),
    sa.column("flags", sa.JSON),
)
meant = sa.table("entry_meant", sa.column("entry_id", sa.Integer))
FLAG = "about_us"


def upgrade() -> None:
    with altered("consent") as batch:
        batch.add_column(column("ended_because", sa.Text, empty=True))
    db = op.get_bind()
    main = sa.select(meant.c.entry_id).union(
        sa.select(entry.c.id).where(entry.c.about_us.is_not(None))
    )
    about = sa.select(entry.c.id, entry.c.flags).where(
        sa.or_(entry.c.id.in_(main), entry.c.about_id.in_(main))
    )
    with telling("card_entry"):
        for row in db.execute(about).all():
            flags = json.loads(row.flags) if isinstance(row.flags, str) else list(row.flags)
            if FLAG not in flags:
                found = entry.c.id == row.id
                db.execute(sa.update(entry).where(found).values(flags=[*flags, FLAG]))


def downgrade() -> None:
    with altered("consent") as batch:
        batch.drop_column("ended_because")
