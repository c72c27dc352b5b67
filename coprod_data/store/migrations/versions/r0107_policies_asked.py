"""How people were asked about a policy, what they said, and which body saw and signed it."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0107"
down_revision = "r0106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_activity",
        link("policy_id", "policy", index=True),
        column("kind", CHOICE),
        column("channel", CHOICE),
        column("title", sa.String(160)),
        column("held_on", sa.Date, empty=True),
        column("audience", sa.String(160)),
        *(column(name, sa.Text) for name in ("question", "heard")),
        *(column(name, sa.Integer, empty=True) for name in ("reached", "replies")),
        column("worked", CHOICE),
        column("source", sa.String(240)),
        key(),
        sa.CheckConstraint(
            "replies IS NULL OR reached IS NULL OR replies <= reached", name="no_more_replies"
        ),
    )
    op.create_table(
        "policy_board",
        link("version_id", "policy_version", index=True),
        column("body", sa.String(160)),
        column("seen_on", sa.Date),
        column("said", sa.Text),
        *(
            column(name, sa.Boolean)
            for name in (
                "signs", "ours", "young", "parents", "education", "health", "social_care",
                "councillors",
            )
        ),
        link("recorded_by_id", "person"),
        link("confirmed_by_id", "person", empty=True),
        column("confirmed_at", MOMENT, empty=True),
        key(),
    )  # fmt: skip
    op.create_table(
        "policy_commitment",
        link("policy_id", "policy", index=True),
        column("wording", sa.String(240)),
        column("will_see", sa.Text),
        link("commitment_id", "promise_commitment"),
        link("action_id", "action", empty=True),
        key(),
    )
    op.create_table(
        "policy_comment",
        link("entry_id", "card_entry", unique=True),
        link("part_id", "policy_part", index=True),
        column("opinion", CHOICE, empty=True),
        column("way", CHOICE),
        column("disposition", CHOICE, empty=True),
        column("changed", sa.Text),
        column("settled_at", MOMENT, empty=True),
        key(),
    )


def downgrade() -> None:
    drop("policy_comment", "policy_commitment", "policy_board", "policy_activity")
