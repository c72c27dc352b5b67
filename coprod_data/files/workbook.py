"""The rows of a spreadsheet as a council saves it: CSV, or XLSX of several sheets.

Nothing of a file is kept, and no formula is worked out: what a cell showed when it was saved is
read.
"""

import io
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coprod_data.files.csv_read import SheetRefused, read_records

MOST_BYTES = 5_000_000
MOST_BYTES_OPEN = 100_000_000
MOST_COLUMNS = 200
MOST_ROWS = 20_000

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
        rows = read_records(path, ())
    return [
        _bounded(SheetOfFile(name, hidden=False, rows=[[_shown(c) for c in row] for row in rows]))
    ]


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
        return [
            _bounded(
                SheetOfFile(
                    sheet.title,
                    hidden=sheet.sheet_state != "visible",
                    rows=[
                        [_shown(cell) for cell in row]
                        for row in sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True)
                    ],
                )
            )
            for sheet in book.worksheets
        ]
    except (
        zipfile.BadZipFile, zlib.error, InvalidFileException, KeyError, ValueError, EOFError,
        OSError, SyntaxError, AttributeError, TypeError,
    ):  # fmt: skip
        raise SheetRefused(NOT_A_SHEET) from None


def _bounded(sheet: SheetOfFile) -> SheetOfFile:
    rows = [_trimmed(row) for row in sheet.rows]
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise SheetRefused(f"“{sheet.name}” has more than {MOST_ROWS:,} rows. Bring it in parts.")
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise SheetRefused(
            f"“{sheet.name}” has more than {MOST_COLUMNS} columns. Delete those not needed."
        )
    return SheetOfFile(sheet.name, sheet.hidden, rows)


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


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
