"""`python -m coprod_data`: the first administrator of a council, jobs, and the check."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.commands.event_seals import seal_events
from coprod_data.models import Event, EventSeal, Person
from coprod_data.permissions import Role
from coprod_data.rules.clocks import LONDON
from coprod_data.store.actors import System
from coprod_data.store.database import connect
from coprod_data.store.keys import load_keys
from coprod_data.store.places import PlaceFault
from coprod_data.store.schema import migrate
from pages.door.start import open_database

PASSWORD = "four words nobody guesses"


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'council.db'}"
    monkeypatch.setenv("COPROD_DATABASE_URL", url)
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("COPROD_MODE", "live")
    return url


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a council whose first administrator was added."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COPROD_DATABASE_URL", f"sqlite:///{folder / 'council.db'}")
        environment.setenv("COPROD_KEY_FILE", str(folder / "key"))
        environment.setenv("COPROD_MODE", "live")
        assert main(["add-person", "ada", "Ada Lovelace", "--role", "administrator"]) == 0
    return folder


@pytest.fixture
def council(made: Path, tmp_path: Path) -> None:
    """A copy of it that a test may change."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)


def test_the_first_administrator_gets_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-person", "Ada.Lovelace", "Ada Lovelace", "--role", "administrator"]) == 0

    printed = capsys.readouterr().out
    assert "Added Ada.Lovelace." in printed
    assert "/sign-in/new-password?link=" in printed


def test_a_password_can_be_typed_instead(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = ["add-person", "ada", "Ada", "--role", Role.CHAIR.value, "--password"]
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "corporate-kettle-7")
    assert main(asked) == 1
    assert "the council are called" in capsys.readouterr().err
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSWORD)
    assert main(asked) == 0

    assert "link=" not in capsys.readouterr().out
    database = connect(url, tmp_path / "key")
    with database.engine.connect() as connection:
        kept = connection.scalar(sa.select(Person.password_hash))
        assert kept is not None
        assert kept.startswith("$2b$")
        assert PASSWORD not in str(connection.execute(sa.select(Event)).all())
    database.engine.dispose()


@pytest.mark.usefixtures("council")
def test_a_refusal_is_a_sentence_and_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-person", "ada", "Another Ada"]) == 1
    assert capsys.readouterr().err.strip() == "That username is taken. Choose another."


@pytest.mark.usefixtures("council")
def test_somebody_without_the_right_cannot_add_people(capsys: pytest.CaptureFixture[str]) -> None:
    main(["add-person", "cleo", "Cleo", "--role", "manager"])
    assert main(["--as", "cleo", "add-person", "mallory", "Mallory"]) == 1
    assert "does not let you do this" in capsys.readouterr().err
    assert main(["--as", "nobody", "add-person", "mallory", "Mallory"]) == 1


def test_jobs_and_check_say_what_they_did(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["add-person", "ada", "Ada Lovelace"]) == 0
    assert f"This is a new database: {tmp_path / 'council.db'}" in capsys.readouterr().out
    assert main(["jobs"]) == 0
    assert "Done: seal events." in capsys.readouterr().out
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    assert f"Database: {tmp_path / 'council.db'}\n" in printed
    assert "Last seal: none yet" in printed
    assert "its guards are in place" in printed

    database = connect(url, tmp_path / "key")
    later = replace(database, clock=lambda: datetime.now(UTC) + timedelta(hours=1))
    with later.writing(System()) as (db, actor):
        assert seal_events(db, actor) > 0
        last = db.scalars(sa.select(EventSeal)).one()
        events = db.scalar(sa.select(sa.func.count()).select_from(Event))
    database.engine.dispose()
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    assert f"Events: {events:,}\n" in printed
    assert f"Last seal: no. {last.id}, made " in printed
    assert f"up to event {last.to_id:,}, {last.hash}\n" in printed
    assert main(["check", "--fingerprint", "48ee 7ea2"]) == 1
    assert "--as-at together" in capsys.readouterr().err
    now = datetime.now(LONDON) - timedelta(minutes=1)
    assert main(["check", "--fingerprint", "48ee 7ea2", "--as-at", f"{now:%Y-%m-%d}"]) == 1
    assert "Today is not over yet" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "jobs"])
@pytest.mark.usefixtures("council")
def test_a_mistyped_path_is_said_and_makes_nothing(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
) -> None:
    there = sorted(tmp_path.rglob("*"))
    with monkeypatch.context() as mistyped:
        mistyped.setenv("COPROD_DATABASE_URL", f"sqlite:///{tmp_path / 'old' / 'counsil.db'}")
        assert main([command]) == 1
    assert f"There is no database at {tmp_path / 'old' / 'counsil.db'}" in capsys.readouterr().err
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "old" / "kee"))
    assert main([command]) == 1
    assert f"There is no key file at {tmp_path / 'old' / 'kee'}" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == there


@pytest.mark.usefixtures("council")
def test_no_command_works_with_a_key_that_is_not_the_databases_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COPROD_MODE", "demo")
    there, kept = sorted(tmp_path.rglob("*")), (tmp_path / "council.db").read_bytes()
    load_keys(tmp_path / "foreign" / "key")
    for named, said in (("kee", "There is no key file at"), ("foreign/key", "under other keys")):
        monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / named))
        for command in (
            "add-person bo Bo", "add-person ada --recover", "seed", "jobs", "check", "retention",
            "rotate-keys", "backup copy --passphrase-file words",
        ):  # fmt: skip
            (tmp_path / "words").write_text("four words nobody guesses")
            assert main(command.replace("words", str(tmp_path / "words")).split()) == 1, command
            told = capsys.readouterr().err
            assert said in told
            assert str(tmp_path / named) in told
        with pytest.raises(PlaceFault, match=said):
            open_database()
    (tmp_path / "words").unlink()
    shutil.rmtree(tmp_path / "foreign")
    assert sorted(tmp_path.rglob("*")) == there
    assert (tmp_path / "council.db").read_bytes() == kept

    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    before = shutil.copy(tmp_path / "key", tmp_path / "before")
    assert main(["rotate-keys"]) == 0
    assert main(["check"]) == 0
    shutil.copy(before, tmp_path / "key")  # an older copy opens no card of the newer key
    assert main(["jobs"]) == 1
    assert "under other keys" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "jobs", "add-person ada Ada", "seed"])
@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("nonsense", "COPROD_DATABASE_URL is no address of a database. Write sqlite:////path"),
        ("postgresql://ada:s3cret@localhost:abc/x", "is no address of a database"),
        ("mysql://ada:s3cret@localhost/x", "names mysql, which Together cannot use"),
        ("sqlite://", "names no file. Write four slashes"),
        ("sqlite:////tmp/x.db?mode=ro", "leave out what follows the question mark"),
        ("postgresql://ada:s3cret@127.0.0.1:5/x", "cannot be used: no server answers there"),
        ("sqlite:////etc/passwd/council.db", "/etc/passwd/council.db"),
        ("sqlite:///{folder}/words.txt", "file is not a database"),
        ("sqlite:///{folder}/pictures.db", "holds tables of another program"),
        ("sqlite:///{folder}", "{folder}"),
    ],
)
def test_a_wrong_address_gets_a_sentence_and_no_password(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    named: str,
    sentence: str,
    command: str,
) -> None:
    (tmp_path / "words.txt").write_text("not a database, and long enough to be read as one" * 9)
    with sqlite3.connect(tmp_path / "pictures.db") as connection:
        connection.execute("CREATE TABLE picture (id INTEGER)")
    connection.close()
    load_keys(tmp_path / "key")
    monkeypatch.setenv("COPROD_DATABASE_URL", named.format(folder=tmp_path))
    monkeypatch.setenv("COPROD_MODE", "demo")

    assert main(command.split()) == 1

    said = capsys.readouterr().err
    assert sentence.format(folder=tmp_path) in said
    assert "s3cret" not in said


@pytest.mark.parametrize("command", ["add-person ada Ada", "seed", "check", "jobs"])
def test_an_unknown_mode_is_said_before_anything_is_made(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
) -> None:
    monkeypatch.setenv("COPROD_MODE", "prod")
    assert main(command.split()) == 1
    assert capsys.readouterr().err.strip() == ('COPROD_MODE is "prod". Set it to demo or to live.')
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_and_an_older_release_are_said_and_left_as_they_are(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "council.db").touch()
    load_keys(tmp_path / "key")
    assert main(["check"]) == 1
    assert f"The database at {tmp_path / 'council.db'} is empty" in capsys.readouterr().err

    database = connect(url, tmp_path / "key")
    migrate(database.engine, "r0007")
    database.engine.dispose()
    assert main(["check"]) == 1
    assert "made by an older release of Together. Start the server" in capsys.readouterr().err


@pytest.mark.usefixtures("council")
def test_a_missing_guard_stops_everything(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    database = connect(url, tmp_path / "key")
    with database.engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER event_keep"))
    database.engine.dispose()

    assert main(["check"]) == 1
    assert "has lost its guards (event_keep)" in capsys.readouterr().err


@pytest.mark.usefixtures("council")
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
    database = connect(url, tmp_path / "key")
    with database.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE alembic_version SET version_num = '{revision}'"))  # noqa: S608
    database.engine.dispose()

    assert main(["check"]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.usefixtures("council")
def test_a_key_that_others_can_read_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "key").chmod(0o644)
    assert main(["check"]) == 1
    assert "Others can read" in capsys.readouterr().err


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("contents", ["", "1 zz\n", "1 00ff\n", "1 é\n"])
def test_a_damaged_key_file_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, contents: str
) -> None:
    (tmp_path / "key").write_text(contents)
    (tmp_path / "key").chmod(0o600)
    assert main(["check"]) == 1
    assert "key" in capsys.readouterr().err
