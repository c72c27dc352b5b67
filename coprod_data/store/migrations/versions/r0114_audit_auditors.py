"""Which young people look at which service in a round of the audit."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import drop, key, link

revision = "r0114"
down_revision = "r0113"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_auditor",
        link("return_id", "audit_return"),
        link("person_id", "person", index=True),
        key(),
        sa.UniqueConstraint("return_id", "person_id"),
    )


def downgrade() -> None:
    drop("audit_auditor")
