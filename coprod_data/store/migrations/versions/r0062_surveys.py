"""Survey rounds and what they found; priorities of young people and what came of each."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, column, drop, exactly_one, key, link

revision = "r0062"
down_revision = "r0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_round",
        column("survey", sa.String(120)),
        column("about", sa.String(120)),
        column("held_on", sa.Date),
        column("state", CHOICE),
        column("population", sa.Integer, empty=True),
        column("invited", sa.Integer, empty=True),
        column("replied", sa.Integer, empty=True),
        column("reached_by", sa.Text),
        column("source", sa.String(240)),
        key(),
        sa.UniqueConstraint("survey", "held_on"),
    )
    op.create_table(
        "survey_finding",
        link("round_id", "survey_round"),
        column("position", sa.Integer),
        column("indicator", sa.String(160)),
        column("side", CHOICE),
        column("permille", sa.Integer, empty=True),
        column("said", sa.String(80)),
        column("base", sa.Integer, empty=True),
        column("comparator", sa.Integer, empty=True),
        column("reworded", sa.Boolean),
        key(),
        sa.UniqueConstraint("round_id", "indicator"),
        sa.CheckConstraint("permille IS NULL OR permille BETWEEN 0 AND 1000", name="share_range"),
    )
    op.create_table(
        "priority",
        column("title", sa.String(160)),
        column("why", sa.Text),
        column("programme", sa.String(120)),
        column("chosen_how", CHOICE),
        column("chosen_by", sa.String(160)),
        column("chosen_on", sa.Date),
        link("finding_id", "survey_finding", empty=True, index=True),
        key(),
    )
    op.create_table(
        "priority_tie",
        link("priority_id", "priority"),
        link("session_id", "coproduction_session", empty=True, index=True),
        link("opportunity_id", "opportunity", empty=True, index=True),
        link("action_id", "action", empty=True, index=True),
        key(),
        exactly_one("session_id", "opportunity_id", "action_id"),
        sa.UniqueConstraint("priority_id", "session_id"),
        sa.UniqueConstraint("priority_id", "opportunity_id"),
        sa.UniqueConstraint("priority_id", "action_id"),
    )


def downgrade() -> None:
    drop("priority_tie", "priority", "survey_finding", "survey_round")
