"""What a page asks the database for, recorded while it runs and then asked again by itself."""

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

SHORTEST = 0.05  # the fewest seconds of CPU for one figure


@contextmanager
def council_of(size: str, db: str) -> Iterator[Database]:
    """A filled database. Raises NotReady if it was not filled completely."""
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
    """Return the reads that are sent during the block, in their order."""
    with statements(database) as sent:
        ask()
    return [one for one in sent if one.reads]


def cpu_of(database: Database, asked: list[Statement]) -> Callable[[], float]:
    """Return a figure: milliseconds of CPU, here and in the server, to run all of them once.

    They are run again on one raw connection until the time is long enough to measure.
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
    """The CPU clock of the answering process: SQLite answers in this thread."""
    if database.is_sqlite:
        return lambda: 0.0
    cursor.execute("SELECT pg_backend_pid()")
    (pid,) = cursor.fetchone()
    if not Path(f"/proc/{pid}").exists() or not os.access(f"/proc/{pid}/stat", os.R_OK):
        raise NotReady("PostgreSQL runs on another machine; its CPU cannot be read from here.")
    return CpuOf(pid).cpu_seconds
