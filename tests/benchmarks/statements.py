"""What a page asks the database for, taken down while it runs and asked again alone."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coprod_data.store import database as process
from coprod_data.store.database import Database, connect
from tests.benchmarks.filling import KEY_FILE, filled
from tests.benchmarks.measuring import CpuOf, NotReady
from tests.helpers.databases import Statement, statements

SHORTEST = 0.05  # seconds of CPU that one figure rests on, at least


@contextmanager
def council_of(size: str, db: str) -> Iterator[Database]:
    """A filled database. Raises NotReady where it was not filled whole."""
    database = connect(filled(size, db), KEY_FILE)
    yield database
    database.engine.dispose()


@contextmanager
def in_use(database: Database) -> Iterator[None]:
    """Make this the database that pages read, for a while."""
    before, process._current = process._current, database
    try:
        yield
    finally:
        process._current = before


def reads_of(database: Database, ask: Callable[[], object]) -> list[Statement]:
    """Return the reads that are sent meanwhile, in their order."""
    with statements(database) as sent:
        ask()
    return [one for one in sent if one.reads]


def cpu_of(database: Database, asked: list[Statement]) -> Callable[[], float]:
    """Return a figure: milliseconds of CPU, of this thread and the server's, for all of them once.

    They are asked again on one raw connection until the time is long enough to tell.
    """

    def figure() -> float:
        connection = database.engine.raw_connection()
        try:
            cursor = connection.cursor()
            server = _server(database, cursor)
            _ask(cursor, asked)  # warm, and planned where plans are kept
            times, began, served = 0, time.thread_time(), server()
            while (spent := time.thread_time() - began + server() - served) < SHORTEST:
                _ask(cursor, asked)
                times += 1
            return 1000 * spent / times
        finally:
            connection.close()

    return figure


def _ask(cursor: Any, asked: list[Statement]) -> None:
    for one in asked:
        cursor.execute(one.text, one.values)
        cursor.fetchall()


def _server(database: Database, cursor: Any) -> Callable[[], float]:
    """The CPU clock of whoever answers: SQLite answers in this very thread."""
    if database.is_sqlite:
        return lambda: 0.0
    cursor.execute("SELECT pg_backend_pid()")
    (pid,) = cursor.fetchone()
    if not Path(f"/proc/{pid}").exists() or not os.access(f"/proc/{pid}/stat", os.R_OK):
        raise NotReady("PostgreSQL runs on another machine; its CPU cannot be read from here.")
    return CpuOf(pid).cpu_seconds
