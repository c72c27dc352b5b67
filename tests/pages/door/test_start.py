"""How the server starts: a database of its own, safe settings, or one sentence why not."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config

from coprod_data.permissions import Invalid, NotAllowed
from coprod_data.queries.settings import labels
from coprod_data.store import database as process
from coprod_data.store.actors import Public, System, stored_mode
from coprod_data.store.database import Database
from coprod_data.store.places import PlaceFault
from coprod_data.store.schema import is_current, migrate
from coprod_data.vocabulary.settings import Mode
from pages.door.lifespan import NoStart, lifespan, start_or_say_why
from pages.door.safe_settings import SAFE, UnsafeSettings, refuse_unsafe_settings, unsafe_settings
from pages.door.start import open_database
from tests.conftest import copy_council
from tests.helpers.databases import Databases
from tests.helpers.live_server import LiveServer, free_port
from tests.helpers.running import run
from tests.helpers.source import ROOT

UNSAFE: dict[str, Any] = {
    "server.address": None,
    "server.allowedHosts": ["*"],
    "server.trustedUserHeaders": {},
    "server.enableXsrfProtection": False,
    "server.enableCORS": False,
    "server.scriptHealthCheckEnabled": True,
    "server.fileWatcherType": "auto",
    "server.maxUploadSize": 200,
    "server.maxWidgetStateSize": 25,
    "server.disconnectedSessionTTL": 3600,
    "client.allowedOrigins": ["https://*.streamlit.app"],
    "client.showErrorDetails": "full",
    "client.showErrorLinks": True,
    "client.toolbarMode": "developer",
    "browser.gatherUsageStats": True,
    "global.developmentMode": True,
}


@pytest.fixture(autouse=True)
def _in_the_house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Our own settings, with this test's own place for a database and keys."""
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    monkeypatch.setenv("COPROD_DATABASE_URL", f"sqlite:///{tmp_path / 'council.db'}")
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("COPROD_SEED", "none")
    monkeypatch.setattr(process, "_current", None)


@pytest.mark.parametrize("name", SAFE)
def test_a_live_council_starts_with_no_unsafe_setting(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv("COPROD_MODE", "live")
    before = config.get_option(name)
    refuse_unsafe_settings()

    config._set_option(name, UNSAFE[name], "this test")
    try:
        with pytest.raises(UnsafeSettings, match=name):
            refuse_unsafe_settings()
        monkeypatch.setenv("COPROD_MODE", "demo")
        refuse_unsafe_settings()
    finally:
        config._set_option(name, before, "this test")


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "*"])  # noqa: S104 - what is refused
def test_a_live_council_listens_on_one_address(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setenv("COPROD_MODE", "live")
    before = config.get_option("server.address")
    config._set_option("server.address", address, "this test")
    try:
        with pytest.raises(UnsafeSettings, match="name the one address to listen on"):
            refuse_unsafe_settings()
    finally:
        config._set_option("server.address", before, "this test")


def test_a_live_council_keeps_its_keys_elsewhere(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COPROD_KEY_FILE")

    assert [sentence for sentence in unsafe_settings() if "COPROD_KEY_FILE" in sentence]


def test_an_unknown_mode_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COPROD_MODE", "production")

    with pytest.raises(PlaceFault, match="demo or to live"):
        refuse_unsafe_settings()


@pytest.fixture
def migrated(databases: Databases, key_file: Path, tmp_path: Path) -> None:
    """In that place a database without a row, as the first start leaves it when told so."""
    empty = databases("sqlite", "empty", lambda database: migrate(database.engine))
    shutil.move(empty.fresh().removeprefix("sqlite:///"), tmp_path / "council.db")
    shutil.copy(key_file, tmp_path / "key")
    (tmp_path / "council.db").chmod(0o600)


def council_of(database: Database) -> str:
    with database.reading(Public()) as (db, public):
        return labels(db, public).council


def test_the_first_start_makes_a_database_and_the_second_takes_it_as_it_is(
    monkeypatch: pytest.MonkeyPatch, server: LiveServer, tmp_path: Path
):
    copy_council(server.folder, tmp_path)  # which that server made when it first started
    (tmp_path / "coprod.db").rename(tmp_path / "council.db")
    monkeypatch.delenv("COPROD_SEED")
    with sqlite3.connect(tmp_path / "council.db") as made:
        events = made.execute("SELECT count(*) FROM event").fetchone()
    made.close()

    second = open_database()

    assert is_current(second.engine)
    assert council_of(second) == "Westmarch"
    with second.reading(System()) as (db, _):
        assert stored_mode(db) is Mode.DEMO
    with second.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM event").one() == events
    assert process.current() is second
    second.engine.dispose()


def test_a_demonstration_can_begin_with_the_small_council(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COPROD_SEED", "small")

    opened = open_database()

    assert council_of(opened) == "Sallowmere"
    opened.engine.dispose()


def test_a_council_that_nobody_invented_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COPROD_SEED", "smal")

    with pytest.raises(Invalid, match="Set COPROD_SEED to demo, small or none"):
        open_database()


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize(("mode", "seed"), [("demo", "none"), ("live", "none"), ("live", "demo")])
def test_an_empty_council_stays_empty_when_told_so_and_whenever_it_is_live(
    monkeypatch: pytest.MonkeyPatch, mode: str, seed: str
):
    monkeypatch.setenv("COPROD_MODE", mode)
    monkeypatch.setenv("COPROD_SEED", seed)
    opened = open_database()

    with opened.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0
    opened.engine.dispose()


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize(("first", "second"), [("demo", "live"), ("live", "demo")])
def test_a_database_is_demo_or_live_for_ever(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str
):
    monkeypatch.setenv("COPROD_MODE", first)
    open_database().engine.dispose()
    monkeypatch.setenv("COPROD_MODE", second)

    with pytest.raises(NotAllowed, match=f"This is a {first} database and always will be"):
        open_database()


@pytest.mark.usefixtures("migrated")
def test_keys_that_others_can_read_are_refused_and_those_of_a_demo_are_mended(
    monkeypatch: pytest.MonkeyPatch,
):
    open_database().engine.dispose()
    key_file = Path(os.environ["COPROD_KEY_FILE"])
    key_file.chmod(0o644)
    monkeypatch.setenv("COPROD_MODE", "live")

    with pytest.raises(PlaceFault, match="chmod 600"):
        open_database()

    monkeypatch.setenv("COPROD_MODE", "demo")
    open_database().engine.dispose()
    assert key_file.stat().st_mode & 0o077 == 0


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable, "-m", "streamlit", "run", "dashboard.py",
            "--server.port", str(free_port()),
        ],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


def made_at(revision: str) -> None:
    open_database().engine.dispose()
    path = os.environ["COPROD_DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


@pytest.mark.usefixtures("migrated")
def test_a_database_of_a_newer_release_is_refused_with_a_sentence_and_no_trace():
    made_at("9999")

    ended = started()

    assert ended.returncode != 0
    assert "Together does not start. This database was made by a newer release" in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def why_not() -> str:
    """What the server says in place of starting."""

    async def start() -> None:
        async with lifespan(None):
            pass

    with pytest.raises(NoStart) as refused:
        run(start())
    return str(refused.value)


@pytest.mark.usefixtures("migrated")
def test_so_is_one_of_a_trial_version():
    made_at("0013")

    assert "This database was made by a trial version" in why_not()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"COPROD_MODE": "prod"}, 'COPROD_MODE is "prod". Set it to demo or to live.'),
        ({"COPROD_DATABASE_URL": "sqlite:////proc/no/such/place.db"}, "cannot be opened"),
        ({"COPROD_KEY_FILE": "/proc/no/such/key"}, "The key file /proc/no/such/key cannot be used"),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], sentence: str
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert sentence in why_not()


def test_a_fault_nobody_foresaw_is_not_hidden():
    said: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "lifespan.startup.failed", "message": "Traceback: the whole of it"})
        raise RuntimeError("nobody foresaw this")

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    with pytest.raises(RuntimeError, match="nobody foresaw this"):
        run(start_or_say_why(app, {"type": "lifespan"}, receive, send))

    assert [message["message"] for message in said] == ["Traceback: the whole of it"]
