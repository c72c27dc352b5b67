"""An entry and the words that hang on it: its later messages and answers."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from coprod_data.models import CardEntry

Condition = sa.ColumnElement[bool]


def main_id(entry: Any = CardEntry) -> sa.ColumnElement[int]:
    """Return the id of the entry that words hang on; an entry on its own is its own."""
    return sa.func.coalesce(entry.about_id, entry.id)


def of(ids: Collection[int] | sa.Select[Any]) -> Condition:
    """Return the condition that an entry is one of these or hangs on one of them.

    Both are found by an index; `main_id` in a condition is not.
    """
    return sa.or_(CardEntry.id.in_(ids), CardEntry.about_id.in_(ids))
