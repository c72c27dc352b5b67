"""The invented councils as they were on one pinned day, and their pages opened as their people."""

from collections.abc import Iterator
from functools import cache

import httpx2
import pytest
from starlette.testclient import TestClient
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from coprod_data.store import database as process
from coprod_data.store.database import Database
from pages.door import wall
from pages.menu import HOME
from pages.parts.pdf import MISSING, pdf_ready
from pages.voice import checking_opening
from tests.helpers import sitting
from tests.helpers.builders import NOW
from tests.helpers.databases import Databases, Engine
from tests.helpers.demo import as_the_council, play_council, play_small_council
from tests.helpers.door_server import DoorServer
from tests.helpers.opening import SHELL, OpenAs, session_of
from tests.helpers.source import ROOT
from tests.helpers.young import Author, a_phone, an_author, open_for_words


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read once in a run what would be read from disk at each start, because it does not change.

    Streamlit searches every installed package before it runs a test's script, and compiles the
    script and its page for each run of a test, though a server does so once. The door packs every
    static file. Nor does a test look a thousand times a second whether its script has ended.
    """
    with pytest.MonkeyPatch.context() as patched:
        search = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", search)
        compiled = local_script_runner.ScriptCache()
        for runs in (local_script_runner, app_test):
            patched.setattr(runs, "ScriptCache", lambda: compiled)
        look = local_script_runner.require_widgets_deltas

        def wait(runner: local_script_runner.LocalScriptRunner, seconds: float) -> None:
            runner._script_thread.join(seconds)
            look(runner, 1)  # it stops a script that is not at its end by now

        patched.setattr(local_script_runner, "require_widgets_deltas", wait)
        patched.setattr(wall, "read_static_files", cache(wall.read_static_files))
        yield


@pytest.fixture(scope="module")
def councils(engine: str, databases: Databases) -> Engine:
    """The demo council, played once; every test gets its own copy."""
    return databases(engine, "council", play_council)


@pytest.fixture(scope="module")
def small_councils(engine: str, databases: Databases) -> Engine:
    """The small council in the same way."""
    return databases(engine, "small", play_small_council)


@pytest.fixture
def council(councils: Engine) -> Iterator[Database]:
    """The demo council as the process's database, with its clock at NOW."""
    with as_the_council(councils) as database:
        yield database


@pytest.fixture(scope="module")
def looked_at(councils: Engine) -> Iterator[Database]:
    """The same for all tests of a file that change nothing in it."""
    with as_the_council(councils) as database:
        yield database


@pytest.fixture
def small_council(small_councils: Engine) -> Iterator[Database]:
    """The small council as the process's database, in the same way."""
    with as_the_council(small_councils) as database:
        yield database


@pytest.fixture
def empty_council(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A council without a row as the process's database, on each engine."""
    database.clock = lambda: NOW
    monkeypatch.setattr(process, "_current", database)
    return database


@pytest.fixture
def office(empty_council: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A council with a Youth Voice Team; nobody has to wait between two presses."""
    monkeypatch.setattr(checking_opening, "A_MOMENT", 0.0)
    sitting.staff(empty_council)
    return empty_council


@pytest.fixture
def pango() -> None:
    """What PDFs are drawn with. A test without it is skipped, and says so."""
    if not pdf_ready():
        pytest.skip(MISSING)


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch) -> OpenAs:
    """Open a page as somebody: `open_as("chair", "together/opportunities.py")`.

    `page` is a path under `pages/`; without it the person's own first page opens. `query` holds
    what comes after the question mark in the address. Ask for `council` or `empty_council` too.
    """
    monkeypatch.chdir(ROOT)

    def open_page_as(
        username: str | None, page: str = HOME, /, width: str = "narrow", **query: str
    ) -> AppTest:
        at = AppTest.from_file(str(SHELL), default_timeout=120)
        at.user = {"session": session_of(username), "screen": width} if username else {}
        at.query_params.update(query)
        return (at if page == HOME else at.switch_page(page)).run()

    return open_page_as


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DoorServer]:
    """The server in this process, one for each file of tests."""
    with DoorServer(tmp_path_factory.mktemp("door")) as door:
        yield door


@pytest.fixture
def author(empty_council: Database) -> Author:
    """A young person of a new council who has sent a card and holds its code."""
    return an_author(empty_council)


@pytest.fixture
def open_council(empty_council: Database) -> Database:
    """A council with only a Promise and somebody on duty: its form is open."""
    open_for_words(empty_council)
    return empty_council


@pytest.fixture
def phone(open_council: Database) -> TestClient:  # noqa: ARG001 - the council it calls
    """A young person's phone at that council."""
    return a_phone()


@pytest.fixture
def browser(door: DoorServer) -> Iterator[httpx2.Client]:
    """A browser on the door's own page, from an address that nobody has tried from yet."""
    with door.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM login_attempt")
    with door.client() as client:
        client.headers["Origin"] = door.url
        yield client
