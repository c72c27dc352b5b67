"""What `python -m coprod_data` says of a disk that is full, and of a folder that is not ours; and
that what cannot be made leaves nothing.
"""

import os
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.store.keys import load_keys
from coprod_data.store.places import PlaceFault, address_of, opening
from tests.coprod_data.test_command_line import url as url
from tests.helpers.source import ROOT


def test_a_full_disk_and_a_closed_folder_are_named(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["add-person", "ada", "Ada"])
    fault = sa.exc.OperationalError("x", None, sqlite3.OperationalError("disk I/O error"))
    with monkeypatch.context() as locked:
        locked.setattr("os.statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
        with pytest.raises(PlaceFault, match="can only be read"), opening(address_of(url)):
            raise fault
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0, total=2**21))
    with pytest.raises(PlaceFault, match="is full: 0.0 of 2 MB"), opening(address_of(url)):
        raise fault
    monkeypatch.setenv("COPROD_BACKUP_PASSPHRASE", "four words nobody guesses")
    assert main(["backup", str(tmp_path / "backup")]) == 1
    assert "There is no room for a backup. It is copied" in capsys.readouterr().err
    assert not list(tmp_path.glob("backup*"))
    closed = Mock(side_effect=PermissionError(13, "Permission denied", "/closed/key"))
    monkeypatch.setattr("coprod_data.__main__.connect", closed)
    assert main(["check"]) == 1
    assert "You may not use /closed/key. Become the server's user" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["add-person", "a b", "Ada"], "letters, digits, dots and dashes"),
        (["add-person", "ada", " "], "Give the name"),
        (["seed", "--folder", "/no/such/folder"], "There is no folder /no/such/folder"),
        (["seed", "--folder", str(ROOT / "docs")], "its sheets have no rows"),
    ],
)
def test_arguments_are_checked_before_anything_is_made(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    asked: list[str],
    sentence: str,
) -> None:
    monkeypatch.setenv("COPROD_MODE", "demo")
    assert main(asked) == 1
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_cannot_be_made_leaves_nothing_and_one_that_is_there_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Mock(side_effect=PlaceFault("The disk is full."))
    monkeypatch.setattr("coprod_data.store.making.migrate", full)
    for there in ([], ["key"]):  # a key that was there before stays
        assert main(["add-person", "ada", "Ada"]) == 1
        assert capsys.readouterr().err == "The disk is full.\n"
        assert [one.name for one in tmp_path.iterdir()] == there
        load_keys(tmp_path / "key")

    def by_another(engine: sa.Engine, **_: object) -> None:
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE made_meanwhile (id INTEGER)"))
        raise PlaceFault("The disk is full.")

    monkeypatch.setattr("coprod_data.store.making.migrate", by_another)
    assert main(["add-person", "ada", "Ada"]) == 1
    assert {one.name for one in tmp_path.iterdir()} >= {"council.db", "key"}
