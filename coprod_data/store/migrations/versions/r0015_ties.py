"""The commitment that a report card, or an entry on it, is about, where the team names one.

What was there before is about none.
"""

from alembic import op

from coprod_data.store.migrations.columns import altered, index_where, link

revision = "r0015"
down_revision = "r0014"
branch_labels = None
depends_on = None

TABLES = ("report_card", "card_entry")


def upgrade() -> None:
    for table in TABLES:
        with altered(table) as batch:
            batch.add_column(link("commitment_id", "promise_commitment", empty=True))
        index_where(f"ix_{table}_commitment", table, ["commitment_id"], "commitment_id IS NOT NULL")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_index(f"ix_{table}_commitment", table)
        with altered(table) as batch:
            batch.drop_column("commitment_id")
