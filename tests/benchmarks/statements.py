"""What a page asks the database for, taken down while it runs and asked again alone."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from coprod_data import database as process
from coprod_data.database import Database, connect
from tests.benchmarks import filling
from tests.benchmarks.measuring import CpuOf, NotReady

SHORTEST = 0.05  # seconds of CPU that one figure rests on, at least


@dataclass
class Asked:
    """Reads in the order they were sent, with the values bound to them."""

    reads: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def council_of(size: str, db: str) -> Iterator[Database]:
    """A filled database. Raises NotReady where it was not filled."""
    if db == "sqlite" and not (filling.FOLDER / f"{size}.db").exists():
        raise NotReady(f"Fill it first: python -m tests.benchmarks fill --size {size} --db {db}")
    database = connect(filling.where(size, db), filling.KEY_FILE)
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


@contextmanager
def taken_down(engine: sa.Engine) -> Iterator[Asked]:
    """Take down every read that is sent meanwhile."""
    asked = Asked()

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.reads.append((statement, values))

    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


def cpu_of(database: Database, asked: Asked) -> Callable[[], float]:
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


def _ask(cursor: Any, asked: Asked) -> None:
    for statement, values in asked.reads:
        cursor.execute(statement, values)
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
