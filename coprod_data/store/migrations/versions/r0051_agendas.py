"""Agendas: their items, when they were put out, and for how long each item was talked about."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, drop, key, link

revision = "r0051"
down_revision = "r0050"
branch_labels = None
depends_on = None

MEETING, ITEM = "meeting", "agenda_item"
MOMENTS = ("published_at", "started_at", "ended_at")


def upgrade() -> None:
    with altered(MEETING) as batch:
        for moment in MOMENTS:
            batch.add_column(column(moment, MOMENT, empty=True))
    op.create_table(
        ITEM,
        link("meeting_id", MEETING, index=True),
        column("kind", CHOICE),
        column("tier", sa.Integer),
        column("place", sa.Integer),
        column("title", sa.String(160)),
        column("detail", sa.Text),
        column("paper", sa.String(160)),
        column("minutes", sa.Integer),
        column("private", sa.Boolean),
        link("opportunity_id", "opportunity", empty=True, index=True),
        link("commitment_id", "promise_commitment", empty=True),
        link("report_card_id", "report_card", empty=True, index=True),
        link("carried_from_id", ITEM, empty=True),
        column("apart", sa.Integer, empty=True),
        column("added_at", MOMENT),
        column("changed_at", MOMENT, empty=True),
        column("removed_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "heard_time",
        link("item_id", ITEM, index=True),
        column("started_at", MOMENT),
        column("stopped_at", MOMENT, empty=True),
        key(),
        sa.CheckConstraint("stopped_at IS NULL OR stopped_at > started_at", name="runs_forward"),
    )


def downgrade() -> None:
    drop("heard_time", ITEM)
    with altered(MEETING) as batch:
        for moment in MOMENTS:
            batch.drop_column(moment)
