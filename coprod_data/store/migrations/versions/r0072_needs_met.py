"""Whether the access needs at a session were met; when a session was cancelled, and by whom."""

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, link

revision = "r0072"
down_revision = "r0069"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"


def upgrade() -> None:
    with altered(SESSION) as batch:
        batch.add_column(column("needs_met", CHOICE, empty=True))
        batch.add_column(column("cancelled_at", MOMENT, empty=True))
        batch.add_column(link("cancelled_by_id", "person", empty=True))


def downgrade() -> None:
    with altered(SESSION) as batch:
        for gone in ("cancelled_by_id", "cancelled_at", "needs_met"):
            batch.drop_column(gone)
