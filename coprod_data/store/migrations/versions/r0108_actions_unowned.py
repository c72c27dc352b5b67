"""A proposed action may have no owner and no service yet: one that a policy's sign-off made."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered
from coprod_data.store.migrations.telling import telling

revision = "r0108"
down_revision = "r0107"
branch_labels = None
depends_on = None

OWNED = "(owner_id IS NOT NULL AND service_id IS NOT NULL) OR stage IN ('proposed', 'dropped')"


def upgrade() -> None:
    with altered("action") as batch:
        batch.alter_column("owner_id", existing_type=sa.Integer, nullable=True)
        batch.alter_column("service_id", existing_type=sa.Integer, nullable=True)
        batch.create_check_constraint("owned_once_agreed", OWNED)


def downgrade() -> None:
    with telling("action"):  # what nobody owned belongs to who proposed it
        op.execute(
            "UPDATE action SET owner_id = coalesce(owner_id, proposed_by_id), "
            "service_id = coalesce(service_id, (SELECT min(id) FROM service))"
        )
    with altered("action") as batch:
        batch.drop_constraint("owned_once_agreed", type_="check")
        batch.alter_column("owner_id", existing_type=sa.Integer, nullable=False)
        batch.alter_column("service_id", existing_type=sa.Integer, nullable=False)
