"""An entry says that it is summed up, so that a card finds its summaries among many entries."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SUMMED_UP = """
    UPDATE card_entry SET summed_up = {true} WHERE id IN (
        SELECT entry_id FROM entry_summary WHERE replaced_at IS NULL AND refused_at IS NULL
    )
"""


def upgrade() -> None:
    op.add_column(
        "card_entry", sa.Column("summed_up", sa.Boolean, nullable=False, server_default=sa.false())
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(SUMMED_UP.format(true="1" if sqlite else "true"))
    op.create_index(
        "ix_card_entry_summed_up",
        "card_entry",
        ["report_card_id", "place"],
        sqlite_where=sa.text("summed_up = 1"),
        postgresql_where=sa.text("summed_up"),
    )


def downgrade() -> None:
    op.drop_index("ix_card_entry_summed_up", "card_entry")
    op.drop_column("card_entry", "summed_up")
