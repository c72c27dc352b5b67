"""Databases on both engines and the real server, and a plain word about what was skipped."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.orm import Session

from coprod_data.store.database import Database
from coprod_data.store.schema import migrate
from tests.helpers.databases import (
    POSTGRESQL,
    WITHOUT_POSTGRESQL,
    Engine,
    PostgresqlDatabases,
    SqliteFiles,
    opened,
)
from tests.helpers.live_server import LiveServer

settings.register_profile("house", deadline=None)  # a busy machine is not a wrong answer
settings.load_profile("house")


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One key for every test database, so that copies of a council keep their card codes."""
    return tmp_path_factory.mktemp("keys") / "key"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def empty_databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[Engine]:
    """Migrated databases without a row, on each engine."""

    def fill(database: Database) -> None:
        migrate(database.engine)

    engine: Engine
    if request.param == "sqlite":
        engine = SqliteFiles(tmp_path_factory.mktemp("empty"), key_file, fill)
    elif POSTGRESQL:
        engine = PostgresqlDatabases("empty", key_file, fill)
    else:
        pytest.skip(WITHOUT_POSTGRESQL)
    yield engine
    engine.leave()


@pytest.fixture
def database(empty_databases: Engine, key_file: Path) -> Iterator[Database]:
    """A migrated database without a row, this test's own; the test runs once on each engine."""
    url = empty_databases.lend()
    with opened(url, key_file) as database:
        yield database
    empty_databases.take_back(url)


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """One open transaction on that database, committed when the test is over.

    The commit is refused when a command changed something without an event. After a refusal that
    leaves half a change behind, roll back yourself, as the page's transaction would.
    """
    with Session(database.engine, expire_on_commit=False) as db:
        db.info["keys"] = database.keys
        yield db
        if db.is_active:
            db.commit()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The real server with the demo council, one for all tests that only add to it."""
    with LiveServer(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def own_server(server: LiveServer, tmp_path: Path) -> Iterator[LiveServer]:
    """A server that may be killed, with a copy of the demo council as the shared one has it."""
    shutil.copy(server.folder / "key", tmp_path / "key")
    with (
        closing(sqlite3.connect(server.folder / "coprod.db")) as shared,
        closing(sqlite3.connect(tmp_path / "coprod.db")) as copy,
    ):
        shared.backup(copy)
    with LiveServer(tmp_path) as own:
        yield own


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once for each reason what was skipped and how it can be run."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, number in Counter(report.longrepr[2] for report in skipped).items():
        terminalreporter.write_line(f"{number} tests not run. {reason.removeprefix('Skipped: ')}")
