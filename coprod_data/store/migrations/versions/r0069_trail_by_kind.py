"""The trail read by what was done: a year of sign-ins hides no download."""

from alembic import op

revision = "r0069"
down_revision = "r0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_trail_kind", "trail", ["kind", "at"])


def downgrade() -> None:
    op.drop_index("ix_trail_kind", "trail")
