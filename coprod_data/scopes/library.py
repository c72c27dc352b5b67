"""What an item of the library says, and which items belong together."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import LibraryFile, LibraryItem, LibraryTie
from coprod_data.rules.library import LibraryPlan

FORMATS = "formats"


def said_in(db: Session, item: LibraryItem) -> dict[str, Any]:
    """Return what a page shows of an item: its values, and each format with when it was kept."""
    formats = db.execute(
        sa.select(LibraryFile.format, LibraryFile.kept_at)
        .where(LibraryFile.item_id == item.id)
        .order_by(LibraryFile.id)
    )
    return {
        **LibraryPlan.of(item).values,
        FORMATS: tuple((row.format.value, row.kept_at) for row in formats),
    }


def tied_to(item_id: int) -> sa.ColumnElement[bool]:
    """Return the condition that a tie is of this item."""
    return sa.or_(LibraryTie.item_id == item_id, LibraryTie.other_id == item_id)
