"""The log holds everything: applying its events in order gives today's tables."""

import json
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import UNLOGGED_COLUMNS, UNLOGGED_TABLES
from coprod_data.models import Base, Event, EventText
from coprod_data.store.actors import System
from coprod_data.store.database import Database

SEALED = {  # not copied
    ("entry_version", "thinks"),
    ("entry_version", "wants"),
    ("young_view", "face"),
}
FORGETFUL = {table.__tablename__ for table in UNLOGGED_TABLES}

Folded = dict[tuple[str, str], dict[str, Any]]


def fold(db: Session) -> Folded:
    """Return what the log says each row is now, by (table, key), then column."""
    rows: Folded = {}
    texts: dict[int, list[EventText]] = {}
    for text in db.scalars(sa.select(EventText).order_by(EventText.id)):
        texts.setdefault(text.event_id, []).append(text)
    for event in db.scalars(sa.select(Event).order_by(Event.id)):
        for name, change in event.changes.items():
            if isinstance(change, list):
                place(rows, name, change[1])
        for text in texts.get(event.id, ()):
            place(rows, text.field, text.text)
    return rows


LISTS = ("flags", "hints")


def place(rows: Folded, name: str, value: Any) -> None:
    subject, _, column = name.rpartition(".")
    table, _, key = subject.partition(":")
    rows.setdefault((table, key), {})[column] = value


def plain(column: sa.Column[Any], value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(column.type, sa.JSON) and column.key not in LISTS and value is not None:
        return str(value)
    return value


def differences(db: Session) -> list[str]:
    folded, found = fold(db), []
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if table.name in FORGETFUL:
            continue
        for row in db.scalars(sa.select(mapper.class_)):
            identity = sa.inspect(row).identity or ()
            key = "-".join(part.value if isinstance(part, Enum) else str(part) for part in identity)
            told = folded.pop((table.name, key), {})
            for column in table.columns:
                if column.key in {"id", *UNLOGGED_COLUMNS, *row.unlogged}:
                    continue
                if (table.name, column.key) in SEALED:
                    continue
                now = plain(column, getattr(row, column.key))
                then = told.get(column.key)
                if column.key in LISTS:
                    now, then = json.dumps(now), json.dumps(then)
                if now != then:
                    found.append(f"{table.name}:{key}.{column.key} is {now!r}, told {then!r}")
    found += [
        f"{table}:{key} is told of and is not there"
        for (table, key), columns in folded.items()
        if any(value is not None for value in columns.values())
    ]
    return found


def test_folding_the_events_of_eighteen_months_gives_todays_tables(played: Database) -> None:
    with played.reading(System()) as (db, _):
        assert db.scalar(sa.select(sa.func.count()).select_from(Event)) > 500
        found = differences(db)
    assert not found, "\n".join(found)
