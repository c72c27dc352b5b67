"""Notices to the council's LADO, who has no account, each once for a card.

Taken down, they are gone, with the address and whom the LADO rings.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered, drop, link
from coprod_data.store.migrations.telling import telling

revision = "r0099"
down_revision = "r0098"
branch_labels = None
depends_on = None

setting = sa.table("setting", sa.column("key", sa.String))
notice = sa.table("notice", sa.column("person_id", sa.Integer))


def upgrade() -> None:
    with altered("notice") as batch:
        batch.alter_column("person_id", existing_type=sa.Integer, nullable=True)
    op.create_table(
        "told_to_lado",
        link("card_id", "card_entry", primary_key=True),
        link("notice_id", "notice", empty=True, index=True),
    )


def downgrade() -> None:
    drop("told_to_lado")
    op.execute(sa.delete(notice).where(notice.c.person_id.is_(None)))
    with telling("setting"):
        said = setting.c.key.in_(("duty_lado_email", "duty_lado_rings"))
        op.execute(sa.delete(setting).where(said))
    with altered("notice") as batch:
        batch.alter_column("person_id", existing_type=sa.Integer, nullable=False)
