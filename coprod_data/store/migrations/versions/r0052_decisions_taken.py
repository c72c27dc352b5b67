"""Decisions of meetings, who does what by when, and who was there."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0052"
down_revision = "r0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        link("meeting_id", "meeting", index=True),
        link("item_id", "agenda_item", index=True),
        column("recommendation", sa.Text),
        column("result", CHOICE),
        column("wording", sa.String(240)),
        link("owner_id", "person", empty=True, index=True),
        column("together_with", sa.String(160)),
        column("due_on", sa.Date, empty=True),
        link("commitment_id", "promise_commitment", empty=True),
        link("service_id", "service", empty=True),
        column("recorded_at", MOMENT),
        link("recorded_by_id", "person"),
        column("confirmed_at", MOMENT, empty=True),
        link("confirmed_by_id", "person", empty=True),
        link("action_id", "action", empty=True, index=True),
        column("done_at", MOMENT, empty=True),
        column("done_words", sa.Text),
        key(),
    )
    op.create_table(
        "meeting_present",
        link("meeting_id", "meeting"),
        column("part", CHOICE),
        column("number", sa.Integer),
        key(),
        sa.UniqueConstraint("meeting_id", "part"),
    )


def downgrade() -> None:
    drop("meeting_present", "decision")
