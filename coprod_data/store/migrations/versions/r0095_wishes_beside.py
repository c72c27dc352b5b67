"""A wish to talk that was taken back unread stays beside the one that its author makes next.

Until now there was room for one that nobody had closed, so the new one erased it unread.

Going down needs each card to have at most one again. Safeguarding only may read what was taken
back, so its words can neither go into the other wish, which the Youth Voice Team opens, nor be
dropped: going down is refused until safeguarding has let those wishes go.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import index_where

revision = "r0095"
down_revision = "r0094"
branch_labels = None
depends_on = None

NAME, UNCLOSED = "uq_contact_wish_open", "ix_contact_wish_unclosed"
TABLE, COLUMNS = "contact_wish", ["entry_id"]
OPEN = "closed_at IS NULL"
SEVERAL = sa.text(
    "SELECT count(*) FROM (SELECT entry_id FROM contact_wish WHERE closed_at IS NULL "
    "GROUP BY entry_id HAVING count(*) > 1) AS cards"
)


def upgrade() -> None:
    op.drop_index(NAME, TABLE)
    index_where(NAME, TABLE, COLUMNS, f"{OPEN} AND taken_back_at IS NULL", unique=True)
    index_where(UNCLOSED, TABLE, COLUMNS, OPEN)


def downgrade() -> None:
    if count := op.get_bind().scalar(SEVERAL):
        cards = f"{count} cards have" if count > 1 else "1 card has"
        raise RuntimeError(
            f"{cards} a wish to talk that was taken back and that nobody has read, beside another. "
            "Safeguarding reads each in Checking and lets it go. Then go back to the older release."
        )
    op.drop_index(UNCLOSED, TABLE)
    op.drop_index(NAME, TABLE)
    index_where(NAME, TABLE, COLUMNS, OPEN, unique=True)
