"""The cells of a CSV file as Excel, LibreOffice or a script saved it."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from coprod_data.permissions import Refused
from coprod_data.store.places import why_not

SEPARATORS = ",;\t"
SEEN_OF_IT = 5_000  # letters in which separators are counted
_ASKS_FOR = re.compile(
    r'\A"?sep=."?(?:\r\n?|\n)', re.I
)  # a line that Excel takes, and does not show


class SheetRefused(Refused):
    """A sheet cannot be read. Each line names the file and, where possible, row and column."""


def read_records(path: Path, columns: Iterable[str], *, called: str = "") -> list[list[str]]:
    """Return every row of a file as its cells, the headings first. Raises SheetRefused, with the
    name of the file, or what its reader has `called` it.

    The separator is the one that finds most of the columns in the first row, else the commonest.
    """
    name = called or path.name
    text = _ASKS_FOR.sub("", _decoded(path, name).rstrip("\x00\x1a"))
    if not text.strip():
        raise SheetRefused(f"{name}: the file is empty. Its first row holds the headings.")
    known = [column.replace("_", " ") for column in columns]
    first = text.partition("\n")[0].strip().casefold().replace("_", " ")
    separator = max(
        SEPARATORS,
        key=lambda one: (
            sum(cell.strip(' "') in known for cell in first.split(one)),
            text[:SEEN_OF_IT].count(one),
        ),
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(reader)
    except csv.Error:
        raise SheetRefused(
            f"{name}, line {reader.line_num}: this is not a CSV file we can read. A quotation mark "
            "there is not closed, or a cell is far too long. Open it in your spreadsheet and save "
            "it as CSV UTF-8."
        ) from None


def _decoded(path: Path, name: str) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else as Windows saves it here, or a
    Mac, which ends a line in its own way.
    """
    try:
        written = path.read_bytes()
    except OSError as fault:
        raise SheetRefused(f"{name} cannot be opened: {why_not(fault)}.") from None
    utf_16 = written.startswith((b"\xff\xfe", b"\xfe\xff"))
    of_a_mac = b"\r" in written and b"\n" not in written
    others = ("utf-8-sig", "mac_roman" if of_a_mac else "cp1252")
    for encoding in ("utf-16",) if utf_16 else others:
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused(f"{name}: save it as CSV UTF-8, then try again.")
