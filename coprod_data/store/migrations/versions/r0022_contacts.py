"""Whom two public pages name, among the settings: no table changes.

Taken down, what was set is gone, because the older release knows no such setting.
"""

import sqlalchemy as sa
from alembic import op

revision = "r0022"
down_revision = "r0021"
branch_labels = None
depends_on = None

setting = sa.table("setting", sa.column("key", sa.String))


def upgrade() -> None:
    """Nothing is set before somebody sets it."""


def downgrade() -> None:
    op.execute(sa.delete(setting).where(setting.c.key.in_(("privacy_contact", "access_contact"))))
