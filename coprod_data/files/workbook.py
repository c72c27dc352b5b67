"""The rows of a spreadsheet as a council saves it: CSV, or XLSX of several sheets.

Nothing of a file is kept, and no formula is worked out: what a cell showed when it was saved is
read.
"""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coprod_data.files.csv_read import SheetRefused, read_records

MOST_BYTES = 5_000_000
MOST_BYTES_OPEN = 100_000_000
MOST_COLUMNS = 200
MOST_ROWS = 20_000
MOST_SHEETS = 30

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
NOT_A_SHEET = (
    "This is not a spreadsheet we can read. Open it in Excel or LibreOffice and save it as "
    "“Excel workbook (.xlsx)” or “CSV UTF-8”."
)


@dataclass(frozen=True)
class SheetOfFile:
    """A sheet: its name, whether it was hidden, and its rows, each a list of cells as text.

    Days are written 2026-03-31. `rows[0]` is row 1 of the sheet; empty rows stay.
    """

    name: str
    hidden: bool
    rows: list[list[str]]


def read_workbook(name: str, written: bytes) -> list[SheetOfFile]:
    """Return the sheets of a file that hold anything. Raises SheetRefused with what to do."""
    if len(written) > MOST_BYTES:
        raise SheetRefused("This file is larger than 5 MB. Keep only the sheet that we need.")
    if written.startswith(_OLD_OR_LOCKED):
        raise SheetRefused(
            "This file has a password, or is in the older .xls form. Take the password away, or "
            "save it as “Excel workbook (.xlsx)”."
        )
    sheets = _of_zip(written) if written.startswith(b"PK") else _of_csv(name, written)
    held = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not held:
        raise SheetRefused("There is nothing in this file. Is it the one you meant?")
    return held


def _of_csv(name: str, written: bytes) -> list[SheetOfFile]:
    if b"\x00" in written[:1000] and not written.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SheetRefused(NOT_A_SHEET)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sheet.csv")
        path.write_bytes(written)
        rows = read_records(path, (), called=name)
    return [_bounded(name, rows, hidden=False)]


def _of_zip(written: bytes) -> list[SheetOfFile]:
    from openpyxl import load_workbook  # here, because only those who bring a file need it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(written)) as parts:
            if sum(one.file_size for one in parts.infolist()) > MOST_BYTES_OPEN:
                raise SheetRefused(
                    "This file unpacks to far more than a plan needs. Save it again."
                )
        book = load_workbook(io.BytesIO(written), read_only=True, data_only=True)
        if len(book.worksheets) > MOST_SHEETS:
            raise SheetRefused("This file has many sheets. Keep only the sheet that we need.")
        left, sheets = MOST_ROWS, list[SheetOfFile]()
        for sheet in book.worksheets:
            # A file of a few bytes may say that it has a million empty cells: none is made.
            rows = sheet.iter_rows(max_row=left + 1, max_col=MOST_COLUMNS + 1, values_only=True)
            sheets.append(_bounded(sheet.title, rows, hidden=sheet.sheet_state != "visible"))
            left -= len(sheets[-1].rows)
            if left < 0:
                raise SheetRefused(
                    f"This file has more than {MOST_ROWS:,} rows. Bring it in parts."
                )
        return sheets
    except (
        zipfile.BadZipFile, zlib.error, InvalidFileException, KeyError, ValueError, EOFError,
        OSError, SyntaxError, AttributeError, TypeError,
    ):  # fmt: skip
        raise SheetRefused(NOT_A_SHEET) from None


def _bounded(name: str, cells: Iterable[Sequence[object]], *, hidden: bool) -> SheetOfFile:
    """Return a sheet without its empty ends. Its rows are read once, and no more than may be."""
    rows: list[list[str]] = []
    filled = 0
    for number, row in enumerate(cells, 1):
        end = next((at for at in range(len(row), 0, -1) if not _is_empty(row[at - 1])), 0)
        if end > MOST_COLUMNS:
            raise SheetRefused(
                f"“{name}” has more than {MOST_COLUMNS} columns. Delete those not needed."
            )
        filled = number if end else filled
        if filled > MOST_ROWS:
            raise SheetRefused(f"“{name}” has more than {MOST_ROWS:,} rows. Bring it in parts.")
        if number <= MOST_ROWS:
            rows.append([_shown(cell) for cell in row[:end]])
    return SheetOfFile(name, hidden, rows[:filled])


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _shown(cell: object) -> str:
    """Return a cell as text: days without their midnight, whole numbers without `.0`."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            at_midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
            return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case float():
            return repr(round(cell, 10))
        case _:
            return str(cell).strip()
