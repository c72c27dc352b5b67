"""An entry and the words that hang on it: its later messages and answers."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from coprod_data.models import CardEntry
from coprod_data.scopes.entries import Condition


def main_id() -> sa.ColumnElement[int]:
    """Return the id of the entry that words hang on; an entry on its own is its own."""
    return sa.func.coalesce(CardEntry.about_id, CardEntry.id)


def of(ids: Collection[int] | sa.Select[Any]) -> Condition:
    """Words of these entries, and the words that hang on them; both are found by an index."""
    return sa.or_(CardEntry.id.in_(ids), CardEntry.about_id.in_(ids))
