"""Who waited for a place on training, so that they are told once they have one."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered, column
from coprod_data.store.migrations.telling import telling

revision = "r0122"
down_revision = "r0120"
branch_labels = None
depends_on = None

booking = sa.table(
    "booking", sa.column("id"), sa.column("date_id"), sa.column("turn"), sa.column("state"),
    sa.column("waited", sa.Boolean),
)  # fmt: skip
course_date = sa.table("course_date", sa.column("id"), sa.column("places"))


def upgrade() -> None:
    with telling("booking"), altered("booking") as batch:
        batch.add_column(column("waited", sa.Boolean, server_default=sa.false()))
    with altered("booking") as batch:
        batch.alter_column("waited", server_default=None)
    before = booking.alias()
    ahead = (
        sa.select(sa.func.count())
        .select_from(before)
        .where(
            before.c.date_id == booking.c.date_id,
            before.c.turn < booking.c.turn,
            before.c.state != "cancelled",
        )
        .correlate(booking)
        .scalar_subquery()
    )
    places = sa.select(course_date.c.places).where(course_date.c.id == booking.c.date_id)
    waits = ahead >= places.correlate(booking).scalar_subquery()
    with telling("booking"):
        op.execute(sa.update(booking).where(booking.c.state == "booked", waits).values(waited=True))


def downgrade() -> None:
    with telling("booking"), altered("booking") as batch:
        batch.drop_column("waited")
