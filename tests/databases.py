"""Fresh databases for tests, copied from one that was filled once."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import URL, make_url

from coprod_data.database import Database, connect

POSTGRESQL = os.environ.get("COPROD_TEST_POSTGRESQL", "")
WITHOUT_POSTGRESQL = (
    "No PostgreSQL: set COPROD_TEST_POSTGRESQL to a server where databases may be created, for"
    " example postgresql+psycopg://postgres@127.0.0.1/postgres"
)

Fill = Callable[[Database], None]


class Engine(Protocol):
    """Where fresh databases come from; each is an address that nobody else uses."""

    def fresh(self) -> str: ...
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

    def leave(self) -> None:
        shutil.rmtree(self._folder)


class PostgresqlDatabases:
    """Databases named after this process, so that several test runs may share a server."""

    def __init__(self, name: str, key_file: Path, fill: Fill) -> None:
        self._admin = sa.create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
        self._number = count()
        self._template = f"coprod_test_{name}_{os.getpid()}"
        self._made = [self._template]
        self._run(f"CREATE DATABASE {self._template}")
        with opened(self._url(self._template), key_file) as database:
            fill(database)

    def fresh(self) -> str:
        name = f"{self._template}_{next(self._number)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        self._made.append(name)
        return self._url(name)

    def leave(self) -> None:
        for name in self._made:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")
        self._admin.dispose()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def _url(self, name: str) -> str:
        url: URL = make_url(POSTGRESQL).set(database=name)
        return url.render_as_string(hide_password=False)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Gather every statement sent meanwhile: lists must need as many for three rows as for one."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(database.engine, "before_cursor_execute", note)
