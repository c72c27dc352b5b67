"""Who put words in another language into English, as somebody of the team said.

Of what was decided before, nobody has said it.
"""

from alembic import op

from coprod_data.store.migrations.columns import CHOICE, column, link

revision = "r0042"
down_revision = "r0041"
branch_labels = None
depends_on = None

ENTRY = "card_entry"


def upgrade() -> None:
    with op.batch_alter_table(ENTRY) as batch:
        batch.add_column(column("translated", CHOICE, empty=True))
        batch.add_column(link("translated_by_id", "person", empty=True))


def downgrade() -> None:
    with op.batch_alter_table(ENTRY) as batch:
        for gone in ("translated_by_id", "translated"):
            batch.drop_column(gone)
