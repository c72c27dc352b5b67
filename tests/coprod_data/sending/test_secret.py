"""The password comes from the environment or from a file that only the server can read."""

from pathlib import Path

import pytest

from coprod_data.sending.secret import notice_secret
from coprod_data.vocabulary.notices import SecretPlace


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in SecretPlace:
        monkeypatch.delenv(place, raising=False)


def test_there_is_none_until_it_is_set(monkeypatch: pytest.MonkeyPatch):
    assert notice_secret() is None
    monkeypatch.setenv(SecretPlace.VARIABLE, "from the variable")
    assert notice_secret() == "from the variable"


def test_a_file_is_read_only_if_nobody_else_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "secret"
    file.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv(SecretPlace.FILE, str(file))
    file.chmod(0o644)
    assert notice_secret() is None
    file.chmod(0o600)
    assert notice_secret() == "from the file"


def test_a_file_that_is_not_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SecretPlace.FILE, str(tmp_path / "nowhere"))
    assert notice_secret() is None
