"""Card codes of five words; codes that their author has; codes still to be handed over.

An earlier entry has no number of words, which means the four words of the first release.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import MOMENT, column, drop, key, link

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("card_entry", column("code_words", sa.Integer, empty=True))
    op.add_column("card_entry", column("code_kept_at", MOMENT, empty=True))
    op.create_table(
        "handed_code",
        link("person_id", "person", index=True),
        link("entry_id", "card_entry", unique=True),
        column("sealed", sa.Text),
        column("at", MOMENT),
        key(),
    )


def downgrade() -> None:
    drop("handed_code")
    op.drop_column("card_entry", "code_kept_at")
    op.drop_column("card_entry", "code_words")
