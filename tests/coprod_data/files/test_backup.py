"""A backup while people write, and a restore into an empty place: the drill."""

import signal
import subprocess
import sys
import tarfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_erasing import erase_again
from coprod_data.commands.people import add_person
from coprod_data.files import backup_engines
from coprod_data.jobs import check_log, run_jobs
from coprod_data.models import CardEntry, EntryVersion, Event
from coprod_data.permissions import Role
from coprod_data.store.actors import System
from coprod_data.store.database import Database, connect
from coprod_data.store.erasures import erasures_of, list_erased
from coprod_data.store.keys import UnsafeKey, load_keys, restoring
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import holding_the_code
from tests.helpers.databases import _run_on_server, _url
from tests.helpers.source import ROOT
from tests.helpers.told import a_set_up, send

PASSPHRASE = "nobody guesses these four"


@pytest.fixture
def council(database: Database, key_file: Path, tmp_path: Path) -> Database:
    own = tmp_path / "old"
    own.mkdir()
    (own / "key").write_bytes(key_file.read_bytes())
    (own / "key").chmod(0o600)
    return replace(database, key_file=own / "key")


@pytest.fixture
def place(council: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """An empty place, of the same engine."""
    url = f"sqlite:///{tmp_path / 'new' / 'council.db'}"
    if not council.is_sqlite:
        name = f"{council.engine.url.database}_restored"
        _run_on_server(f"CREATE DATABASE {name}")
        url = _url(name)
    monkeypatch.setenv("COPROD_BACKUP_PASSPHRASE", PASSPHRASE)
    return url, tmp_path / "new" / "key"


def point_at(patch: pytest.MonkeyPatch, url: str, key_file: Path | None) -> None:
    patch.setenv("COPROD_DATABASE_URL", url)
    patch.setenv("COPROD_KEY_FILE", str(key_file))


def erase(council: Database, entry_id: int) -> None:
    """Its author takes an entry back."""
    with council.writing(System()) as (db, _):
        holder = holding_the_code(type("Entry", (), {"id": entry_id})(), council.clock())
        withdraw_entry(db, holder, entry_id)


def test_the_drill(
    council: Database,
    place: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delattr(tarfile.TarFile, "extract")  # in Python 3.11.2 it cannot be told to be safe
    with council.writing(System()) as (db, actor):
        theme_id = a_set_up(db)
        add_person(db, actor, username="ada", name="Ada", roles=frozenset({Role.MANAGER}))
    entry_id, beside_id = send(council, theme_id), send(council, theme_id)
    erase(council, send(council, theme_id))
    run_jobs(council)

    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            send(council, theme_id)

    writer = threading.Thread(target=write)
    writer.start()
    file = tmp_path / "backup"
    old_url = council.engine.url.render_as_string(hide_password=False)
    point_at(monkeypatch, old_url, council.key_file)
    try:
        assert main(["backup", str(file)]) == 0, capsys.readouterr().err
    finally:
        stop.set()
        writer.join()
    assert file.stat().st_mode & 0o077 == 0
    assert b"My room is cold" not in file.read_bytes()
    assert main(["backup", str(file)]) == 1  # never over another
    assert main(["backup", str(tmp_path / "no" / "folder")]) == 1
    assert f"There is no folder {tmp_path / 'no'}" in capsys.readouterr().err

    erase(council, entry_id)
    lost = erasures_of(tmp_path / "old" / "key")
    assert f'"entry": {entry_id}' in lost.read_text()
    capsys.readouterr()

    point_at(monkeypatch, *place)
    restore = ["restore", str(file), "--erasures", str(lost)]
    assert main(["restore", str(file)]) == 1
    assert "--erasures" in capsys.readouterr().err
    assert main(["restore", str(file), "--erasures", str(tmp_path / "nope")]) == 1
    assert f"There is no list of erased entries at {tmp_path / 'nope'}" in capsys.readouterr().err
    monkeypatch.setenv("COPROD_BACKUP_PASSPHRASE", "another passphrase")
    assert main(restore) == 1
    assert "another passphrase, or it is damaged" in capsys.readouterr().err
    monkeypatch.setenv("COPROD_BACKUP_PASSPHRASE", PASSPHRASE)
    for what, said in ((b"this is not a list\n", "line 1 of 1"), (b"\xff\x00", "cannot be read")):
        (tmp_path / "no.erased").write_bytes(what)
        assert main([*restore[:3], str(tmp_path / "no.erased")]) == 1
        assert said in capsys.readouterr().err
    (tmp_path / "short.erased").touch()
    assert main([*restore[:3], str(tmp_path / "short.erased")]) == 1
    assert "or its newest lines were cut off. Nothing was restored." in capsys.readouterr().err
    cut = tmp_path / "cut"
    cut.write_bytes(file.read_bytes()[:-40])
    assert main(["restore", str(cut), "--erasures", str(lost)]) == 1

    with monkeypatch.context() as killed:  # in the middle: everything is there but not checked

        def die(_engine: object) -> dict[str, int]:
            raise KeyboardInterrupt

        killed.setattr(backup_engines, "counts", die)
        with pytest.raises(KeyboardInterrupt):
            main(restore)
    with pytest.raises(UnsafeKey, match="A restore did not end"):
        connect(*place)

    # What it emptied is its own place, and only once backup and list were read.
    point_at(monkeypatch, old_url, place[1])
    for asked in (restore, ["restore", str(tmp_path / "nope"), *restore[2:]]):
        capsys.readouterr()
        assert main(asked) == 1
        assert "into an empty place only" in capsys.readouterr().err
    with council.reading(System()) as (db, _):
        assert db.get(CardEntry, entry_id)
    point_at(monkeypatch, *place)
    filled = sa.create_engine(place[0], poolclass=sa.NullPool)
    there = backup_engines.counts(filled)
    assert main(["restore", str(cut), *restore[2:]]) == 1
    assert backup_engines.counts(filled) == there
    others = tmp_path / "others.erased"
    list_erased(tmp_path / "others", load_keys(tmp_path / "others"), [entry_id], council.clock())
    assert main([*restore[:3], str(others)]) == 1
    assert "It is of another council, or somebody changed it" in capsys.readouterr().err
    others.write_text('{"entry": 999999, "at": "2020-01-01T00:00:00+00:00"}\n')
    assert main([*restore[:3], str(others), "--unmarked-erasures"]) == 1
    assert "it is of another council" in capsys.readouterr().err

    capsys.readouterr()
    second = tmp_path / "second.erased"  # of another server of this council
    list_erased(tmp_path / "second", council.keys, [beside_id], council.clock())
    assert main([*restore, "--erasures", str(second)]) == 0, capsys.readouterr().err
    told = capsys.readouterr().out
    assert "erased the words of 2 entries again" in told
    assert f"{lost}: lines: 2, newest mark: " in told
    assert main(restore) == 1
    assert "into an empty place only" in capsys.readouterr().err

    restored = connect(*place)
    assert check_log(restored) == ""
    with restored.writing(System()) as (db, actor):
        assert erase_again(db, actor, {entry_id, beside_id}) == 0
    with restored.reading(System()) as (db, _):
        words = sa.select(EntryVersion.thinks).where(EntryVersion.entry_id == entry_id)
        assert db.scalars(words).all() == [None]
        kinds = set(db.scalars(sa.select(Event.kind)))
        assert {EventKind.ENTRY_SENT, EventKind.ENTRY_ERASED_AGAIN} <= kinds
    restored.engine.dispose()
    if not council.is_sqlite:
        council.engine.dispose()
        _run_on_server(f"DROP DATABASE {council.engine.url.database}_restored WITH (FORCE)")


@pytest.mark.sqlite  # the engine's own copy is what differs, and the drill tries that on both
def test_a_backup_made_while_eight_write_survives_a_restore_that_is_killed(
    council: Database, place: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.writing(System()) as (db, _):
        theme_id = a_set_up(db)
    sent: list[int] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            sent.append(send(council, theme_id))

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    file, old = tmp_path / "backup", council.engine.url.render_as_string(hide_password=False)
    point_at(monkeypatch, old, council.key_file)
    try:
        while len(sent) < 16:
            time.sleep(0.01)
        before = set(sent)
        assert main(["backup", str(file)]) == 0
    finally:
        stop.set()
        for writer in writers:
            writer.join()

    point_at(monkeypatch, *place)
    mark, restore = restoring(place[1]), ["restore", str(file), "--without-erasures"]
    for step in ("it began", "it has the key"):
        killed = subprocess.Popen([sys.executable, "-m", "coprod_data", *restore], cwd=ROOT)
        while killed.poll() is None:
            if mark.exists() and (step == "it began" or place[1].exists()):
                break
            time.sleep(0.002)
        killed.kill()
        assert killed.wait() == -signal.SIGKILL, step
        with pytest.raises(UnsafeKey, match="A restore did not end"):
            connect(*place)

    assert main(restore) == 0
    restored = connect(*place)
    assert check_log(restored) == ""
    with restored.reading(System()) as (db, _):
        there = set(db.scalars(sa.select(CardEntry.id)))
        versions = set(db.scalars(sa.select(EntryVersion.entry_id)))
    restored.engine.dispose()
    assert before <= there <= set(sent)
    assert versions == there
