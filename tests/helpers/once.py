"""What is slow to make is made once in a run of the tests, by the first worker that needs it."""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
RUN = os.environ.setdefault("COPROD_TEST_RUN", secrets.token_hex(4))  # its workers inherit it
PATIENCE = 600  # seconds


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """One process at a time may be inside; one that dies there lets the next one in.

    SQLite's own file lock works on every system.
    """
    with closing(sqlite3.connect(f"{path}.turn", timeout=PATIENCE, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def made_once(path: Path, make: Callable[[Path], None]) -> Path:
    """Return a file that the first to ask makes; the others wait, and never see half of it."""
    with turn(path):
        if not path.exists():
            unfinished = path.with_name(f"unfinished-{path.name}")
            make(unfinished)
            unfinished.rename(path)
    return path
