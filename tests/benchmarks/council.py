"""A separate council on either engine for benchmarks that write, and its server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coprod_data.commands.settings import settle_mode
from coprod_data.files.seed import play_seed
from coprod_data.store.actors import System
from coprod_data.store.database import Database, utc_now
from coprod_data.store.schema import migrate
from coprod_data.vocabulary.settings import Mode
from tests.benchmarks.measuring import Engine, NotReady
from tests.helpers.databases import (
    POSTGRESQL,
    WITHOUT_POSTGRESQL,
    Fill,
    PostgresqlDatabases,
    SqliteFiles,
    opened,
)
from tests.helpers.live_server import LiveServer
from tests.helpers.young import open_for_words

NAME = "together"  # PostgreSQL shows the server's connections under this name


@contextmanager
def a_council(engine: Engine, folder: Path, fill: Fill) -> Iterator[LiveServer]:
    """The real server, not yet started, with a new database. Raises NotReady."""
    databases: SqliteFiles | PostgresqlDatabases
    if engine == "sqlite":
        (folder / "databases").mkdir()
        databases = SqliteFiles(folder / "databases", folder / "key", fill)
    elif POSTGRESQL:
        databases = PostgresqlDatabases("benchmark", folder / "key", fill)
    else:
        raise NotReady(WITHOUT_POSTGRESQL)
    server = a_server(folder, databases.fresh())
    try:
        yield server
    finally:
        server.stop()
        databases.leave()


def a_server(folder: Path, url: str, **environment: str) -> LiveServer:
    """The real server, not yet started, with a database that exists already."""
    return LiveServer(
        folder, COPROD_DATABASE_URL=url, COPROD_SEED="none", PGAPPNAME=NAME, **environment
    )


@contextmanager
def database_of(server: LiveServer) -> Iterator[Database]:
    """The database of a server, opened directly."""
    said = server.environment
    with opened(said["COPROD_DATABASE_URL"], Path(said["COPROD_KEY_FILE"])) as database:
        yield database


def an_open_form(database: Database) -> None:
    """A new council: somebody on duty, and a Promise with a card for each theme."""
    migrate(database.engine)
    open_for_words(database)
    with database.writing(System()) as (db, system):
        settle_mode(db, system, Mode.DEMO)


def the_demo(database: Database) -> None:
    """The demo council as it is today."""
    migrate(database.engine)
    play_seed(database, utc_now().date())


def database_faults(server: LiveServer) -> int:
    """How often the server logged that its database was locked, gone or too slow for the door."""
    lines = server.log.read_text("utf-8", errors="replace").splitlines()
    return sum("Database fault" in line or "The database gave the door" in line for line in lines)
