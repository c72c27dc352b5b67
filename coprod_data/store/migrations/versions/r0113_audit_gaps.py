"""Gaps of an audit become opportunities that nobody spotted; standards of a round have versions."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered, column, link
from coprod_data.store.migrations.telling import telling

revision = "r0113"
down_revision = "r0109"
branch_labels = None
depends_on = None
ROUND, OPPORTUNITY = "audit_round", "opportunity"


def upgrade() -> None:
    with telling(ROUND), altered(ROUND) as batch:
        batch.add_column(column("standards_version", sa.Integer, server_default="1"))
        batch.add_column(link("theme_id", "promise_theme", empty=True))
    with altered(ROUND) as batch:
        batch.alter_column("standards_version", server_default=None)
    with altered(OPPORTUNITY) as batch:
        batch.alter_column("spotted_by_id", existing_type=sa.Integer, nullable=True)


def downgrade() -> None:
    with telling(OPPORTUNITY):
        # Somebody had to be named before: the account that was there first.
        op.execute(
            "UPDATE opportunity SET spotted_by_id = (SELECT min(id) FROM person) "
            "WHERE spotted_by_id IS NULL"
        )
    with altered(OPPORTUNITY) as batch:
        batch.alter_column("spotted_by_id", existing_type=sa.Integer, nullable=False)
    with telling(ROUND), altered(ROUND) as batch:
        batch.drop_column("theme_id")
        batch.drop_column("standards_version")
