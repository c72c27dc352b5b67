"""The server's keys are rotated: what is old still opens, until its key is ended on purpose."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from coprod_data.__main__ import main
from coprod_data.commands.entries import send_entry
from coprod_data.commands.server_keys import tell_of_key
from coprod_data.files.backup import make_backup
from coprod_data.jobs import check_log, run_jobs
from coprod_data.models import Event, EventSeal
from coprod_data.permissions import ActorKind, NotAllowed, NotFound, Role
from coprod_data.queries.events import history
from coprod_data.store.actors import ByCode, Public, SignedOut, System
from coprod_data.store.card_codes import new_code
from coprod_data.store.database import Database, connect
from coprod_data.store.keys import load_keys, read_keys
from coprod_data.store.sealed_texts import open_text, seal_text
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import somebody
from tests.helpers.told import a_set_up


@pytest.fixture
def council(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    keys = load_keys(tmp_path / "key")
    now = datetime.now(UTC)  # commands of a terminal run at this moment
    own = replace(database, keys=keys, key_file=tmp_path / "key", clock=lambda: now)
    url = own.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("COPROD_DATABASE_URL", url)
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("COPROD_MODE", "demo")
    return own


def send(council: Database, theme_id: int) -> str:
    """Send an entry and return its code."""
    form_id = secrets.token_hex(32)
    code = new_code(form_id, council.keys)
    with council.writing(Public()) as (db, actor):
        send_entry(
            db, actor, form_id=form_id, code=code, theme_id=theme_id, thinks="My room is cold.",
            wants="", feeling=2, uses=frozenset({ConsentUse.BOARD}),
        )  # fmt: skip
    return code.words


def opens(council: Database, code: str) -> bool:
    try:
        with council.reading(ByCode(code)) as (_, actor):
            return actor.entry_id is not None
    except (NotFound, SignedOut):
        return False


def sealed_later(council: Database) -> None:
    now = council.clock() + timedelta(minutes=11)
    council.clock = lambda: now
    run_jobs(council, now=True)


def test_a_new_key_is_for_what_is_new_and_an_ended_one_opens_nothing_but_proves_the_log(
    council: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    with council.writing(System()) as (db, _):
        theme_id = a_set_up(db)
    old_code, old_text = send(council, theme_id), seal_text(council.keys, "a test", "kept")
    sealed_later(council)

    assert main(["rotate-keys"]) == 0
    council.take_new_keys()
    new_code_words = send(council, theme_id)
    sealed_later(council)

    assert [key.number for key in council.keys.all] == ["1", "2"]
    assert opens(council, old_code)
    assert opens(council, new_code_words)
    assert open_text(council.keys, "a test", old_text) == "kept"
    with council.reading(System()) as (db, _):
        assert [one.key for one in db.query(EventSeal).order_by(EventSeal.id)] == ["1", "2"]
    assert check_log(council) == ""

    capsys.readouterr()
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert main(["rotate-keys", "--end", "1"]) == 1
    told = capsys.readouterr()
    assert "Card codes made under key 1: 1." in told.out
    assert told.err == "Nothing was ended.\n"

    def no_terminal(_asked: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", no_terminal)
    assert main(["rotate-keys", "--end", "1"]) == 1
    assert "Run this where somebody can type." in capsys.readouterr().err
    assert main(["rotate-keys", "--end", "2"]) == 1
    assert "Add another first" in capsys.readouterr().err
    assert main(["rotate-keys", "--end", "7"]) == 1
    assert "There are: 1, 2." in capsys.readouterr().err

    monkeypatch.setattr("builtins.input", lambda _: "1")
    secret = council.keys.all[0].secret.hex()
    assert main(["rotate-keys", "--end", "1"]) == 0
    council.take_new_keys()
    send(council, theme_id)
    sealed_later(council)

    assert not opens(council, old_code)
    assert opens(council, new_code_words)
    assert open_text(council.keys, "a test", old_text) is None
    assert secret not in (tmp_path / "key").read_text()
    assert check_log(council) == ""
    with council.reading(System()) as (db, actor):
        about_keys = sa.select(Event.kind, Event.changes, Event.actor_kind).where(
            Event.kind.in_([EventKind.KEY_ADDED, EventKind.KEY_ENDED])
        )
        assert [tuple(one) for one in db.execute(about_keys.order_by(Event.id))] == [
            (EventKind.KEY_ADDED, {"key": "2"}, ActorKind.SYSTEM),
            (EventKind.KEY_ENDED, {"key": "1"}, ActorKind.SYSTEM),
        ]
        administrator = somebody(db, Role.ADMINISTRATOR)
        told = history(db, administrator)
        with pytest.raises(NotAllowed):  # only who has the key file
            tell_of_key(db, administrator, "1", ended=True)
    ended = next(row for row in told if row.did == "ended a server key")
    assert [change.new for change in ended.changes] == ["key 1"]


@pytest.mark.sqlite  # it restores into a file; what a backup keeps of the keys cannot differ
def test_a_backup_after_a_rotation_is_whole(council: Database, tmp_path: Path):
    with council.writing(System()) as (db, _):
        theme_id = a_set_up(db)
    send(council, theme_id)
    sealed_later(council)
    main(["rotate-keys"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("builtins.input", lambda _: "1")
        main(["rotate-keys", "--end", "1"])
    council.take_new_keys()
    code = send(council, theme_id)
    make_backup(council, tmp_path / "backup", "nobody guesses these four")

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COPROD_DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'council.db'}")
        patched.setenv("COPROD_KEY_FILE", str(tmp_path / "new" / "key"))
        patched.setenv("COPROD_BACKUP_PASSPHRASE", "nobody guesses these four")
        assert main(["restore", str(tmp_path / "backup"), "--without-erasures"]) == 0

    assert read_keys(tmp_path / "new" / "key") == council.keys
    restored = connect(f"sqlite:///{tmp_path / 'new' / 'council.db'}", tmp_path / "new" / "key")
    assert opens(restored, code)
    assert check_log(restored) == ""
    restored.engine.dispose()


def test_a_server_takes_no_keys_of_another_database(council: Database, tmp_path: Path):
    before = council.keys
    other = load_keys(tmp_path / "other")
    (tmp_path / "other").replace(tmp_path / "key")
    council.take_new_keys()
    assert council.keys == before != other
