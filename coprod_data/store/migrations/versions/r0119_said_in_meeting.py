"""That somebody said yes to an opportunity aloud, in a meeting of the Board."""

from alembic import op

from coprod_data.store.migrations.columns import MOMENT, altered, column, link

revision = "r0119"
down_revision = "r0117"
branch_labels = None
depends_on = None


INDEX = "ix_invitation_said_meeting_id"


def upgrade() -> None:
    with altered("invitation") as batch:
        batch.add_column(link("said_meeting_id", "meeting", empty=True))
        batch.add_column(column("said_at", MOMENT, empty=True))
    op.create_index(INDEX, "invitation", ["said_meeting_id"])


def downgrade() -> None:
    op.drop_index(INDEX, "invitation")
    with altered("invitation") as batch:
        batch.drop_column("said_at")
        batch.drop_column("said_meeting_id")
