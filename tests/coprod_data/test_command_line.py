"""`python -m coprod_data`: the first administrator of a council, jobs, and the check."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.models import Event, Person
from coprod_data.permissions import Role
from coprod_data.store.database import connect

PASSWORD = "four words nobody guesses"


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'council.db'}"
    monkeypatch.setenv("COPROD_DATABASE_URL", url)
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("COPROD_MODE", "live")
    return url


def test_the_first_administrator_gets_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-person", "Ada.Lovelace", "Ada Lovelace", "--role", "administrator"]) == 0

    printed = capsys.readouterr().out
    assert "Added Ada.Lovelace." in printed
    assert "/sign-in/new-password?link=" in printed


def test_a_password_can_be_typed_instead(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSWORD)
    assert main(["add-person", "ada", "Ada", "--role", Role.CHAIR.value, "--password"]) == 0

    assert "link=" not in capsys.readouterr().out
    database = connect(url, tmp_path / "key")
    with database.engine.connect() as connection:
        kept = connection.scalar(sa.select(Person.password_hash))
        assert kept is not None
        assert kept.startswith("$2b$")
        assert PASSWORD not in str(connection.execute(sa.select(Event)).all())
    database.engine.dispose()


def test_a_refusal_is_a_sentence_and_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-person", "ada", "Ada"]) == 0
    assert main(["add-person", "ada", "Another Ada"]) == 1
    assert capsys.readouterr().err.strip() == "That username is taken. Choose another."


def test_somebody_without_the_right_cannot_add_people(capsys: pytest.CaptureFixture[str]) -> None:
    main(["add-person", "cleo", "Cleo", "--role", "manager"])
    assert main(["--as", "cleo", "add-person", "mallory", "Mallory"]) == 1
    assert "does not let you do this" in capsys.readouterr().err
    assert main(["--as", "nobody", "add-person", "mallory", "Mallory"]) == 1


def test_jobs_and_check_say_what_they_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs"]) == 0
    assert "Done: seal events." in capsys.readouterr().out
    assert main(["check"]) == 0
    assert "its guards are in place" in capsys.readouterr().out


def test_a_missing_guard_stops_everything(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["jobs"])
    database = connect(url, tmp_path / "key")
    with database.engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER event_keep"))
    database.engine.dispose()

    assert main(["check"]) == 1
    assert "has lost its guards (event_keep)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("revision", "sentence"),
    [
        ("0013", "trial version of Together. Start a new one"),
        ("9999", "newer release of Together"),
    ],
)
def test_a_database_of_another_release_is_refused_with_a_sentence(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, revision: str, sentence: str
) -> None:
    main(["jobs"])
    database = connect(url, tmp_path / "key")
    with database.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{revision}'"))  # noqa: S608
    database.engine.dispose()

    assert main(["check"]) == 1
    assert sentence in capsys.readouterr().err


def test_a_key_that_others_can_read_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["jobs"])
    (tmp_path / "key").chmod(0o644)
    assert main(["check"]) == 1
    assert "Others can read" in capsys.readouterr().err


@pytest.mark.parametrize("contents", ["", "1 zz\n", "1 00ff\n"])
def test_a_damaged_key_file_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, contents: str
) -> None:
    (tmp_path / "key").write_text(contents)
    (tmp_path / "key").chmod(0o600)
    assert main(["check"]) == 1
    assert "key" in capsys.readouterr().err
