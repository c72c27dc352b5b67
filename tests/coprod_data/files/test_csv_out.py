"""A CSV that a spreadsheet opens without running anything."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from coprod_data.files.csv_out import to_csv
from coprod_data.vocabulary.actions import Stage


def read_back(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1",
        "－1", "＠SUM", "  =1", "\n=1",
    ],
)  # fmt: skip
def test_what_looks_like_a_formula_becomes_text(typed: str) -> None:
    ((_,), (cell,)) = read_back(to_csv(["words"], [[typed]]))
    assert cell == f"'{typed}"


def test_a_heading_is_made_inert_too() -> None:
    assert read_back(to_csv(["=1"], []))[0] == ["'=1"]


def test_everything_else_stands_as_it_is() -> None:
    words = 'She said "no", twice.\nThen – yes; مرحبا'
    row = [words, -3, 2.5, None, True, date(2026, 3, 1), Stage.IN_PROGRESS]
    (_, cells) = read_back(to_csv(["a"] * 7, [row]))
    assert cells == [words, "-3", "2.5", "", "yes", "2026-03-01", "In progress"]


def test_a_moment_is_told_in_london_time() -> None:
    (_, (cell,)) = read_back(to_csv(["at"], [[datetime(2026, 6, 1, 9, 30, tzinfo=UTC)]]))
    assert cell == "2026-06-01 10:30"


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert to_csv(["a"], []).startswith(b"\xef\xbb\xbf")
