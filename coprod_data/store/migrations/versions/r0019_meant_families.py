"""Whom an answer may be about, written also on the entry that it belongs to.

From then on the whole card is closed to them; until now only the answer was.
"""

from alembic import op

revision = "r0019"
down_revision = "r0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO entry_meant (entry_id, person_id) "
        "SELECT DISTINCT added.about_id, meant.person_id FROM entry_meant AS meant "
        "JOIN card_entry AS added ON added.id = meant.entry_id "
        "WHERE added.about_id IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM entry_meant AS there WHERE there.entry_id = added.about_id "
        "AND there.person_id = meant.person_id)"
    )


def downgrade() -> None:
    """Leave the rows: opening a card again to somebody it may be about would undo a protection."""
