"""Results in their own shape: what each row becomes, and what never comes in."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from coprod_data.files.csv_read import SheetRefused
from coprod_data.files.survey_in import columns_of, findings_in, heading_row
from coprod_data.files.workbook import MOST_BYTES, read_workbook
from coprod_data.vocabulary.surveys import FindingSide

ROWS = [
    ["Your Life Beyond Care, results"],
    [],
    ["Question", "Our council (%)", "Number of replies", "National", "Higher is"],
    ["Relationships"],
    ["I can reach my worker", "71%", "118", "95", "better"],
    ["I feel lonely", "one in three", "115", "", "worse"],
    ["I am treated the same", "c", "9", "", ""],
    ["I feel safe", "0.62", "118", "84", ""],
    ["How many", "140", "", "", ""],
]


def a_book(**sheets: list[list[object]]) -> bytes:
    book, saved = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(saved)
    return saved.getvalue()


def test_headings_are_found_below_a_title_and_each_row_says_its_doubts():
    at = heading_row(ROWS)
    rows = findings_in(ROWS, at, columns_of(ROWS[at]))
    read = {one.words: one for one in rows}

    assert at == 2
    assert [one.number for one in rows] == [4, 5, 6, 7, 8, 9]
    assert read["Relationships"].fault == "A heading in between: it has no share."
    worker, lonely = read["I can reach my worker"].finding, read["I feel lonely"].finding
    assert (worker.percent, worker.base, worker.comparator, worker.side) == (
        71, 118, 95, FindingSide.GOOD
    )  # fmt: skip
    assert (lonely.said, lonely.side) == ("one in three", FindingSide.WORRY)
    assert read["I am treated the same"].finding.percent is None
    assert read["I feel safe"].doubt == "0.62: is this 62%?"
    assert "from 0 to 100" in read["How many"].fault


def test_where_shares_are_parts_of_one_a_one_is_asked_about():
    rows = [["Item", "Value"], ["a", "0.5"], ["b", "1"], ["c", "0"]]

    a, b, c = findings_in(rows, 0, columns_of(rows[0]))

    assert (b.finding.percent, b.doubt) == (100, "1: is this 100%?")
    assert c.finding.percent == 0


@pytest.mark.parametrize(
    "heading",
    ["First name", "Surname", "Date of birth", "D.O.B.", "NHS number", "Respondent ID", "E-mail"],
)
def test_a_column_about_single_people_is_told_before_anything_is_kept(heading: str):
    rows = [["Question", "Percent", heading], ["I feel safe", "70", "x"]]

    with pytest.raises(SheetRefused) as refused:
        findings_in(rows, 0, columns_of(rows[0]))

    assert heading in str(refused.value)
    assert "Nothing was kept." in str(refused.value)


def test_a_column_of_names_is_seen_under_any_heading():
    rows = [["Question", "%", "Who"]]
    rows += [["I feel safe", "70", who] for who in ("Emma Jones", "Oliver Reed", "Aisha Khan")]

    with pytest.raises(SheetRefused):
        findings_in(rows, 0, columns_of(rows[0]))


def test_a_book_of_several_sheets_is_read_as_it_shows():
    book = a_book(
        Notes=[], Results=[["Question", "Percent"], ["I feel safe", 0.705], ["Half", 50]],
        Days=[["2026-03-31"]],
    )  # fmt: skip

    results, days = read_workbook("results.xlsx", book)

    assert results.rows == [["Question", "Percent"], ["I feel safe", "0.705"], ["Half", "50"]]
    assert (days.name, days.hidden) == ("Days", False)


def test_a_row_of_commas_and_a_sheet_that_says_it_is_huge_are_read_in_a_moment():
    began = time.process_time()
    (sheet,) = read_workbook("a.csv", b"indicator,share\n" + b"," * 2_000_000 + b"\na,0.5")
    assert sheet.rows == [["indicator", "share"], [], ["a", "0.5"]]
    said = a_book(Huge=[["a", "0.5"]])
    with zipfile.ZipFile(io.BytesIO(said)) as parts:
        kept = {one: parts.read(one) for one in parts.namelist()}
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w") as parts:
        for name, written in kept.items():
            parts.writestr(name, written.replace(b'"A1:B1"', b'"A1:XFD1048576"'))
    assert read_workbook("a.xlsx", huge.getvalue())[0].rows == [["a", "0.5"]]
    assert time.process_time() - began < 20  # with a copy for each comma it was an hour


def test_semicolons_and_windows_letters_are_read():
    (sheet,) = read_workbook("r.csv", "Question;Percent\r\nCafé;70\r\n".encode("cp1252"))

    assert sheet.rows == [["Question", "Percent"], ["Café", "70"]]


def zip_bomb() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 110_000_000)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password, or is in the older .xls form"),
        (b"\0" * (MOST_BYTES + 1), "larger than 5 MB"),
        (b"", "empty"),
        (b"PK\x03\x04 and nothing", "not a spreadsheet we can read"),
        (b"%PDF-1.7\x00\x00\x01", "not a spreadsheet we can read"),
        (a_book(Empty=[]), "nothing in this file"),
        (a_book(Wide=[list(range(201))]), "more than 200 columns"),
        (zip_bomb(), "unpacks to far more"),
        (a_book(**{f"Sheet {number}": [["x"]] for number in range(31)}), "many sheets"),
        (b"x" + b"," * 3_000_000 + b"y", "more than 200 columns"),
        (b"x\n" * 20_001, "more than 20,000 rows"),
    ],
    ids=range(11),
)
def test_what_is_no_sheet_of_ours_says_what_to_do(written: bytes, sentence: str):
    with pytest.raises(SheetRefused) as refused:
        read_workbook("a.csv", written)
    assert sentence in str(refused.value)
