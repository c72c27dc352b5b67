from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coprod_data.files.csv_in import (
    Column,
    Sheet,
    SheetRefused,
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
        ("soon,Rex,,,,,,", 'row 3, on: "soon" is not a day. Write it like 2026-03-20 or'),
        ("2026-02-30,Rex,,,,,,", 'row 3, on: "2026-02-30" is not a day.'),
        ("2026-03-20,,,,,,,", "row 3, pet: this cell may not be empty."),
        ("2026-03-20,Rex,blue,,,,,", 'row 3, colour: "blue" is not one of green, amber, red.'),
        ("2026-03-20,Rex,,8,,,,", 'row 3, mood: "8" is not one of 1, 2, 3, 4, 5.'),
        ("2026-03-20,Rex,,,maybe,,,", 'row 3, fed: "maybe" is not one of yes, no.'),
        ("2026-03-20,Rex,,,,1/4/26,,", 'row 3, vet: "1/4/26" is not a date.'),
        ("2026-03-20,Rex,,,,,,,,one too many", "row 3: it has 10 cells but there are 8 columns."),
    ],
)
def test_a_bad_cell_is_named_by_file_row_and_column(
    tmp_path: Path, line: str, sentence: str
) -> None:
    write(tmp_path, HEADINGS + "2026-03-20,Biscuit,,,,,,\n" + line + "\n")

    assert refusal(tmp_path).startswith("pets.csv, " + sentence)


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


def test_a_sheet_that_is_not_in_utf_8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, HEADINGS + "2026-03-20,Café,,,,,,\n", "latin-1")

    assert refusal(tmp_path) == "pets.csv: save it as CSV UTF-8, then try again."
