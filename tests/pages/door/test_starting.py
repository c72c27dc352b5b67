"""While an invented council is played into a new database, everybody is told how far it is."""

import asyncio
import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from coprod_data.store import database as process
from coprod_data.store.database import Database
from coprod_data.store.schema import migrate
from pages.door import start
from pages.door.lifespan import lifespan
from pages.door.starting import still_starting
from pages.door.wall import Wall
from tests.helpers.databases import Databases
from tests.helpers.running import run


@pytest.fixture
def play(
    monkeypatch: pytest.MonkeyPatch, databases: Databases, key_file: Path, tmp_path: Path
) -> tuple[threading.Event, list[str]]:
    """A play that goes on until the event is set, and what became of it."""
    goes_on, became = threading.Event(), list[str]()

    def play_seed(
        _database: Database, _today: date, _folder: Path, tell: Callable[[int, int], None]
    ) -> None:
        try:
            tell(35, 100)
            while not goes_on.wait(0.01):
                tell(35, 100)
        except BaseException:
            became.append("stopped")
            raise
        became.append("played")

    empty = databases("sqlite", "empty", lambda database: migrate(database.engine)).fresh()
    shutil.move(empty.removeprefix("sqlite:///"), tmp_path / "council.db")
    shutil.copy(key_file, tmp_path / "key")
    monkeypatch.setattr(start, "play_seed", play_seed)
    monkeypatch.setattr(process, "_current", None)
    monkeypatch.setenv("COPROD_DATABASE_URL", f"sqlite:///{tmp_path / 'council.db'}")
    monkeypatch.setenv("COPROD_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("COPROD_SEED", "small")
    return goes_on, became


async def until(true: Callable[[], Any]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


async def asked(wall: Wall, path: str) -> httpx2.Response:
    transport = httpx2.ASGITransport(wall)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get(path)


def test_a_watcher_and_a_browser_are_told_and_both_get_in_afterwards(
    play: tuple[threading.Event, list[str]],
) -> None:
    goes_on, became = play

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"the page"})

    async def walk() -> None:
        wall, closed = Wall(app, []), []

        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            closed.append(message["type"])

        async with lifespan(None):
            await until(lambda: "35%" in str(getattr(still_starting(watcher=True), "body", "")))
            for path in ("/healthz", "/readyz"):
                answer = await asked(wall, path)
                assert (answer.status_code, answer.text) == (503, "starting, 35%")
            for path in ("/", "/share", "/_stcore/health", "/no-such-page"):
                answer = await asked(wall, path)
                assert (answer.status_code, answer.headers["refresh"]) == (503, "5")
                assert "An invented council is being set up: 35%." in answer.text
            scope = {
                "type": "websocket",
                "path": "/_stcore/stream",
                "headers": [(b"host", b"localhost")],
            }
            await wall(scope, receive, send)
            assert closed == ["websocket.close"]
            assert process._current is None
            goes_on.set()
            await until(
                lambda: process._current is not None and still_starting(watcher=True) is None
            )
            assert (await asked(wall, "/_stcore/health")).text == "the page"

    run(walk())
    assert became == ["played"]


def test_a_server_that_is_stopped_meanwhile_stops_the_play(
    play: tuple[threading.Event, list[str]],
) -> None:
    _, became = play

    async def walk() -> None:
        async with lifespan(None):
            await until(lambda: still_starting(watcher=True))
            await asyncio.sleep(0.05)
        await until(lambda: became)

    run(walk())
    assert became == ["stopped"]
    assert process._current is None
    assert still_starting(watcher=True) is None
