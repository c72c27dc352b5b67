"""Fresh databases for tests, copied from one that was filled once."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy import make_url

from coprod_data.store.database import Database, connect

POSTGRESQL = os.environ.get("COPROD_TEST_POSTGRESQL", "")
WITHOUT_POSTGRESQL = (
    "No PostgreSQL: set COPROD_TEST_POSTGRESQL to the superuser of a server for tests, for"
    " example postgresql+psycopg://postgres@127.0.0.1/postgres"
)

Fill = Callable[[Database], None]

END_WHAT_A_TEST_LEFT_OPEN = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SCHEMA = sa.text(
    "SELECT max(version_num), (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'),"
    " (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'i', 'S')) FROM alembic_version"
)
# Only a superuser may pass the guards of the log, and only where the tables are a test's.
EMPTY = sa.text("""
DO $$ DECLARE name text; filled boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO filled;
    IF filled THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
  PERFORM setval(quote_ident(sequencename), 1, false) FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
""")


class Engine(Protocol):
    """Where databases come from: `fresh` ones to keep, or `lend` one and take it back."""

    def fresh(self) -> str: ...
    def lend(self) -> str: ...
    def take_back(self, url: str) -> None: ...
    def leave(self) -> None: ...


@contextmanager
def opened(url: str, key_file: Path) -> Iterator[Database]:
    database = connect(url, key_file)
    if database.is_sqlite:
        sa.event.listen(database.engine, "connect", _need_not_survive_a_power_cut)
    yield database
    database.engine.dispose()


def _need_not_survive_a_power_cut(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


class SqliteFiles:
    def __init__(self, folder: Path, key_file: Path, fill: Fill) -> None:
        self._folder, self._number = folder, count()
        self._template = folder / "template.db"
        with opened(f"sqlite:///{self._template}", key_file) as database:
            fill(database)

    def fresh(self) -> str:
        path = self._folder / f"{next(self._number)}.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    lend = fresh

    def take_back(self, url: str) -> None:
        Path(url.removeprefix("sqlite:///")).unlink()

    def leave(self) -> None:
        shutil.rmtree(self._folder)


class PostgresqlDatabases:
    """Databases named after this process, so that several test runs may share a server.

    Making one takes a tenth of a second, so a lent one is emptied and lent again, unless a test
    changed its schema.
    """

    def __init__(self, name: str, key_file: Path, fill: Fill) -> None:
        self._server = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
        self._admin = sa.create_engine(self._server, isolation_level="AUTOCOMMIT")
        self._number = count()
        self._template = f"coprod_test_{name}_{os.getpid()}"
        self._made = [self._template]
        self._free: list[str] = []
        self._run(f"CREATE DATABASE {self._template}")
        with opened(self._url(self._template), key_file) as database:
            fill(database)
            with database.engine.connect() as connection:
                self._schema = connection.execute(SCHEMA).one()

    def fresh(self) -> str:
        name = f"{self._template}_{next(self._number)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        self._made.append(name)
        return self._url(name)

    def lend(self) -> str:
        return self._free.pop() if self._free else self.fresh()

    def take_back(self, url: str) -> None:
        engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(END_WHAT_A_TEST_LEFT_OPEN)
            if connection.execute(SCHEMA).one() == self._schema:
                connection.execute(EMPTY)
                self._free.append(url)

    def leave(self) -> None:
        for name in self._made:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self._admin.dispose()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)


class Statement(NamedTuple):
    """One statement as it was sent, with the values bound to it."""

    text: str
    values: Any

    @property
    def reads(self) -> bool:
        return self.text.lstrip().upper().startswith(("SELECT", "WITH"))


@contextmanager
def statements(database: Database) -> Iterator[list[Statement]]:
    """Gather every statement sent meanwhile: lists must need as many for three rows as for one."""
    sent: list[Statement] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, *_: Any) -> None:
        sent.append(Statement(text, values))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(database.engine, "before_cursor_execute", note)
