"""A change of an action may ask only for another owner."""

from coprod_data.store.migrations.columns import altered, link

revision = "r0083"
down_revision = "r0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("action_change") as batch:
        batch.add_column(link("owner_id", "person", empty=True))


def downgrade() -> None:
    with altered("action_change") as batch:
        batch.drop_column("owner_id")
