"""Retention as the server and the command line run it, and what a backup still has of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.commands.entries_checks import keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent
from coprod_data.commands.entries_replies import send_reply
from coprod_data.files.backup import make_backup
from coprod_data.jobs import CHECKING, RETENTION, check_log, run_jobs
from coprod_data.models import CardEntry, EntryVersion, Event, EventText, Job, Wiping
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database, connect
from coprod_data.store.erasures import erasures_of, read_erased
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import holding_the_code, somebody
from tests.helpers.told import a_set_up, send


@pytest.fixture
def council(
    database: Database, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Database:
    own = tmp_path / "key"
    own.write_bytes(key_file.read_bytes())
    own.chmod(0o600)
    url = database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("COPROD_DATABASE_URL", url)
    monkeypatch.setenv("COPROD_KEY_FILE", str(own))
    return replace(database, key_file=own)


def test_a_dry_run_counts_and_a_run_erases_and_lists_what_a_backup_must_not_bring_back(
    council: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = council.clock()
    council.clock = lambda: began - timedelta(days=370)
    with council.writing(System()) as (db, _):
        worker = somebody(db, Role.YOUTH_VOICE, at=council.clock())
        theme_id = a_set_up(db)
    entry_id, unread_id = send(council, theme_id), send(council, theme_id)
    shown_id = send(council, theme_id)
    with council.writing(System()) as (db, _):
        author = holding_the_code(type("Entry", (), {"id": entry_id})(), council.clock())
        change_consent(db, author, entry_id, uses=frozenset())
        open_to_read(db, worker, entry_id)
        assert keep_entry(db, worker, entry_id)
        send_reply(db, worker, entry_id, text="We told the landlord.")
        open_to_read(db, worker, shown_id)
        shown = "My [a place] is cold."
        assert release_entry(db, worker, shown_id, shown_thinks=shown, shown_wants="")
        send_reply(db, worker, shown_id, text="We told the landlord.")
    council.clock = lambda: began

    backup = tmp_path / "backup"  # with the words, and with no list of what is erased later
    monkeypatch.setenv("COPROD_BACKUP_PASSPHRASE", "nobody guesses these four")
    make_backup(council, backup, "nobody guesses these four")

    assert main(["retention", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "1  Words kept with the team (12 months after our reply" in said
    assert "nothing was erased" in said
    assert "1  What was hidden in words that others may read" in said
    cold = "My room is cold."
    assert words(council) == {entry_id: cold, unread_id: cold, shown_id: cold}

    assert RETENTION in run_jobs(council)
    assert words(council) == {entry_id: None, unread_id: cold, shown_id: None}
    with council.reading(System()) as (db, _):
        out = sa.select(EntryVersion.thinks).where(EntryVersion.thinks.is_not(None))
        assert db.scalars(out.where(EntryVersion.entry_id == shown_id)).all() == [shown]
    listed = erasures_of(council.key_file or Path())
    assert read_erased(listed) == {entry_id}
    assert check_log(council) == ""
    with council.reading(System()) as (db, _):
        assert db.scalar(sa.select(Wiping.id).where(Wiping.done_at.is_(None))) is None
        assert db.get_one(Job, RETENTION).ran_at == began
        ran = sa.select(Event).where(Event.kind == EventKind.RETENTION_RAN).order_by(Event.id)
        assert [(e.changes.get("ended"), e.changes.get("originals")) for e in db.scalars(ran)] == [
            (1, None), (None, 1)
        ]  # fmt: skip
    assert RETENTION not in run_jobs(council, now=True)
    listed.write_text("")  # somebody cuts its newest line off: the daily check lists it again
    council.clock = lambda: began + timedelta(days=2)
    assert CHECKING in run_jobs(council)
    assert read_erased(listed) == {entry_id}
    council.clock = lambda: began

    assert main(["retention"]) == 0
    assert "0  Words kept with the team" in capsys.readouterr().out

    council.clock = lambda: began + timedelta(days=7 * 366)
    assert RETENTION not in run_jobs(council)  # who knows whether seven years are over
    assert RETENTION in run_jobs(council, now=True)  # somebody, who looked at the clock
    with council.reading(System()) as (db, _):
        texts = sa.select(EventText.text).where(EventText.text.is_not(None))
        assert db.scalars(texts.where(EventText.text.contains("landlord"))).all() == []
    assert check_log(council) == ""  # seals, rows and texts: the log still proves itself
    council.clock = lambda: began

    if not council.is_sqlite:
        return  # what a restore does with what it restored cannot differ
    monkeypatch.setenv("COPROD_DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'council.db'}")
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "new" / "key"))
    assert main(["restore", str(backup), "--without-erasures"]) == 0
    assert "Erased 2 more that had been kept for their time." in capsys.readouterr().out
    restored = connect(f"sqlite:///{tmp_path / 'new' / 'council.db'}", tmp_path / "new" / "key")
    assert words(restored) == {entry_id: None, unread_id: cold, shown_id: None}
    with restored.reading(System()) as (db, _):
        assert db.get_one(CardEntry, entry_id).review is Review.TIME_OVER
    assert check_log(restored) == ""
    restored.engine.dispose()


def words(council: Database) -> dict[int, str | None]:
    with council.reading(System()) as (db, _):
        originals = sa.select(EntryVersion).where(EntryVersion.number == 1)
        return {one.entry_id: one.thinks for one in db.scalars(originals)}
