"""Days proposed for a session, and who of those in the work can come on them."""

from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    MOMENT,
    column,
    drop,
    exactly_one,
    key,
    link,
)

revision = "r0039"
down_revision = "r0038"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"


def upgrade() -> None:
    op.create_table(
        "session_date",
        link("session_id", SESSION, index=True),
        column("starts_at", MOMENT),
        column("ends_at", MOMENT),
        key(),
    )
    op.create_table(
        "session_answer",
        link("session_id", SESSION, index=True),
        link("date_id", "session_date", empty=True, index=True),
        link("young_id", "opportunity_young", empty=True, index=True),
        link("invitation_id", "invitation", empty=True, index=True),
        column("answer", CHOICE),
        column("answered_at", MOMENT),
        key(),
        exactly_one("young_id", "invitation_id"),
    )


def downgrade() -> None:
    drop("session_answer", "session_date")
