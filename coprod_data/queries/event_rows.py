"""Whether every row is as the log says: what was changed past the commands shows here."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Base, Event, EventText
from coprod_data.permissions import Actor, Permission
from coprod_data.store.keys import Keys
from coprod_data.store.row_digests import (
    UNTOLD_TABLES,
    fits,
    newest_told,
    row_name,
    told_in,
)

AT_ONCE = 2_000


def row_that_does_not_fit(db: Session, actor: Actor) -> str | None:
    """Return the name of a row that was changed, made or deleted past the log; else None."""
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    keys = _keys(db)
    told = newest_told(db.scalars(_digests().execution_options(yield_per=AT_ONCE)))
    for table in Base.metadata.tables.values():
        if table.name in UNTOLD_TABLES:
            continue
        for row in _rows(db, sa.select(table)):
            name = row_name(table.name, [row[key.name] for key in table.primary_key])
            if not fits(keys, told.pop(name, None), name, row):
                return name
    return next(iter(told), None)


def text_that_does_not_fit(db: Session, actor: Actor) -> int | None:
    """Return the id of an event with a text beside it that is not the one it wrote; else None.

    An erased text fits.
    """
    actor.must(Permission.JOBS_RUN, Permission.HISTORY_READ)
    keys = _keys(db)
    texts = (
        sa.select(EventText.event_id, EventText.field, EventText.text, EventText.salt)
        .add_columns(Event.digests)
        .join(Event, Event.id == EventText.event_id)
        .where(EventText.text.is_not(None), Event.digests.is_not(None))
    )
    for row in _rows(db, texts):
        name = row_name("event_text", [row["field"]])
        said = {"text": row["text"], "salt": row["salt"]}
        if not fits(keys, dict(told_in(row["digests"])).get(name), name, said):
            return int(row["event_id"])
    return None


def _digests() -> sa.Select[str | None]:
    return sa.select(Event.digests).where(Event.digests.is_not(None)).order_by(Event.id)


def _rows(db: Session, statement: sa.Select[Any]) -> Iterator[Mapping[str, Any]]:
    with db.execute(statement.execution_options(yield_per=AT_ONCE)) as found:
        for row in found.mappings():
            yield dict(row)


def _keys(db: Session) -> dict[str, bytes]:
    keys: Keys = db.info["keys"]
    return {key.number: key.of_rows for key in keys.of_log}
