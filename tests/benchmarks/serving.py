"""The real server with a filled database, the people signed in to it and the pages of their menus.

It is started as a council starts it, except for three screens of the benchmarks at the end of the
menu. Nothing is measured until the server is idle after its start.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from coprod_data.commands.event_seals import keep_check
from coprod_data.queries.event_seals import newest_seal
from coprod_data.store.actors import System
from coprod_data.store.database import connect
from pages.door.sessions import SESSION_COOKIE
from pages.menu import HOME, menu_for
from tests.benchmarks.filling import KEY_FILE, filled
from tests.benchmarks.measuring import CpuOf, Engine, NotReady
from tests.helpers.demo import DEMO
from tests.helpers.live_server import LiveServer
from tests.helpers.signing_in import enter

PEOPLE = ("chair", "youth.voice", "administrator", "young.person", "manager")
AT_REST = 0.05  # share of one core
PATIENCE = 300.0  # seconds


@dataclass(frozen=True)
class Screen:
    """One page of somebody's menu, by its address."""

    username: str
    address: str

    def __str__(self) -> str:
        return f"{self.address} as {self.username}"


class BenchmarkServer(LiveServer):
    """The real server with the benchmarks' screens in its menu."""

    program = "tests.benchmarks.streamlit_with_screens"

    def __init__(self, folder: Path, url: str) -> None:
        self.words = folder / "words"
        super().__init__(
            folder,
            COPROD_DATABASE_URL=url,
            COPROD_KEY_FILE=str(KEY_FILE),
            COPROD_SEED="none",
            COPROD_BENCHMARK_WORDS=str(self.words),
        )
        self.database = connect(url, KEY_FILE)
        self._cookies: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._take_as_checked()
            self.start()
            if not listens(self.pid, self.port):
                raise NotReady(f"Another server answers on port {self.port}.")
            self.come_to_rest()
        except BaseException as error:
            self.__exit__()
            if isinstance(error, RuntimeError):
                raise NotReady(str(error)) from error
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.database.engine.dispose()

    def _take_as_checked(self) -> None:
        """Note that the log was checked whole. Rows that were filled at a stroke have no proof in
        it: a check finds that, goes through every row meanwhile, and no later start is ready.
        """
        with self.database.writing(System()) as (db, system):
            last = newest_seal(db, system)
            keep_check(db, system, whole=True, seal_id=last[0] if last else None, fault=None)

    def come_to_rest(self) -> None:
        """Wait until a server has finished what it does after its start. Raises NotReady."""
        cpu, end = CpuOf(self.pid), time.monotonic() + PATIENCE
        while cpu.spent(lambda: time.sleep(1)) > AT_REST:
            if time.monotonic() > end:
                raise NotReady(f"The server is still at work {PATIENCE:g} seconds after its start.")

    def cookie(self, username: str) -> str:
        """The cookie header of one session of this person, the same at every call."""
        if username not in self._cookies:
            self._cookies[username] = self.new_cookie(username)
        return self._cookies[username]

    def new_cookie(self, username: str) -> str:
        """The cookie header of a new session, opened as the sign-in form opens it.

        Only the slow check of the password is left out.
        """
        return f"{SESSION_COOKIE}={enter(self.database, username).token}"


@contextmanager
def served(size: str, db: Engine) -> Iterator[BenchmarkServer]:
    """An idle server with the filled database of this size. Raises NotReady."""
    with TemporaryDirectory() as folder, BenchmarkServer(Path(folder), filled(size, db)) as server:
        yield server


def screens() -> list[Screen]:
    """Every page of the menu of every role that is measured."""
    return [
        Screen(username, address_of(page.file))
        for username in PEOPLE
        for page in menu_for(DEMO[username])
    ]


def address_of(file: str) -> str:
    """The address of a page of the menu."""
    return "/" if file == HOME else f"/{Path(file).stem}"


def listens(pid: int, port: int) -> bool:
    """Whether this process is the one that accepts connections on a port of this machine."""
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    taking = {
        f"socket:[{row[9]}]" for row in rows if row[3] == "0A" and row[1][-4:] == f"{port:04X}"
    }
    held = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    return bool(taking & held)
