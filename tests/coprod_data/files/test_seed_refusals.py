"""What cannot be played is reported by file, row and column, and nothing is kept."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.commands.settings import settle_mode
from coprod_data.files.csv_in import read_sheet
from coprod_data.files.csv_read import SheetRefused
from coprod_data.files.seed import COUNCILS, FOLDER, play_seed
from coprod_data.files.sheets import SHEETS
from coprod_data.models import Event, Person
from coprod_data.permissions import NotAllowed
from coprod_data.store.actors import System, stored_mode
from coprod_data.store.database import Database
from coprod_data.vocabulary.settings import Mode
from tests.helpers.builders import TODAY, a_person


def test_a_row_that_breaks_a_rule_leaves_nothing_and_says_where(
    database: Database, tmp_path: Path
) -> None:
    folder = a_copy(tmp_path)
    edit(folder, "entry_reviews", lambda row: row["step"] == "release", by="cllr.kessler")

    with pytest.raises(SheetRefused) as refused:
        play_seed(database, TODAY, folder)

    assert refused.value.sentence.startswith("entry_reviews.csv, row 3, by: ")
    with database.reading(System()) as (db, _):
        assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == 0
        assert db.scalar(sa.select(sa.func.count()).select_from(Person)) == 0
        assert stored_mode(db) is None


@pytest.mark.parametrize(
    ("sheet", "cells", "sentence"),
    [
        (
            "people",
            {"role": "boss"},
            'people.csv, row 2, role: "boss" is not known here. Type one of: young_person,',
        ),
        (
            "people",
            {"username": "Two words"},
            "people.csv, row 2, username: A username can only have",
        ),
        ("people", {"by": "nobody"}, "people.csv, row 2, by: There is no account with"),
        ("people", {"by": "public"}, "people.csv, row 2, by: Your account does not let you"),
        ("people", {"by": "card:none"}, 'people.csv, row 2, by: there is no entry "none" yet'),
        ("groups", {"by": "manager"}, "groups.csv, row 2, by: Your account does not let you"),
        ("promise", {"step": "adopt"}, 'promise.csv, row 2, promise: there is no promise "The'),
    ],
)
def test_a_broken_row_is_told_by_file_row_and_column(
    database: Database, tmp_path: Path, sheet: str, cells: dict[str, str], sentence: str
) -> None:
    folder = a_copy(tmp_path)
    edit(folder, sheet, lambda _row: True, **cells)

    with pytest.raises(SheetRefused) as refused:
        play_seed(database, TODAY, folder)

    assert refused.value.sentence.startswith(sentence)


def test_a_file_that_is_no_sheet_is_refused_because_its_rows_would_be_left_out(
    database: Database, tmp_path: Path
) -> None:
    folder = a_copy(tmp_path)
    (folder / "groups.csv").rename(folder / "group.csv")

    with pytest.raises(SheetRefused) as refused:
        play_seed(database, TODAY, folder)

    assert refused.value.sentence.startswith("group.csv: there is no such sheet. The sheets are ")


def test_a_folder_without_a_row_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="its sheets have no rows"):
        play_seed(database, TODAY, tmp_path)
    with pytest.raises(SheetRefused, match=r"There is no folder .*/mistyped\. Nothing was made\.$"):
        play_seed(database, TODAY, tmp_path / "mistyped")


def test_sheets_of_headings_only_are_refused(database: Database, tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    for path in folder.glob("*.csv"):
        path.write_text(path.read_text("utf-8-sig").splitlines()[0] + "\n", "utf-8-sig")

    with pytest.raises(SheetRefused, match="its sheets have no rows under their headings"):
        play_seed(database, TODAY, folder)


def test_a_live_database_is_never_played_into(database: Database) -> None:
    with database.writing(System()) as (db, system):
        settle_mode(db, system, Mode.LIVE)

    with pytest.raises(NotAllowed, match="live database and always will be"):
        play_seed(database, TODAY)


def test_a_database_with_people_is_never_played_into(database: Database) -> None:
    with database.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)
        a_person(db)

    with pytest.raises(NotAllowed, match="empty database only"):
        play_seed(database, TODAY)


def test_every_bad_cell_of_every_sheet_is_told_at_once(database: Database, tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    edit(folder, "people", lambda _row: True, role="boss", on="31/12/9999")
    edit(folder, "groups", lambda _row: True, quorum="several", owns_queue="perhaps")

    with pytest.raises(SheetRefused) as refused:
        play_seed(database, TODAY, folder)

    assert refused.value.sentence.splitlines() == [
        "people.csv, row 2, on: the year 9999 is not between 2000 and 2099. "
        "Type it like 20/03/2026 or 2026-03-20.",
        *[line for line in refused.value.sentence.splitlines() if ", role: " in line],
        'groups.csv, row 2, quorum: "several" is not a whole number. '
        "Type digits only, for example 12.",
        'groups.csv, row 2, owns_queue: "perhaps" is neither yes nor no. Type yes or no.',
    ]


def test_a_workbook_is_not_left_out_in_silence(database: Database, tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    (folder / "~$people.xlsx").touch()
    (folder / "people.xlsx").touch()

    with pytest.raises(SheetRefused, match="^people.xlsx: save each of its sheets as CSV UTF-8"):
        play_seed(database, TODAY, folder)


def test_a_council_saved_by_excel_here_is_played_alike(tmp_path: Path, database: Database) -> None:
    folder = a_beginning(tmp_path)
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            headings, *rows = list(csv.reader(file))
        with path.open("w", encoding="cp1252", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow([*(name.replace("_", " ").title() for name in headings), "", ""])
            for row in rows:
                writer.writerow([*map(as_excel_shows_it, row), "", ""])

    assert play_seed(database, TODAY, folder) > 50


def as_excel_shows_it(cell: str) -> str:
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)( \d\d:\d\d)?", cell)
    if day is None:
        return {"yes": "TRUE", "no": "FALSE"}.get(cell, cell)
    return f"{day[3]}/{day[2]}/{day[1]}{day[4] or ' 00:00'}:00"


ADDRESSES = {  # what is real can be read at its source; e-mail addresses end in .example
    "source", "author_email", "background", "lado_email", "link",
}  # fmt: skip


@pytest.mark.parametrize("council", COUNCILS.values(), ids=COUNCILS)
def test_no_text_names_a_year_a_month_a_real_number_or_an_address(council: Path) -> None:
    months = "January|February|March|April|June|July|August|September|October|November|December"
    seasons = "[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|Christmas|Easter|Ramadan|Eid"
    telephones = r"(?<!\d)0(?!1632 960|800 1111)\d{2,4} ?\d{3}"
    forbidden = re.compile(rf"\b({months}|{seasons}|20\d\d)\b|{telephones}|@|https?:")

    told = [
        (sheet.file, cell)
        for sheet in SHEETS
        for row in read_sheet(council, sheet)
        for name, cell in row.cells.items()
        if isinstance(cell, str) and forbidden.search(cell)
        if name not in ADDRESSES
    ]

    assert told == []


def a_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "seed"))


def a_beginning(tmp_path: Path) -> Path:
    """The sheets of the first days: the people and The Promise, and nothing later."""
    folder = a_copy(tmp_path)
    for path in folder.glob("*.csv"):
        if path.stem not in ("people", "services", "settings", "groups", "promise"):
            heading, *_ = path.read_text("utf-8-sig").splitlines()
            path.write_text(f"{heading}\n", "utf-8-sig")
    promise = folder / "promise.csv"
    lines = promise.read_text("utf-8-sig").splitlines()
    first = [line for line in lines if "second wording" not in line]  # that one moves actions
    promise.write_text("\n".join(first) + "\n", "utf-8-sig")
    return folder


def edit(folder: Path, sheet: str, which: Callable[[dict[str, str]], bool], **cells: str) -> None:
    """Change these cells of the first row that fits."""
    path = folder / f"{sheet}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if which(row)).update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_the_command_line_seeds_once_and_never_in_live_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPROD_DATABASE_URL", f"sqlite:///{tmp_path / 'council.db'}")
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    seed = ["seed", "--folder", str(a_beginning(tmp_path))]
    monkeypatch.setenv("COPROD_MODE", "live")
    assert main(seed) == 1
    assert "A live database is never seeded." in capsys.readouterr().err

    monkeypatch.setenv("COPROD_MODE", "demo")
    assert main(seed) == 0
    assert re.fullmatch(r"Played \d+ rows of the invented council\.\n", capsys.readouterr().out)

    assert main(seed) == 1
    assert "empty database only" in capsys.readouterr().err
