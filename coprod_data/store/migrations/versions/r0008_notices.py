"""Work e-mail addresses of staff, and the notices that are sent to them.

Taken down, addresses and notices are gone, and so is the host that sent them.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, drop, key, link

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None

setting = sa.table("setting", sa.column("key", sa.String))


def upgrade() -> None:
    op.add_column("person", column("work_email", sa.String(254), empty=True))
    op.create_table(
        "notice",
        link("person_id", "person"),
        column("kind", CHOICE),
        column("made_at", MOMENT),
        column("due_at", MOMENT, empty=True, index=True),
        column("sent_at", MOMENT, empty=True),
        column("seen_at", MOMENT, empty=True),
        column("tries", sa.Integer),
        column("failed", CHOICE, empty=True),
        key(),
        sa.Index("ix_notice_person", "person_id", "kind", "made_at"),
    )


def downgrade() -> None:
    op.execute(sa.delete(setting).where(setting.c.key.in_(("notice_host", "public_address"))))
    drop("notice")
    with altered("person") as batch:
        batch.drop_column("work_email")
