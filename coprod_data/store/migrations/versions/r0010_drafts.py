"""What a form showed when a draft was typed, and who made a one-time link.

Drafts of before were typed into forms that did not say what they showed.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered, column, link

revision = "r0010"
down_revision = "r0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", column("opened", sa.String(64), empty=True))
    op.execute(sa.text("UPDATE draft SET opened = ''"))
    with altered("draft") as batch:
        batch.alter_column("opened", existing_type=sa.String(64), nullable=False)
    with altered("reset_link") as batch:
        batch.add_column(link("made_by_id", "person", empty=True))


def downgrade() -> None:
    with altered("reset_link") as batch:
        batch.drop_column("made_by_id")
    with altered("draft") as batch:
        batch.drop_column("opened")
