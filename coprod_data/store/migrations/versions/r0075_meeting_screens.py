"""What the screen of a meeting shows, so that a second one follows and a reload shows the same."""

import sqlalchemy as sa

from coprod_data.store.migrations.columns import altered, column
from coprod_data.store.migrations.telling import telling

revision = "r0075"
down_revision = "r0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with telling("meeting"), altered("meeting") as batch:
        batch.add_column(column("on_screen", sa.String(40), server_default=""))
    with altered("meeting") as batch:
        batch.alter_column("on_screen", server_default=None)


def downgrade() -> None:
    with telling("meeting"), altered("meeting") as batch:
        batch.drop_column("on_screen")
