"""A real browser and a real server, as each of the demo people or as a stranger."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.helpers.live_server import LiveServer
from tests.helpers.looking import DESK, Visit, chromium_here, wait_ready

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for all tests of this process; `helpers.running` says what others mind of it."""
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
        except Error:
            pytest.skip(
                "No browser: install chromium (on Debian: apt-get install chromium) or run"
                " .venv/bin/playwright install chromium"
            )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def cookies() -> dict[str, str]:
    """The sessions opened so far, one for each demo person."""
    return {}


@pytest.fixture(scope="session")
def tabs() -> dict[str, Page]:
    """The tabs that may be used again, by reader and screen. To open a tab, and to load in it what
    every page needs, costs more than most tests do.
    """
    return {}


@pytest.fixture
def visit(
    browser: Browser, server: LiveServer, cookies: dict[str, str], tabs: dict[str, Page]
) -> Iterator[Visit]:
    """Open an address as a demo person, or as a stranger when no name is given.

    A stranger finds a browser that nobody has used. Somebody signed in may find the tab of an
    earlier test, as empty as a new one; `fresh=True` opens a separate session in a browser of its
    own, for tests that end it. After the test it checks that no page asked another host for
    anything, looked for the server at its own address, or broke the content policy.
    """
    no_drafts_left(server)
    outside, complaints = [], []
    own: list[Page] = []
    lent: dict[str, Page] = {}

    def note(request: Request) -> None:
        outside.append(request.url)

    def hear(said: ConsoleMessage) -> None:
        complaints.append(said.text)

    def tab_for(username: str | None, fresh: bool, screen: dict[str, Any]) -> Page:
        name = f"{username} {screen}"
        if username is None or fresh or name in lent:
            own.append(new_tab(browser, screen))
            return own[-1]
        lent[name] = tabs.pop(name, None) or new_tab(browser, screen)
        lent[name].set_viewport_size(screen["viewport"])
        return lent[name]

    def open_address(
        path: str = "/", username: str | None = None, *, fresh: bool = False, **screen: Any
    ) -> Page:
        page = tab_for(username, fresh, screen or DESK)
        if username:
            cookie = "" if fresh else cookies.get(username, "")
            if not server.is_signed_in(cookie):
                cookie = server.sign_in(username)
            if not fresh:
                cookies[username] = cookie
            pairs = [pair.partition("=") for pair in cookie.split("; ")]
            page.context.add_cookies(
                [{"name": n, "value": v, "url": server.url} for n, _, v in pairs]
            )
        page.context.on("request", note)
        page.on("console", hear)
        page.goto(server.url + path)
        wait_ready(page)
        return page

    yield open_address

    for page in own:
        page.context.close()
    for name, page in lent.items():
        page.context.remove_listener("request", note)
        if page.is_closed():
            page.context.close()
        else:
            page.remove_listener("console", hear)
            empty(page)
            tabs[name] = page
    here = (server.url, server.url.replace("http", "ws"), "data:", "blob:", "about:")
    assert [url for url in outside if not url.startswith(here)] == []
    assert [url for url in outside if re.search(r"//[^/]+/\w+/_stcore/", url)] == []
    assert [said for said in complaints if "Content Security Policy" in said] == []


def no_drafts_left(server: LiveServer) -> None:
    """Let a test find its forms empty, whatever others typed on the server that they share."""
    with closing(sqlite3.connect(server.folder / "coprod.db", timeout=30)) as db, db:
        db.execute("DELETE FROM draft")


def new_tab(browser: Browser, screen: dict[str, Any]) -> Page:
    """Open a tab in a browser that nobody has used."""
    return browser.new_context(
        locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", **screen
    ).new_page()


def empty(page: Page) -> None:
    """Take from a tab what a test left in it, but not what the browser has loaded."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.unroute_all()
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.emulate_media(media="null")
    page.context.clear_cookies()
    page.goto(urljoin(page.url, "/privacy"))  # any other server's page would end its process
