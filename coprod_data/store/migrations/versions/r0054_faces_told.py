"""The faces of each month are told to the log, which did not know of them before."""

from coprod_data.store.migrations.telling import forget, tell_of

revision = "r0054"
down_revision = "r0052"
branch_labels = None
depends_on = None

TABLES = ("view_month", "view_face")


def upgrade() -> None:
    tell_of(*TABLES)


def downgrade() -> None:
    forget(*TABLES)
