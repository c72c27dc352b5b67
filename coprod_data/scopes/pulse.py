"""Who is asked the pulse on a card: a condition in SQL, no reads."""

import sqlalchemy as sa

from coprod_data.models import CardEntry, Reply


def replied_to(entry_id: int) -> sa.ColumnElement[bool]:
    """Return the condition that a card has a reply and was not taken back."""
    return sa.exists().where(
        Reply.entry_id == CardEntry.id, CardEntry.id == entry_id, CardEntry.withdrawn_at.is_(None)
    )
