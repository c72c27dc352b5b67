"""Steps of a seed that only say which columns a command takes; `call` makes them."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from coprod_data.files.csv_in import Row
from coprod_data.files.seed_council import Council, Step
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import london_day

Cell = Callable[[Council, Row], object]


def call(
    command: Callable[..., Any], *cells: Cell, names: str = "", as_a: str = "", **fields: Cell
) -> Step:
    """Return a step that calls a command with the values of these cells, in the order given.

    Later rows know what the command returns by the name in the column `names`, as a thing of the
    kind `as_a`, by default the column's own name.
    """

    def step(council: Council, actor: Actor, row: Row) -> None:
        given = [cell(council, row) for cell in cells]
        named = {field: cell(council, row) for field, cell in fields.items()}
        number = command(council.db, actor, *given, **named)
        if names:
            council.name(as_a or names, row[names], number)

    return step


def the(column: str, kind: str = "") -> Callable[[Council, Row], int]:
    """Return the number of what a cell names, which must be filled and known."""
    return lambda council, row: council.number(row, column, kind)


def the_if_any(column: str, kind: str = "") -> Cell:
    """Return the number of what a cell names, None where it is empty."""
    return lambda council, row: council.number(row, column, kind) if row[column] else None


def each(column: str, kind: str) -> Cell:
    """Return the numbers of everything that a cell of several names refers to."""
    return lambda council, row: [
        council.number_of(row, column, kind, name) for name in row[column] or ()
    ]


def value(column: str, must: str = "", empty: object = None) -> Cell:
    """Return the value of a cell, or `empty` if it has none; with `must`, refuse it and say what to
    write.
    """

    def cell(_council: Council, row: Row) -> object:
        if must and row[column] is None:
            raise row.refused(column, must)
        return empty if row[column] is None else row[column]

    return cell


def one(column: str, closed: type[StrEnum]) -> Cell:
    """Return the member of a closed list that a cell names, which must be filled."""

    def cell(_council: Council, row: Row) -> object:
        if row[column] not in list(closed):
            raise row.refused(column, f"write one of: {', '.join(closed)}.")
        return closed(row[column])

    return cell


def text(column: str) -> Cell:
    """Return the words of a cell, "" where it is empty."""
    return lambda _council, row: row[column] or ""


def yes(column: str) -> Cell:
    """Return whether a cell says yes."""
    return lambda _council, row: bool(row[column])


def day(_council: Council, row: Row) -> object:
    """Return the day of the row."""
    return london_day(row["on"])
