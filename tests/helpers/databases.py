"""Databases for tests, copied from one that was filled once in a run.

A copy is `fresh`, to keep, or `lent` to one test. A lent copy keeps its engine, so that the next
test need not compile the same statements again or open another connection to a server.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy import make_url

from coprod_data.store.database import Database, connect
from tests.helpers.once import RUN, WORKER, made_once

POSTGRESQL = os.environ.get("COPROD_TEST_POSTGRESQL", "")
# Set where that server goes after the run: to drop hundreds of databases one by one takes a minute.
THROWN_AWAY = bool(os.environ.get("COPROD_TEST_POSTGRESQL_THROWN_AWAY"))
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
HAS_ROWS = sa.text("SELECT EXISTS (SELECT FROM person)")
OF_THIS_RUN = sa.text("SELECT datname FROM pg_database WHERE starts_with(datname, :prefix)")
# Only a superuser may bypass the guards of the log, and only in a test's tables.
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
    """Where databases of one kind come from: `fresh` ones to keep, or one `lent` to a test."""

    def fresh(self) -> str: ...
    def lent(self) -> AbstractContextManager[Database]: ...
    def leave(self) -> None: ...


Databases = Callable[[str, str, Fill], Engine]  # by engine, the kind's name and what fills it


@contextmanager
def opened(url: str, key_file: Path) -> Iterator[Database]:
    database = _connected(url, key_file)
    yield database
    database.engine.dispose()


def _connected(url: str, key_file: Path) -> Database:
    database = connect(url, key_file)
    if database.is_sqlite:
        sa.event.listen(database.engine, "connect", _need_not_survive_a_power_cut)
    return database


def _need_not_survive_a_power_cut(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _is_as_before(database: Database, pool: sa.Pool) -> bool:
    """Whether a test left every connection as it was, and opened none of its own."""
    return database.engine.pool is pool and not pool.checkedout()


class SqliteFiles:
    """Copies of a file; `template`, if given, is one that all workers of a run share."""

    def __init__(
        self, folder: Path, key_file: Path, fill: Fill, template: Path | None = None
    ) -> None:
        self._folder, self._key_file, self._number = folder, key_file, count()
        self._free: list[Database] = []

        def make(path: Path) -> None:
            with opened(f"sqlite:///{path}", key_file) as database:
                fill(database)

        self._template = made_once(template or folder / "template.db", make)

    def fresh(self) -> str:
        path = self._folder / f"{next(self._number)}.db"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    @contextmanager
    def lent(self) -> Iterator[Database]:
        kept = self._free.pop() if self._free else _connected(self.fresh(), self._key_file)
        name, pool = str(kept.engine.url.database), kept.engine.pool
        shutil.copyfile(self._template, name)
        yield Database(kept.engine, kept.keys)
        is_as_before = _is_as_before(kept, pool)
        kept.engine.dispose()
        for part in ("", "-wal", "-shm"):
            Path(name + part).unlink(missing_ok=True)
        if is_as_before:
            self._free.append(kept)

    def leave(self) -> None:
        shutil.rmtree(self._folder)


class PostgresqlDatabases:
    """Databases named after this run and worker, so that many can share a server.

    Making one takes a tenth of a second, so a lent one that had no rows is emptied and lent again,
    unless a test changed its schema. `shared` is a folder that all workers of a run see: they share
    the template then, and `drop_all_of_this_run` takes it away at the end. Without it each worker
    has a template of its own.
    """

    def __init__(self, name: str, key_file: Path, fill: Fill, shared: Path | None = None) -> None:
        self._key_file, self._number = key_file, count()
        run, own = f"coprod_test_{RUN}_{name}", f"coprod_test_{RUN}_{name}_{WORKER}"
        self._template, self._own = run if shared else f"{own}_template", own
        self._made: list[str] = [] if shared else [self._template]
        self._free: list[Database] = []
        self._as_made: sa.Row[Any] | None = None
        self._had_rows = False

        def make(path: Path | None = None) -> None:
            _run_on_server(f"CREATE DATABASE {self._template}")
            with opened(_url(self._template), key_file) as database:
                fill(database)
            if path:
                path.touch()

        if shared:
            made_once(shared / f"{self._template}.made", make)
        else:
            make()

    def fresh(self) -> str:
        name = f"{self._own}_{next(self._number)}"
        _run_on_server(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        self._made.append(name)
        return _url(name)

    @contextmanager
    def lent(self) -> Iterator[Database]:
        kept = self._free.pop() if self._free else _connected(self.fresh(), self._key_file)
        if self._as_made is None:  # and so is every copy when it is lent
            with kept.engine.connect() as connection:
                self._as_made = connection.execute(SCHEMA).one()
                self._had_rows = bool(connection.scalar(HAS_ROWS))
        pool = kept.engine.pool
        yield Database(kept.engine, kept.keys)
        if not _is_as_before(kept, pool) or pool.checkedin() > 1:
            kept.engine.dispose()
        with kept.engine.begin() as connection:
            connection.execute(END_WHAT_A_TEST_LEFT_OPEN)
            reusable = not self._had_rows and connection.execute(SCHEMA).one() == self._as_made
            if reusable:
                connection.execute(EMPTY)
        if reusable:
            self._free.append(kept)
        else:
            kept.engine.dispose()

    def leave(self) -> None:
        for kept in self._free:
            kept.engine.dispose()
        for name in self._made if not THROWN_AWAY else []:
            _run_on_server(f"DROP DATABASE {name} WITH (FORCE)")


def drop_all_of_this_run() -> None:
    """Drop what the workers shared, and what one of them left when it died."""
    if THROWN_AWAY:
        return
    with contextlib.suppress(sa.exc.OperationalError), _server() as connection:  # may be gone
        names = connection.scalars(OF_THIS_RUN, {"prefix": f"coprod_test_{RUN}_"}).all()
        for name in names:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _server() -> Iterator[sa.Connection]:
    admin = sa.create_engine(
        _url(make_url(POSTGRESQL).database or "postgres"),
        isolation_level="AUTOCOMMIT",
        poolclass=sa.NullPool,
    )
    with admin.connect() as connection:
        yield connection


def _run_on_server(statement: str) -> None:
    with _server() as connection:
        connection.exec_driver_sql(statement)


def _url(name: str) -> str:
    server = make_url(POSTGRESQL).set(drivername="postgresql+psycopg", database=name)
    return server.render_as_string(hide_password=False)


class Statement(NamedTuple):
    """One statement as it was sent, with the values bound to it."""

    text: str
    values: Any

    @property
    def reads(self) -> bool:
        return self.text.lstrip().upper().startswith(("SELECT", "WITH"))


@contextmanager
def statements(database: Database) -> Iterator[list[Statement]]:
    """Collect every statement sent in the block: a list must need as many for three rows as for
    one.
    """
    sent: list[Statement] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, *_: Any) -> None:
        sent.append(Statement(text, values))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
