"""An action says which group of young people agreed what will be seen when it is done."""

from coprod_data.store.migrations.columns import altered, link

revision = "r0094"
down_revision = "r0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered("action") as batch:
        batch.add_column(link("see_agreed_with_id", "group", empty=True))


def downgrade() -> None:
    with altered("action") as batch:
        batch.drop_column("see_agreed_with_id")
