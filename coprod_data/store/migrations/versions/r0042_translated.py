"""Who put words in another language into English, as somebody of the team said; and when an author
would not say, later, whom their card is about. Of what was there before, nobody has said either.
"""

from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, column, link

revision = "r0042"
down_revision = "r0041"
branch_labels = None
depends_on = None

ENTRY = "card_entry"


def upgrade() -> None:
    with op.batch_alter_table(ENTRY) as batch:
        batch.add_column(column("translated", CHOICE, empty=True))
        batch.add_column(link("translated_by_id", "person", empty=True))
        batch.add_column(column("about_us_at", MOMENT, empty=True))


def downgrade() -> None:
    with op.batch_alter_table(ENTRY) as batch:
        for gone in ("about_us_at", "translated_by_id", "translated"):
            batch.drop_column(gone)
