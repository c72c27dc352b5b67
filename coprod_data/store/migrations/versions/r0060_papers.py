"""Papers for the Board, their texts, and the council's own layout."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, HASH, MOMENT, column, drop, key, link

revision = "r0060"
down_revision = "r0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_layout",
        column("name", sa.String(160)),
        column("file", sa.LargeBinary),
        column("kept_at", MOMENT),
        key(),
    )
    op.create_table(
        "paper",
        link("meeting_id", "meeting"),
        column("item", sa.Integer),
        column("version", sa.Integer),
        column("title", sa.String(160)),
        column("state", CHOICE),
        *(column(name, CHOICE, empty=True) for name in ("status", "decision_type")),
        *(column(name, CHOICE, empty=True) for name in ("risk_current", "risk_residual")),
        *(column(name, sa.Boolean) for name in ("financial", "legal", "environmental")),
        *(column(name, sa.Boolean) for name in ("economic", "equalities")),
        link("author_id", "person", index=True),
        column("author_title", sa.String(160)),
        column("author_telephone", sa.String(60)),
        column("author_email", sa.String(160)),
        column("begun_at", MOMENT),
        column("figures_on", sa.Date, empty=True),
        column("figures_at", MOMENT, empty=True),
        column("figures_since", sa.Date, empty=True),
        column("fingerprint", HASH),
        column("submitted_at", MOMENT, empty=True),
        column("signed_at", MOMENT, empty=True),
        link("signed_by_id", "person", empty=True),
        column("portfolio_holder", sa.String(300)),
        column("executive_director", sa.String(300)),
        column("meets_on", sa.Date, empty=True),
        link("layout_id", "paper_layout", empty=True),
        link("corrects_id", "paper", empty=True),
        column("why_corrected", sa.Text),
        key(),
        sa.UniqueConstraint("meeting_id", "item", "version"),
    )
    op.create_table(
        "paper_text",
        link("paper_id", "paper"),
        column("part", CHOICE),
        column("text", sa.Text),
        key(),
        sa.UniqueConstraint("paper_id", "part"),
    )


def downgrade() -> None:
    drop("paper_text", "paper", "paper_layout")
