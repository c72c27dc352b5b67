"""Policies written together: their life, their versions with the easy-read twin, and cut text."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, drop, key, link

revision = "r0106"
down_revision = "r0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy",
        column("title", sa.String(160)),
        *(
            column(name, sa.Text)
            for name in ("purpose", "audiences", "partners", "co_producers", "definitions")
        ),
        column("defined_with", sa.String(160)),
        link("owner_id", "person", index=True),
        column("target_pages", sa.Integer),
        column("next_with", sa.String(160)),
        *(
            column(name, sa.Date, empty=True)
            for name in ("next_by", "valid_from", "valid_to", "review_on")
        ),
        column("what_changed", sa.Text),
        column("lap", sa.Integer),
        key(),
    )
    op.create_table(
        "policy_done",
        link("policy_id", "policy"),
        column("lap", sa.Integer),
        column("step", CHOICE),
        column("done_on", sa.Date),
        column("why_skipped", sa.Text),
        key(),
        sa.UniqueConstraint("policy_id", "lap", "step"),
    )
    op.create_table(
        "policy_version",
        link("policy_id", "policy"),
        column("number", sa.Integer),
        column("made_on", sa.Date),
        column("written_by", sa.String(160)),
        column("revision", sa.Integer),
        column("easy_by", sa.String(160)),
        column("easy_read_by", sa.String(160)),
        column("put_out_at", MOMENT, empty=True),
        column("signed_at", MOMENT, empty=True),
        key(),
        sa.UniqueConstraint("policy_id", "number"),
        sa.CheckConstraint(
            "signed_at IS NULL OR (easy_by <> '' AND easy_read_by <> '')", name="signed_with_twin"
        ),
    )
    op.create_table(
        "policy_part",
        link("version_id", "policy_version"),
        *(column(name, sa.Integer) for name in ("part", "place")),
        column("heading", sa.String(160)),
        *(column(name, sa.Text) for name in ("text", "easy")),
        *(column(name, sa.Integer) for name in ("text_at", "easy_for")),
        column("tested_with", sa.String(160)),
        column("tested_said", sa.Text),
        key(),
        sa.UniqueConstraint("version_id", "part"),
    )
    op.create_table(
        "policy_cut",
        link("version_id", "policy_version", index=True),
        column("heading", sa.String(160)),
        column("text", sa.Text),
        column("state", CHOICE),
        key(),
    )


def downgrade() -> None:
    drop("policy_cut", "policy_part", "policy_version", "policy_done", "policy")
