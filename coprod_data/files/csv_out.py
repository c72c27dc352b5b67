"""Records as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum

from coprod_data.rules.clocks import LONDON

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file: UTF-8 with a byte-order mark, so that Excel reads every letter.

    Numbers stay numbers, moments become the time in London, None becomes an empty cell, a member of
    a closed list its words. A text that
    a spreadsheet would take for a formula gets an apostrophe before it.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_cell(heading) for heading in headings])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return _inert(str(getattr(value, "words", value.value)).replace("_", " "))
        case int() | float():
            return value
        case datetime():
            return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case _:
            return _inert(str(value))


def _inert(text: str) -> str:
    starts = text.lstrip(" \u00a0\u200b\ufeff\n").startswith(FORMULA_STARTS)
    return f"'{text}" if starts else text
