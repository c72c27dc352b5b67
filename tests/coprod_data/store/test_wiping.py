"""Erased words are in no file of the database: after the commit, or once nobody reads any more."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_recall import recall_entry
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import close_wish, open_wish, take_wish_back, wish_to_talk
from coprod_data.jobs import WIPING, run_jobs
from coprod_data.models import CardEntry, ContactWish, Wiping
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database, connect
from coprod_data.store.schema import migrate
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.entry_care import StepKind, WishEnd
from tests.helpers.builders import (
    a_promise,
    a_report_card,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
    the_duty,
)
from tests.helpers.entries_read import let_out, read_by_another
from tests.helpers.working_together import the_person

RARE = "marmalade"
WORDS = f"The {RARE} submarine never stops outside our school on Fridays"


@pytest.fixture
def in_files(tmp_path: Path, key_file: Path) -> Iterator[Database]:
    """A database in files. PostgreSQL has no write-ahead file of ours; its vacuum clears rows."""
    database = connect(f"sqlite:///{tmp_path / 'coprod.db'}", key_file)
    migrate(database.engine)
    yield database
    database.engine.dispose()


def test_on_a_server_nothing_is_owed(database: Database):
    with database.writing(System()) as (db, actor):
        owe_wiping(db, actor.at)
        rows = db.scalar(sa.select(sa.func.count()).select_from(Wiping))

    assert rows == (1 if database.is_sqlite else 0)
    assert not database.wipe()


def filled(database: Database) -> int:
    """A released entry, and a text of staff that repeats it. Returns the entry's id."""
    with Session(database.engine) as db:
        the_duty(db)
        theme = a_promise(db)[0]
        worker = somebody(db, Role.YOUTH_VOICE, username="amara")
        db.info["keys"] = database.keys
        entry = let_out(db, worker, a_report_card(db, theme), thinks=WORDS, wants=None)
        read_by_another(db, entry)
        an_opportunity(db, theme, the_person(db, worker), help_wanted=f"He said: {WORDS}")
        db.commit()
        return entry.id


def taken_back(database: Database, entry_id: int) -> None:
    with database.writing(System()) as (db, _):
        withdraw_entry(db, holding_the_code(db.get_one(CardEntry, entry_id)), entry_id)


def put_in_other_words(database: Database) -> None:
    """What waits for the team is their copy; these tests are about the other ones."""
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE rewording SET text = NULL, spans = '[]'"))


def files_with_words(database: Database) -> list[str]:
    name = str(database.engine.url.database)
    return [
        part or "the file"
        for part in ("", "-wal", "-journal")
        if Path(name + part).exists() and RARE.encode() in Path(name + part).read_bytes().lower()
    ]


def test_after_the_commit_no_file_holds_the_words(in_files: Database):
    entry_id = filled(in_files)
    assert files_with_words(in_files)
    put_in_other_words(in_files)

    with in_files.writing(System()) as (db, _):
        withdraw_entry(db, holding_the_code(db.get_one(CardEntry, entry_id)), entry_id)
        db.execute(sa.text("UPDATE rewording SET text = NULL"))

    assert files_with_words(in_files) == []
    with Session(in_files.engine) as db:
        assert [row.tries for row in db.scalars(sa.select(Wiping))] == [0]
        assert db.scalars(sa.select(Wiping.done_at)).all() != [None]


@pytest.mark.parametrize("ends", ["closed", "taken back", "asked again"])
def test_how_somebody_could_be_reached_is_in_no_file_once_that_is_over(
    in_files: Database, ends: str
):
    wish = {"first_name": "Jay", "how": f"Ask for {RARE}", "when_safe": ""}
    with in_files.writing(System()) as (db, _):
        the_duty(db)
        entry = an_entry(db, a_report_card(db, a_promise(db)[0]))
        worker, second = (somebody(db, Role.YOUTH_VOICE) for _ in range(2))
        author = holding_the_code(entry)
        wish_to_talk(db, author, entry.id, **wish)
        [kept] = db.scalars(sa.select(ContactWish)).all()
        open_wish(db, worker, kept.id)
        open_to_read(db, worker, entry.id)
    assert files_with_words(in_files)

    with in_files.writing(System()) as (db, _):
        if ends == "closed":
            close_wish(db, worker, kept.id, ending=WishEnd.SPOKE)
            open_to_read(db, second, entry.id)
            agree_step(db, second, entry.id, StepKind.END_WISH)
        elif ends == "taken back":
            take_wish_back(db, author, entry.id)
        else:
            wish_to_talk(db, author, entry.id, **{**wish, "how": "Text me"})

    assert files_with_words(in_files) == []


def test_while_somebody_reads_it_is_owed_and_the_job_wipes_once_they_have_gone(
    in_files: Database, caplog: pytest.LogCaptureFixture
):
    entry_id = filled(in_files)
    reader = sqlite3.connect(str(in_files.engine.url.database), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM card_entry").fetchone()

    taken_back(in_files, entry_id)
    put_in_other_words(in_files)
    assert "-wal" in files_with_words(in_files)
    assert run_jobs(in_files, now=True).count(WIPING) == 0
    with Session(in_files.engine) as db:
        row = db.scalars(sa.select(Wiping)).one()
        assert (row.done_at, row.tries) == (None, 2)

    reader.execute("COMMIT")
    caplog.clear()
    with caplog.at_level("INFO", "coprod_data"):
        assert WIPING in run_jobs(in_files)

    assert files_with_words(in_files) == []
    assert "wiped from the database" in caplog.text
    assert RARE not in caplog.text
    assert WIPING not in run_jobs(in_files)
    reader.close()


def test_words_taken_in_are_in_no_index_and_a_reworded_text_in_no_file(in_files: Database):
    entry_id = filled(in_files)
    with Session(in_files.engine) as db:
        worker = somebody(db, Role.YOUTH_VOICE)
        db.commit()
    with in_files.writing(System()) as (db, _):
        recall_entry(db, worker, entry_id, reason="a name was left in")

    raw = sqlite3.connect(str(in_files.engine.url.database))
    index = b"".join(
        bytes(block) for (block,) in raw.execute("SELECT block FROM released_text_data")
    )
    raw.close()
    assert RARE.encode() not in index


def test_a_fault_while_wiping_is_no_fault_of_whoever_took_back(
    in_files: Database, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> bool:
        raise sa.exc.OperationalError("PRAGMA", {}, Exception("disk"))

    monkeypatch.setattr("coprod_data.store.database.wipe", broken)
    with in_files.writing(System()) as (db, actor):
        owe_wiping(db, actor.at)
        owe_wiping(db, actor.at)

    with Session(in_files.engine) as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Wiping)) == 1
