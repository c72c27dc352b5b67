from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coprod_data.files.csv_in import (
    Column,
    Sheet,
    day,
    day_or_words,
    moment,
    names,
    number_of,
    one_of,
    read_sheet,
    words,
    yes_no,
)
from coprod_data.files.csv_read import SheetRefused
from coprod_data.vocabulary.actions import Rag
from coprod_data.vocabulary.entries import Feeling

PETS = Sheet(
    "pets",
    (
        Column("on", moment, needed=True),
        Column("pet", words, needed=True),
        Column("colour", one_of(Rag)),
        Column("mood", number_of(Feeling)),
        Column("fed", yes_no),
        Column("vet", day),
        Column("friends", names),
        Column("note", day_or_words),
    ),
)
LONDON = ZoneInfo("Europe/London")
HEADINGS = "on,pet,colour,mood,fed,vet,friends,note\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "pets.csv").write_bytes(text.encode(encoding))
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(folder, PETS)
    return refused.value.sentence


def test_each_cell_is_read_as_its_column_says(tmp_path: Path) -> None:
    write(
        tmp_path,
        HEADINGS + "2026-03-20 14:05,Biscuit,green,4,yes,2026-04-01,Rex; Mo,2026-06-04\n"
        "2026-03-20,Hamster,,,,,,soon\n",
    )

    full, bare = read_sheet(tmp_path, PETS)

    assert dict(full.cells) == {
        "on": datetime(2026, 3, 20, 14, 5, tzinfo=LONDON),
        "pet": "Biscuit",
        "colour": Rag.GREEN,
        "mood": 4,
        "fed": True,
        "vet": date(2026, 4, 1),
        "friends": ["Rex", "Mo"],
        "note": date(2026, 6, 4),
    }
    assert bare["on"] == datetime(2026, 3, 20, 10, tzinfo=LONDON)
    assert (bare["mood"], bare["note"]) == (None, "soon")


def test_a_sheet_saved_by_excel_reads_alike_with_columns_in_any_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        "pet,on,note,colour,mood,fed,vet,friends\r\n"
        '"قطة, ""Biscuit""",2026-03-20,,,,,,\r\n,,,,,,,\r\n',
        "utf-8-sig",
    )

    (row,) = read_sheet(tmp_path, PETS)

    assert row["pet"] == 'قطة, "Biscuit"'


def test_moving_a_row_moves_every_date_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, HEADINGS + "2026-03-20,Biscuit,green,4,yes,2026-04-01,Rex,2026-06-04\n")
    (row,) = read_sheet(tmp_path, PETS)

    moved = row.moved(timedelta(weeks=2))  # over the night when the clocks go forward

    assert moved["on"] == datetime(2026, 4, 3, 10, tzinfo=LONDON)
    assert moved["vet"] == date(2026, 4, 15)
    assert moved["note"] == date(2026, 6, 18)
    assert (moved["pet"], moved["mood"], moved["fed"]) == ("Biscuit", 4, True)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("soon,Rex,,,,,,", 'row 3, on: "soon" is not a date. Type it like 20/03/2026 or'),
        ("2026-02-30,Rex,,,,,,", 'row 3, on: "2026-02-30" is not a date.'),
        ("31/12/9999,Rex,,,,,,", "row 3, on: the year 9999 is not between 2000 and 2099. Type"),
        ("20/03/2026 25:00,Rex,,,,,,", 'row 3, on: "20/03/2026 25:00" has no time of a day. Type'),
        ("soon 09:10,Rex,,,,,,", 'row 3, on: "soon 09:10" is not a date and a time. Type it'),
        (",Rex,,,,,,", "row 3, on: this cell may not be empty. Type it like 20/03/2026"),
        ("2026-03-20,,,,,,,", "row 3, pet: this cell may not be empty. Type the pet."),
        ("2026-03-20,Rex,blue,,,,,", 'colour: "blue" is not known here. Type one of: green, amber'),
        (
            "2026-03-20,Rex,,8,,,,",
            'mood: "8" is not known here. Type one of: 1, 2, 3, 4, 5.',
        ),
        ("2026-03-20,Rex,,,maybe,,,", 'fed: "maybe" is neither yes nor no. Type yes or no.'),
        ("2026-03-20,Rex,,,,3 Dec,,", 'row 3, vet: "3 Dec" is not a date. Type it like'),
        ("2026-03-20,Rex,,,,46115,,", 'row 3, vet: "46115" is not a date. Type it like'),
        ("2026-03-20,Rex,,,,,,,,x", "row 3, column 9: this cell has no heading. Type a heading"),
    ],
)
def test_a_bad_cell_is_named_by_file_row_and_column(
    tmp_path: Path, line: str, sentence: str
) -> None:
    write(tmp_path, HEADINGS + "2026-03-20,Biscuit,,,,,,\n" + line + "\n")

    said = refusal(tmp_path)
    assert said.startswith("pets.csv, row 3, ")
    assert sentence in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "pets.csv: the file is empty."),
        (HEADINGS.replace(",vet", ""), 'pets.csv, row 1: the column "vet" is missing.'),
        (HEADINGS.replace("note", "note,colour"), 'row 1: we do not know column 9, "colour".'),
        (HEADINGS.replace("note", "note,age"), 'pets.csv, row 1: we do not know column 9, "age".'),
        (HEADINGS + '2026-03-20,"Bis"cuit,,,,,,\n', "this is not a CSV file we can read"),
    ],
)
def test_a_sheet_that_is_no_such_sheet_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    write(tmp_path, text)

    assert sentence in refusal(tmp_path)


def test_a_sheet_that_is_not_there_has_no_rows(tmp_path: Path) -> None:
    assert read_sheet(tmp_path, PETS) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_read_as_spreadsheets_here_save_it(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    lines = (
        "ON,Pet,COLOUR,mood,Fed,vet,friends,note,,",
        "03/04/2026 09:10,Café £5 – “Rex”,Green,4,TRUE,03/04/2026 00:00,,,,",
        "3/4/2026 09:10:30,Mo,,,1,3/4/26,,3 April 2026,,",
        "03/04/2026,Bo,,,No,03-Apr-26,,soon,,",
        ",,,,,,,,,",
    )
    write(tmp_path, "\r\n".join(line.replace(",", separator) for line in lines), encoding)

    first, second, third = read_sheet(tmp_path, PETS)

    at = datetime(2026, 4, 3, 9, 10, tzinfo=LONDON)
    assert [row["on"] for row in (first, second)] == [at, at.replace(second=30)]
    assert third["on"] == at.replace(hour=10, minute=0)
    assert first["pet"] == "Café £5 – “Rex”"
    assert first["colour"] is Rag.GREEN
    assert [row["fed"] for row in (first, second, third)] == [True, True, False]
    assert {row["vet"] for row in (first, second, third)} == {date(2026, 4, 3)}
    assert (second["note"], third["note"]) == (date(2026, 4, 3), "soon")


ROW = (
    'on,pet,fed,friends,note,vet,mood,colour\n03/04/2026,Zoë’s,Yes,"Rex; Mo",soon,1/4/26,4,Green\n'
)
EXCEL = ROW.replace("\n", "\r\n")
ODD: dict[str, bytes] = {
    "CSV UTF-8": EXCEL.encode("utf-8-sig"),
    "CSV, where Windows has the euro": EXCEL.replace(",", ";").encode("cp1252"),
    "Unicode text": "\ufeff".encode("utf-16-le") + EXCEL.replace(",", "\t").encode("utf-16-le"),
    "CSV (Macintosh)": ROW.replace("\n", "\r").encode("mac_roman"),
    "with the separator said first": ("sep=;\r\n" + EXCEL.replace(",", ";")).encode("cp1252"),
    "every cell in quotes, headings as titles": (
        '"On ","PET","Fed","Friends","Note","Vet","Mood","Colour"\r\n'
        '"03/04/2026","Zoë’s","yes","Rex; Mo","soon","01/04/2026","4","green"\r\n'
    ).encode("cp1252"),
    "columns and rows of a table that was larger": (
        EXCEL.replace("\r\n", ",,,\r\n") + ",,,,,,,,,,\r\n" * 3
    ).encode("cp1252"),
    "dates as its cells show them": EXCEL.replace("03/04/2026", "03-Apr-26").encode("cp1252"),
    "dates that were times": EXCEL.replace("03/04/2026", "03/04/2026 10:00:00")
    .replace("1/4/26", "01/04/2026 00:00").encode("cp1252"),
    "true, and spaces that do not break": EXCEL.replace("Yes", "TRUE")
    .replace("Green", "\xa0GREEN\xa0").encode("cp1252"),
    "saved by an old program": EXCEL.encode("cp1252") + b"\x1a",
}  # fmt: skip


def test_odd_sheets_of_excel_all_say_the_same(tmp_path: Path) -> None:
    read: dict[str, dict[str, object]] = {}
    for name, saved in ODD.items():
        (tmp_path / "pets.csv").write_bytes(saved)
        (row,) = read_sheet(tmp_path, PETS)
        read[name] = dict(row.cells)

    said = {
        "on": datetime(2026, 4, 3, 10, tzinfo=LONDON), "pet": "Zoë’s", "colour": Rag.GREEN,
        "mood": 4, "fed": True, "vet": date(2026, 4, 1), "friends": ["Rex", "Mo"], "note": "soon",
    }  # fmt: skip
    assert {name: row for name, row in read.items() if row != said} == {}
    assert len(ODD) > 10


def test_letters_of_no_kind_we_know_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pets.csv").write_bytes(HEADINGS.encode() + b"2026-03-20,Caf\x81,,,,,,\n")

    assert refusal(tmp_path) == "pets.csv: save it as CSV UTF-8, then try again."


def test_all_bad_cells_of_a_sheet_are_told_at_once_up_to_a_hundred(tmp_path: Path) -> None:
    write(tmp_path, HEADINGS + "soon,,blue,,,,,\n2026-03-20,Rex,,9,,later,,\n")
    assert [line.partition(":")[0] for line in refusal(tmp_path).splitlines()] == [
        f"pets.csv, row {row}, {column}"
        for row, column in ((2, "on"), (2, "pet"), (2, "colour"), (3, "mood"), (3, "vet"))
    ]

    write(tmp_path, HEADINGS + "soon,,,,,,,\n" * 60)
    *_, last = refusal(tmp_path).splitlines()
    assert last == "pets.csv: 20 more."
