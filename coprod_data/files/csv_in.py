"""Sheets become rows: what each column may hold, and what is wrong with a cell in one sentence."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coprod_data.permissions import Refused

Kind = Callable[[str], Any]
MORNING = time(10)
WALL_CLOCK = ZoneInfo("Europe/London")


class SheetRefused(Refused):
    """A sheet cannot be read. The sentence names the file and, where possible, row and column."""


@dataclass(frozen=True)
class Column:
    """A column by its heading. `kind` reads a filled cell and raises ValueError with a sentence."""

    name: str
    kind: Kind
    needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A file whose rows have the same columns. Its first row holds the headings, in any order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"{self.name}.csv"


@dataclass(frozen=True)
class Row:
    """One row of a sheet; `number` counts as a spreadsheet does. An empty cell is None."""

    sheet: Sheet
    number: int
    cells: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def refused(self, column: str, sentence: str) -> SheetRefused:
        """Return what to raise about one cell."""
        return SheetRefused(f"{self.sheet.file}, row {self.number}, {column}: {sentence}")

    def moved(self, by: timedelta) -> "Row":
        """Return the row with all its dates moved."""
        return replace(self, cells={name: _moved(value, by) for name, value in self.cells.items()})


def _moved(value: Any, by: timedelta) -> Any:
    return value + by if isinstance(value, date) else value


def words(cell: str) -> str:
    """Read a cell as it is."""
    return cell


def names(cell: str) -> list[str]:
    """Read several names with a semicolon between them."""
    return [name.strip() for name in cell.split(";") if name.strip()]


def day(cell: str) -> date:
    """Read an ISO date."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f'"{cell}" is not a date. Write it like 2026-03-20.') from None


def moment(cell: str) -> datetime:
    """Read an ISO date with or without a time in London; without one it is ten in the morning."""
    try:
        if len(cell) == len("2026-03-20"):
            return datetime.combine(date.fromisoformat(cell), MORNING, WALL_CLOCK)
        return datetime.strptime(cell, "%Y-%m-%d %H:%M").replace(tzinfo=WALL_CLOCK)
    except ValueError:
        raise ValueError(
            f'"{cell}" is not a day. Write it like 2026-03-20 or 2026-03-20 14:00.'
        ) from None


def day_or_words(cell: str) -> date | str:
    """Read an ISO date if it is one, else the cell as it is."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell


def yes_no(cell: str) -> bool:
    """Read yes or no."""
    return bool(_choose(cell, {"yes": True, "no": False}))


def whole_number(cell: str) -> int:
    """Read a whole number."""
    if not cell.isdecimal():
        raise ValueError(f'"{cell}" is not a whole number.')
    return int(cell)


def one_of(choices: type[Enum] | Iterable[str]) -> Kind:
    """Return a reader of one value of a closed list."""
    values = (
        {str(choice.value): choice for choice in choices}
        if isinstance(choices, type)
        else {choice: choice for choice in choices}
    )
    return lambda cell: _choose(cell, values)


def number_of(choices: type[IntEnum]) -> Kind:
    """Return a reader of one number of a closed list."""
    values = {str(choice.value): choice.value for choice in choices}
    return lambda cell: _choose(cell, values)


def _choose(cell: str, values: Mapping[str, Any]) -> Any:
    if cell not in values:
        raise ValueError(f'"{cell}" is not one of {", ".join(values)}.')
    return values[cell]


def read_sheet(folder: Path, sheet: Sheet) -> list[Row]:
    """Return the rows of a sheet; a sheet that is not in the folder has none.

    Raises SheetRefused about the first cell that cannot be read.
    """
    path = folder / sheet.file
    if not path.is_file():
        return []
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            records = list(csv.reader(file, strict=True))
    except UnicodeDecodeError:
        raise SheetRefused(f"{sheet.file}: save it as CSV UTF-8, then try again.") from None
    except csv.Error as fault:
        raise SheetRefused(f"{sheet.file}: this is not a CSV file we can read ({fault}).") from None
    if not records:
        raise SheetRefused(f"{sheet.file}: the file is empty. Its first row holds the headings.")
    headings = [heading.strip() for heading in records[0]]
    _check_headings(sheet, headings)
    return [
        _read_row(sheet, number, headings, record)
        for number, record in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in record)
    ]


def _check_headings(sheet: Sheet, headings: list[str]) -> None:
    known = [column.name for column in sheet.columns]
    for name in known:
        if name not in headings:
            raise SheetRefused(f'{sheet.file}, row 1: the column "{name}" is missing.')
    for number, heading in enumerate(headings, start=1):
        if heading not in known or headings.index(heading) != number - 1:
            raise SheetRefused(
                f'{sheet.file}, row 1: we do not know column {number}, "{heading}". '
                f"The columns are {', '.join(known)}, each once."
            )


def _read_row(sheet: Sheet, number: int, headings: list[str], record: list[str]) -> Row:
    if len(record) > len(headings):
        raise SheetRefused(
            f"{sheet.file}, row {number}: it has {len(record)} cells but there are "
            f"{len(headings)} columns."
        )
    filled = dict(zip(headings, (cell.strip() for cell in record), strict=False))
    cells: dict[str, Any] = {}
    row = Row(sheet, number, cells)
    for column in sheet.columns:
        cell = filled.get(column.name, "")
        if not cell:
            if column.needed:
                raise row.refused(column.name, "this cell may not be empty.")
            cells[column.name] = None
            continue
        try:
            cells[column.name] = column.kind(cell)
        except ValueError as fault:
            raise row.refused(column.name, str(fault)) from None
    return row
