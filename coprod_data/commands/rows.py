"""What commands do with rows: lock one, look for one, add one.

Any command may call these. `kept` records an event; the others only read.
"""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models.base import Base, Row
from coprod_data.permissions import Actor, Invalid, NotFound
from coprod_data.vocabulary.events import EventKind

Noun = TypeVar("Noun", bound=Base)


def locked(db: Session, noun: type[Noun], row_id: int, word: str) -> Noun:
    """Return a row as it is now; nobody else can change it until this transaction ends.

    `word` is what people call it. Raises NotFound.
    """
    row = db.get(noun, row_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(f"We could not find that {word}. Reload the page.")
    return row


def known(db: Session, noun: type[Noun], **by: Any) -> Noun | None:
    """Return the first row that has these values, or None."""
    return db.scalars(sa.select(noun).filter_by(**by).limit(1)).first()


def must_be_new(
    db: Session, noun: type[Row], word: str, *, beside: Row | None = None, **by: Any
) -> None:
    """Check that no other row has these values; `beside` is the row that is about to get them.

    Raises Invalid, with the first name of `by` as its field.
    """
    other = known(db, noun, **by)
    if other is not None and other is not beside:
        raise Invalid(f"There is already a {word} with that name.", field=next(iter(by)))


def kept(db: Session, actor: Actor, kind: EventKind, row: Row, **facts: Any) -> int:
    """Add a new row and record an event. Returns its id."""
    db.add(row)
    record(db, actor, kind, row, **facts)
    return row.id
