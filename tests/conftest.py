"""Databases and the real server, and a plain report of what was skipped.

Which engine: a test of `coprod_data` that asks for a database runs on SQLite and on PostgreSQL.
Tests of `pages`, and those that look at the demo `council` or the `small_council`, run on SQLite
only, because what they look at cannot differ: pages hold no SQL, each command is called by a test
of `coprod_data` on both engines (two house rules), and so is each read with all its arguments
(`coprod_data/test_release_gate.py`). Those marked `both_engines` run on both: every page opens the
demo council as every role that may (`pages/test_every_page.py`), and what happens at one moment
depends on how an engine locks (`pages/test_double_presses.py`). A test of `coprod_data` marked
`sqlite` says why one engine is enough for it.

Many workers: each has its own server, browser and databases. What is slow to make is made once in
a run (`helpers/once.py`). No test depends on what another has left on the shared `server`.

Python keeps what it compiled here, though its environment may forbid that: each worker and each
server would compile the whole product again, and each test file with its asserts.
"""

import gc
import os
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.orm import Session

from coprod_data.store import card_codes, passwords
from coprod_data.store.database import Database
from coprod_data.store.keys import load_keys
from coprod_data.store.schema import migrate
from coprod_data.vocabulary.labels import BOARD, PROMISE, use_labels
from tests.helpers.databases import (
    POSTGRESQL,
    WITHOUT_POSTGRESQL,
    Databases,
    Engine,
    Fill,
    PostgresqlDatabases,
    SqliteFiles,
    drop_all_of_this_run,
)
from tests.helpers.live_server import LiveServer
from tests.helpers.once import made_once, turn

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # for the servers and commands that tests start
gc.set_threshold(700, 10, 100)  # seldom through all: of so many tests hardly one is garbage

settings.register_profile("house", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("house")

PAGES = Path(__file__).parent / "pages"
SQLITE = pytest.param("sqlite", id="sqlite")
POSTGRES = pytest.param(
    "postgresql",
    id="postgresql",
    marks=pytest.mark.skipif(not POSTGRESQL, reason=WITHOUT_POSTGRESQL),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that use a database on the engines they need, by the rule above."""
    if "engine" in metafunc.fixturenames:
        marked = {mark.name for mark in metafunc.definition.iter_markers()}
        pages = metafunc.definition.path.is_relative_to(PAGES)
        looks_only = pages or {"councils", "small_councils"} & set(metafunc.fixturenames)
        both = "both_engines" in marked or not (looks_only or "sqlite" in marked)
        metafunc.parametrize("engine", [SQLITE, POSTGRES] if both else [SQLITE], scope="module")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use a worker more than there are cores, since each waits for a server or a browser at times.

    For one file use none: they would take longer to start than it takes to run.
    """
    files = {argument.partition("::")[0] for argument in config.args}
    one_file = len(files) == 1 and files.pop().endswith(".py")
    return 0 if one_file else len(os.sched_getaffinity(0)) + 1


def pytest_collection_finish() -> None:
    """Spare the tests themselves, and all that they imported, each search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Clean up once all workers are gone."""
    if POSTGRESQL and not hasattr(config, "workerinput"):
        drop_all_of_this_run()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def key_file(shared: Path) -> Path:
    """One key for every test database, so that copies of a council keep their card codes."""

    def make(path: Path) -> None:
        load_keys(path)

    return made_once(shared / "key", make)


@pytest.fixture(scope="module")
def own_key(key_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of that key, beside which a server keeps its own newest seal and erased entries."""
    return Path(shutil.copy(key_file, tmp_path_factory.mktemp("key") / "key"))


@pytest.fixture(scope="session", autouse=True)
def cheap_secrets() -> Iterator[None]:
    """Make card codes and passwords cheap: they are slow on purpose, and their own tests check
    that.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(card_codes, "COST", 2)
        patched.setattr(passwords, "COST", 5)
        patched.setattr(passwords, "DUMMY_HASH", passwords.hash_password("nobody's"))
        yield


@pytest.fixture(autouse=True)
def own_labels() -> None:
    """Each test begins with the labels of a new council; a process remembers those it read last."""
    use_labels(BOARD, PROMISE)


@pytest.fixture(scope="session")
def databases(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[Databases]:
    """Where databases of one kind come from; the first is filled once in a run."""
    made: dict[tuple[str, str], Engine] = {}

    def of_kind(engine: str, name: str, fill: Fill) -> Engine:
        if (engine, name) not in made:
            if engine == "sqlite":
                files, first = tmp_path_factory.mktemp(name), shared / f"{name}.db"
                made[engine, name] = SqliteFiles(files, key_file, fill, first)
            else:
                made[engine, name] = PostgresqlDatabases(name, key_file, fill, shared)
        return made[engine, name]

    yield of_kind
    for one in made.values():
        one.leave()


@pytest.fixture(scope="module")
def empty_databases(engine: str, databases: Databases) -> Engine:
    """Migrated databases without a row, on each engine."""
    return databases(engine, "empty", lambda database: migrate(database.engine))


@pytest.fixture
def database(empty_databases: Engine) -> Iterator[Database]:
    """This test's own migrated database without a row; the test runs once on each engine."""
    with empty_databases.lent() as database:
        yield database


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """One open transaction on that database, committed when the test is over.

    The commit is refused when a command changed something without an event. After a refusal that
    leaves half a change behind, the test must roll back, as the page's transaction would.
    """
    with Session(database.engine, expire_on_commit=False) as db:
        db.info["keys"] = database.keys
        yield db
        if db.is_active:
            db.commit()


@pytest.fixture(scope="session")
def server(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real server with the demo council, one for each worker, for tests that only add to it.

    The first to start plays the council, as when a council first starts.
    """
    folder, played = tmp_path_factory.mktemp("server"), shared / "played"
    with turn(played):
        if not played.exists():
            with LiveServer(folder):
                pass
            folder.rename(played)
            folder.mkdir()
    copy_council(played, folder)
    with LiveServer(folder) as server:
        yield server


@pytest.fixture
def own_server(server: LiveServer, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that may be killed, with a copy of the demo council as the shared one has it."""
    copy_council(server.folder, tmp_path)
    with LiveServer(tmp_path) as own:
        yield own


def copy_council(source: Path, target: Path) -> None:
    """Copy the database and the key of a server, which may be at work; its newest seal first."""
    for beside in ("key", "key.seal", "key.erased"):
        if (source / beside).exists():
            shutil.copy(source / beside, target / beside)
    with (
        closing(sqlite3.connect(source / "coprod.db")) as whole,
        closing(sqlite3.connect(target / "coprod.db")) as copy,
    ):
        whole.backup(copy)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once for each reason what was skipped and how to run it."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, number in Counter(report.longrepr[2] for report in skipped).items():
        terminalreporter.write_line(f"{number} tests not run. {reason.removeprefix('Skipped: ')}")
