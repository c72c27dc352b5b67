"""What `python -m coprod_data` says of a disk that is full, and of a folder that is not ours."""

import sqlite3
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.store.places import PlaceFault, address_of, opening
from tests.coprod_data.test_command_line import url as url


def test_a_full_disk_and_a_closed_folder_are_named(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["add-person", "ada", "Ada"])
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0, total=2**21))
    with pytest.raises(PlaceFault, match="is full: 0.0 of 2 MB"), opening(address_of(url)):
        raise sa.exc.OperationalError("x", None, sqlite3.OperationalError("disk I/O error"))
    closed = Mock(side_effect=PermissionError(13, "Permission denied", "/closed/key"))
    monkeypatch.setattr("coprod_data.__main__.connect", closed)
    assert main(["check"]) == 1
    assert "You may not use /closed/key. Become the server's user" in capsys.readouterr().err
