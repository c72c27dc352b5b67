"""Sessions and venues, who came, what was found, the run sheet, and what is to be done before."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0033"
down_revision = "r0032"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"


def upgrade() -> None:
    op.create_table(
        "venue",
        column("name", sa.String(120), unique=True),
        column("address", sa.String(240)),
        column("getting_there", sa.Text),
        column("friendly", sa.Boolean),
        column("step_free", sa.Boolean),
        column("quiet_room", sa.Boolean),
        column("closed_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        SESSION,
        column("title", sa.String(160)),
        column("kind", CHOICE),
        column("aims", sa.Text),
        link("theme_id", "promise_theme", empty=True),
        link("group_id", "group", empty=True, index=True),
        link("opportunity_id", "opportunity", empty=True, index=True),
        column("starts_at", MOMENT),
        column("ends_at", MOMENT),
        column("way", CHOICE),
        link("venue_id", "venue", empty=True, index=True),
        column("joining", sa.String(240)),
        column("access", sa.Text),
        column("food", sa.String(240)),
        column("travel", sa.String(240)),
        column("warm_up", sa.String(240)),
        column("pace", sa.String(240)),
        column("other_ways", sa.Text),
        link("facilitator_id", "person", index=True),
        column("led_with", sa.String(160)),
        column("independent", sa.String(240)),
        column("largest", sa.Integer, empty=True),
        column("helpers", sa.Integer, empty=True),
        column("ground_rules", sa.Text),
        column("state", CHOICE),
        column("planned_at", MOMENT),
        link("planned_by_id", "person"),
        column("moved_from", MOMENT, empty=True),
        column("why_moved", sa.Text),
        column("why_cancelled", sa.Text),
        column("held_at", MOMENT, empty=True),
        column("review_by", sa.Date, empty=True),
        column("write_up_by", sa.Date, empty=True),
        column("nothing_because", sa.Text),
        column("done", sa.Text),
        column("heard", sa.Text),
        key(),
    )
    op.create_index(f"ix_{SESSION}_state", SESSION, ["state", "starts_at"])
    op.create_index(f"ix_{SESSION}_starts_at", SESSION, ["starts_at"])
    op.create_index(f"ix_{SESSION}_theme_id", SESSION, ["theme_id", "starts_at"])
    op.create_table(
        "session_came",
        link("session_id", SESSION),
        column("kind", CHOICE),
        link("service_id", "service", empty=True),
        column("number", sa.Integer),
        key(),
        sa.UniqueConstraint("session_id", "kind", "service_id"),
    )
    op.create_table(
        "session_found",
        link("session_id", SESSION),
        link("opportunity_id", "opportunity", index=True),
        key(),
        sa.UniqueConstraint("session_id", "opportunity_id"),
    )
    op.create_table(
        "session_step",
        link("session_id", SESSION, index=True),
        column("begins", sa.String(5)),
        column("title", sa.String(160)),
        column("detail", sa.String(240)),
        column("done_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "session_task",
        link("session_id", SESSION, index=True),
        column("text", sa.String(240)),
        link("person_id", "person", empty=True, index=True),
        column("due_on", sa.Date, empty=True),
        link("asked_at_id", SESSION, empty=True),
        column("done_at", MOMENT, empty=True),
        key(),
    )


def downgrade() -> None:
    drop("session_task", "session_step", "session_found", "session_came", SESSION, "venue")
