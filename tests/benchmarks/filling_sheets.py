"""Rows on their way into a table, many at once, by each engine's own fast way.

The models say what each column accepts: a missing column, or a value of the wrong type, is refused
before anything is written.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from coprod_data.commands.event_log import UNLOGGED_COLUMNS, _is_text, _plain
from coprod_data.models import Base
from coprod_data.models.base import UtcDateTime

MOST_REMEMBERED = 30_000
SOME_MOMENT = datetime(2026, 3, 4, 9, 5, 6, 78, tzinfo=UTC)

Convert = Callable[[Any], Any]


class Written(str):
    """JSON that is already text."""


class Sheet:
    """The next rows of one table. Without `names` every column that the database does not fill
    itself, given to `add` or left to its default; with `names` only those columns, in the order of
    the tuples in `rows`.
    """

    def __init__(self, model: type[Base], *names: str) -> None:
        self.table = model.__table__
        ours = [column for column in self.table.c if column.server_default is None]
        self.names = names or tuple(column.name for column in ours)
        unknown = set(self.names) - set(self.table.c.keys())
        missing = {column.name for column in ours if not column.nullable} - set(self.names)
        if unknown or missing:
            raise RuntimeError(
                f"The table {self.table.name} has changed: {sorted(unknown)} are no columns of it,"
                f" {sorted(missing)} would be left empty."
            )
        self.rows: list[tuple[Any, ...]] = []
        self.last = 0
        self._defaults = _defaults(model)
        self._unlogged = UNLOGGED_COLUMNS | model.unlogged
        self._texts = {name for name in self.names if _is_text(model, name)}

    def next_id(self) -> int:
        """Return the id of a row about to be added."""
        self.last += 1
        return self.last

    def add(self, **values: Any) -> int:
        """Add one row. Returns its id, 0 for a table without one."""
        if "id" in self.table.c and "id" not in values:
            values["id"] = self.next_id()
        unknown = values.keys() - set(self.names)
        if unknown:
            raise KeyError(f"{self.table.name} has no {sorted(unknown)}")
        given = {**self._defaults, **values}
        self.rows.append(tuple(given[name] for name in self.names))
        return int(values.get("id", 0))

    def newest(self) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """Return what the log holds of the row added last: its changes and its texts."""
        row = dict(zip(self.names, self.rows[-1], strict=True))
        key = row.get("id") or "-".join(str(row[c.name]) for c in self.table.primary_key)
        filled = {
            f"{self.table.name}:{key}.{name}": value
            for name, value in row.items()
            if value is not None and name != "id" and name not in self._unlogged
        }
        return (
            {
                name: [None, _plain(value)]
                for name, value in filled.items()
                if name.rpartition(".")[2] not in self._texts
            },
            [
                (name, str(value))
                for name, value in filled.items()
                if name.rpartition(".")[2] in self._texts
            ],
        )


class Writer:
    """Writes sheets through a driver's own connection, inside its open transaction."""

    def __init__(self, dialect: Dialect, connection: Any) -> None:
        self._dialect, self._connection = dialect, connection
        self._quote = dialect.identifier_preparer.quote
        self._converts: dict[str, list[Convert | None]] = {}

    def write(self, sheet: Sheet) -> int:
        """Write a sheet's rows and empty it. Returns how many there were."""
        table = sheet.table
        if table.name not in self._converts:
            self._converts[table.name] = [
                _convert(table.c[name].type, self._dialect) for name in sheet.names
            ]
        rows, sheet.rows = sheet.rows, []
        return self.insert(table.name, sheet.names, rows, self._converts[table.name])

    def insert(
        self,
        table: str,
        names: tuple[str, ...],
        rows: list[tuple[Any, ...]],
        converts: Iterable[Convert | None],
    ) -> int:
        """Write rows of a table that may be unknown to the models. Returns how many."""
        if not rows:
            return 0
        columns = [
            values if convert is None else map(convert, values)
            for values, convert in zip(zip(*rows, strict=True), converts, strict=True)
        ]
        listed = ", ".join(map(self._quote, names))
        into = f"{self._quote(table)} ({listed})"
        if self._dialect.name == "sqlite":
            marks = ", ".join("?" * len(names))
            self._connection.executemany(
                f"INSERT INTO {into} VALUES ({marks})",  # noqa: S608 - names of our own models
                zip(*columns, strict=True),
            )
        else:
            with (
                self._connection.cursor() as cursor,
                cursor.copy(f"COPY {into} FROM STDIN") as copy,
            ):
                for row in zip(*columns, strict=True):
                    copy.write_row(row)
        return len(rows)


def _defaults(model: type[Base]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(model):  # type: ignore[arg-type]
        if field.default_factory is not MISSING:
            found[field.name] = field.default_factory()
        elif field.default is not MISSING:
            column = model.__table__.c[field.name]
            found[field.name] = None if column.nullable else _default(column, field.default)
    return found


def _default(column: sa.Column[Any], told: Any) -> Any:
    # The mapping may hide a default from its dataclass, which then knows only that there is one.
    return column.default.arg if column.default is not None else told


def _convert(kind: Any, dialect: Dialect) -> Convert | None:
    """Return what turns a value into the driver's; results for moments and choices are reused."""
    if isinstance(kind, sa.JSON):
        return _json
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return None
    if isinstance(kind, UtcDateTime):
        if dialect.name == "postgresql":
            return _moment
        if process(SOME_MOMENT) != _naive(SOME_MOMENT):
            raise RuntimeError("Moments are stored in another form than is written here.")
        return _naive
    return lru_cache(MOST_REMEMBERED)(process)


def _json(value: Any) -> str:
    return value if type(value) is Written else json.dumps(value)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _naive(value: datetime | None) -> str | None:
    """Return a moment in UTC as SQLite keeps it; formatting through the type is slow."""
    return None if value is None else value.isoformat(" ", "microseconds")[:26]
