"""The server in this process, so that a test can change its clock and move its database."""

import os
import re
import runpy
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Self

import httpx2
import uvicorn
from streamlit import config
from streamlit.runtime import Runtime

from coprod_data.commands.auth_sessions import begin_sign_in, end_sessions, sign_in
from coprod_data.commands.settings import settle_mode
from coprod_data.permissions import Role
from coprod_data.queries.auth_sessions import session_of_token
from coprod_data.store import database as process
from coprod_data.store.actors import System
from coprod_data.store.database import Database, utc_now
from coprod_data.store.passwords import hash_password
from coprod_data.store.schema import migrate
from coprod_data.vocabulary.settings import Mode
from pages.door import farewell, sessions
from tests.helpers.builders import a_person
from tests.helpers.databases import opened
from tests.helpers.live_server import PASSWORD, LiveServer, hidden_fields
from tests.helpers.raw_socket import Answer
from tests.helpers.source import ROOT
from tests.helpers.told import tell_all

AWAY = "We cannot save or read anything just now."
PEOPLE = {
    "ada": Role.ADMINISTRATOR,
    "bea": Role.ADMINISTRATOR,
    "cyd": Role.YOUNG_PERSON,
}


class DoorServer(LiveServer):
    """`dashboard.py` under uvicorn in a thread; its council holds three people and nothing else.

    The database has its own folder, which can be moved away and back with all its files at once.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        own = {"COPROD_DATABASE_URL": f"sqlite:///{folder / 'database' / 'coprod.db'}"}
        super().__init__(folder, **own | environment)

    def __enter__(self) -> Self:
        url, key_file = (
            self.environment["COPROD_DATABASE_URL"],
            Path(self.environment["COPROD_KEY_FILE"]),
        )
        password_hash = _hashed(PASSWORD)
        with opened(url, key_file) as database:
            migrate(database.engine)
            with database.writing(System()) as (db, system):
                settle_mode(db, system, Mode.DEMO)
                for username, role in PEOPLE.items():
                    a_person(
                        db,
                        role,
                        username=username,
                        name=username.title(),
                        password_hash=password_hash,
                    )
                tell_all(db)  # else the server finds rows that no event tells of: it is not ready
        with environment(**self.environment, COPROD_SEED="none"):
            self.start()
        return self

    def start(self, seconds: float = 60) -> None:
        os.chdir(ROOT)
        config._main_script_path = str(ROOT / "dashboard.py")  # as `streamlit run` sets it
        app = runpy.run_path(str(ROOT / "dashboard.py"))["app"]
        settings = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, access_log=False, log_config=None
        )
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        wait_until(self.is_ready, seconds)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        Runtime._instance = None  # a process has only one; the next test file makes its own
        process._current = None

    @property
    def database(self) -> Database:
        return process.current()

    def sign_in(self, username: str) -> str:
        """Open a session by the real commands, without the slow password check."""
        with self.database.writing(System()) as (db, system):
            counted = begin_sign_in(db, system, username=username, address="127.0.0.1")
            session = sign_in(
                db, system, counted.attempt_id or 0,
                username=username, checked=counted.password_hash,
            )  # fmt: skip
        assert session, f"{username} could not sign in"
        return f"coprod={session.token}"

    def end(self, cookie: str) -> None:
        """End the session of a cookie, as a changed role or a new password does."""
        with self.database.writing(System()) as (db, system):
            end_sessions(db, system, [self.session_of(cookie)])

    def session_of(self, cookie: str) -> str:
        token = cookie.partition("coprod=")[2].partition(";")[0]
        with self.database.reading(System()) as (db, system):
            session = session_of_token(db, system, token)
        assert session, "this cookie opens no live session"
        return session.public_id

    @contextmanager
    def later(self, **by: float) -> Iterator[None]:
        """Move the clock forward; takes timedelta's arguments."""
        database = self.database
        database.clock = lambda: utc_now() + timedelta(**by)
        yield
        database.clock = utc_now

    @contextmanager
    def nothing_is_saved(self) -> Iterator[None]:
        """Keep a write to the database open, so that nothing else can be saved."""
        connection = self.database.engine.connect().execution_options(coprod_write=True)
        connection.exec_driver_sql("UPDATE person SET job = job")
        try:
            yield
        finally:
            connection.rollback()
            connection.close()

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Take the database away, as a lost disk would, and bring it back.

        Its files move together: without its log of recent changes a file is an older version, which
        lacks today's sessions.
        """
        folder = Path(str(self.database.engine.url.database)).parent
        away = folder.rename(folder.with_name("away"))
        self.database.engine.dispose()
        yield
        away.rename(folder)
        self.database.engine.dispose()


def led_away(answer: Answer) -> bool:
    """Say whether a tab was sent to the sign-in page and saw nothing more."""
    return answer.farewell and answer.close_code == farewell.SIGNED_OUT and not answer.elements


def activity_is_written() -> None:
    """Wait until the watch has saved who is active, and let the next act be saved again."""
    wait_until(lambda: not sessions._to_touch)
    sessions._touched.clear()


@cache
def _hashed(password: str) -> str:
    return hash_password(password)


def send(browser: httpx2.Client, username: str, password: str = PASSWORD) -> httpx2.Response:
    """Fill the sign-in form and send it."""
    form = hidden_fields(browser.get("/sign-in").text)
    return browser.post("/sign-in", data={**form, "username": username, "password": password})


def notice(page: str) -> str:
    """The notice that a plain page of the door shows."""
    found = re.search(r'<p class="notice[^>]*>(?:<span[^>]*></span>)?(.*?)</p>', page)
    return found[1] if found else ""


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    yield
    os.environ.clear()
    os.environ.update(before)


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.05)
