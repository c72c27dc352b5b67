"""Frameworks that commitments belong to; why staff do an action by themselves, and its partners.

What was there before belongs to none, and nobody was asked why.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered, column, drop, link
from coprod_data.store.migrations.telling import telling

revision = "r0035"
down_revision = "r0034"
branch_labels = None
depends_on = None

OF_ACTION = {"why_alone": sa.Text(), "partners": sa.String(240)}


def upgrade() -> None:
    op.create_table(
        "commitment_tag",
        link("commitment_id", "promise_commitment", primary_key=True),
        column("code", sa.String(20), primary_key=True),
    )
    with telling("action"):
        for name, kind in OF_ACTION.items():
            op.add_column("action", column(name, kind, server_default=""))
        with altered("action") as batch:
            for name in OF_ACTION:
                batch.alter_column(name, server_default=None)


def downgrade() -> None:
    with altered("action") as batch:
        for name in OF_ACTION:
            batch.drop_column(name)
    drop("commitment_tag")
