"""Sheets become rows: what each column may hold, and what is wrong with each cell in a line."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coprod_data.files.csv_read import SheetRefused, read_records
from coprod_data.rules.clocks import Span
from coprod_data.rules.typed_days import FIRST_YEAR, LAST_YEAR, is_near, read_day
from coprod_data.rules.typed_hours import typed_spans

Kind = Callable[[str], Any]
MORNING = time(10)
WALL_CLOCK = ZoneInfo("Europe/London")
TOLD_AT_ONCE = 100  # cells of one sheet
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
A_DAY = "Type it like 20/03/2026 or 2026-03-20."
A_MOMENT = "Type it like 20/03/2026 14:00 or 2026-03-20 14:00."
_TIME = re.compile(r"[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?$")
_MIDNIGHT = re.compile(r"[T\s]+0?0:00(?::00)?$")


class CellFault(ValueError):
    """What is wrong with a cell, and what to type there."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong} {remedy}")
        self.remedy = remedy


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
    """Read a date as it is written in Britain, or an ISO date."""
    found = read_day(_without_midnight(cell))
    if found is None:
        raise CellFault(f'"{cell}" is not a date.', A_DAY)
    if not is_near(found):
        raise CellFault(
            f"the year {found.year} is not between {FIRST_YEAR} and {LAST_YEAR}.", A_DAY
        )
    return found


def moment(cell: str) -> datetime:
    """Read a date with or without a time in London; without one it is ten in the morning."""
    found = _TIME.search(cell)
    if found is None:
        return datetime.combine(day(cell), MORNING, WALL_CLOCK)
    try:
        hour, minute, second = (int(part or 0) for part in found.groups())
        at = time(hour, minute, second)
    except ValueError:
        raise CellFault(f'"{cell}" has no time of a day.', A_MOMENT) from None
    try:
        return datetime.combine(day(cell[: found.start()]), at, WALL_CLOCK)
    except CellFault:
        raise CellFault(f'"{cell}" is not a date and a time.', A_MOMENT) from None


def day_or_words(cell: str) -> date | str:
    """Read a date if it is one, else the cell as it is."""
    try:
        return day(cell)
    except CellFault:
        return cell


def spans(cell: str) -> tuple[Span, ...]:
    """Read the hours of a day, as 9am to 5pm."""
    return typed_spans(cell)


def yes_no(cell: str) -> bool:
    """Read yes or no, also as a spreadsheet spells them."""
    answers = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
    if cell.casefold() not in answers:
        raise CellFault(f'"{cell}" is neither yes nor no.', "Type yes or no.")
    return answers[cell.casefold()]


def whole_number(cell: str) -> int:
    """Read a whole number."""
    if not (cell.isdecimal() and len(cell) < 7):
        raise CellFault(f'"{cell}" is not a whole number.', "Type digits only, for example 12.")
    return int(cell)


def one_of(choices: type[Enum] | Iterable[str]) -> Kind:
    """Return a reader of one value of a closed list, with spaces and capitals as people type."""
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
    for value, meant in values.items():
        if _alike(cell) == _alike(value):
            return meant
    raise CellFault(f'"{cell}" is not known here.', f"Type one of: {', '.join(values)}.")


def _alike(name: str) -> str:
    return "_".join(name.casefold().replace("_", " ").split())


def _without_midnight(cell: str) -> str:
    return _MIDNIGHT.sub("", cell)


def read_folder(folder: Path, sheets: Iterable[Sheet]) -> list[Row]:
    """Return the rows of all these sheets. Raises SheetRefused about every cell that is wrong."""
    rows: list[Row] = []
    faults: list[str] = []
    for sheet in sheets:
        try:
            rows += read_sheet(folder, sheet)
        except SheetRefused as refused:
            faults.append(refused.sentence)
    if faults:
        raise SheetRefused("\n".join(faults))
    return rows


def read_sheet(folder: Path, sheet: Sheet) -> list[Row]:
    """Return the rows of a sheet; a sheet that is not in the folder has none.

    Commas, semicolons or tabs, UTF-8 or Windows letters, and headings in any order, with capitals
    and spaces or not: as a spreadsheet saves them. Raises SheetRefused with a line for each cell
    that cannot be read.
    """
    path = folder / sheet.file
    if not path.is_file():
        return []
    records = read_records(path, [column.name for column in sheet.columns])
    headings = [_alike(heading) for heading in _without_empty_end(records[0])]
    _check_headings(sheet, headings, records[0])
    rows, faults = [], []
    for number, record in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in record):
            row, wrong = _read_row(sheet, number, headings, record)
            rows.append(row)
            faults += wrong
    if faults:
        more = len(faults) - TOLD_AT_ONCE
        said = faults[:TOLD_AT_ONCE] + ([f"{sheet.file}: {more:,} more."] if more > 0 else [])
        raise SheetRefused("\n".join(said))
    return rows


def _check_headings(sheet: Sheet, headings: list[str], typed: list[str]) -> None:
    known = [column.name for column in sheet.columns]
    columns = f"The columns are {', '.join(known)}, each once."
    faults = [
        f'{sheet.file}, row 1: the column "{name}" is missing. {columns}'
        for name in known
        if name not in headings
    ] + [
        f'{sheet.file}, row 1: we do not know column {number}, "{typed[number - 1].strip()}". '
        f"{columns}"
        for number, heading in enumerate(headings, start=1)
        if heading not in known or headings.index(heading) != number - 1
    ]
    if faults:
        raise SheetRefused("\n".join(faults))


def _read_row(
    sheet: Sheet, number: int, headings: list[str], record: list[str]
) -> tuple[Row, list[str]]:
    cells: dict[str, Any] = {}
    row, faults = Row(sheet, number, cells), []
    if len(_without_empty_end(record)) > len(headings):
        faults.append(
            f"{sheet.file}, row {number}, column {len(headings) + 1}: this cell has no heading. "
            "Type a heading in row 1, or empty the cell."
        )
    filled = dict(zip(headings, (cell.strip() for cell in record), strict=False))
    for column in sheet.columns:
        cell = filled.get(column.name, "")
        cells[column.name] = None
        try:
            if cell:
                cells[column.name] = column.kind(cell)
            elif column.needed:
                raise ValueError("this cell may not be empty. " + _to_type(column))
        except ValueError as fault:
            faults.append(row.refused(column.name, str(fault)).sentence)
    return row, faults


def _to_type(column: Column) -> str:
    """Say what belongs into a cell that is empty."""
    try:
        column.kind("")
    except CellFault as fault:
        return fault.remedy
    return f"Type the {column.name.replace('_', ' ')}."


def _without_empty_end(record: list[str]) -> list[str]:
    filled = [number for number, cell in enumerate(record, start=1) if cell.strip()]
    return record[: filled[-1] if filled else 0]
