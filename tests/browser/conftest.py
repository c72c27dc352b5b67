"""A real browser and a real server, as each of the demo people or as a stranger."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

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


@pytest.fixture
def visit(browser: Browser, server: LiveServer, cookies: dict[str, str]) -> Iterator[Visit]:
    """Open an address as a demo person, or as a stranger when no name is given.

    `fresh=True` opens a separate session, for tests that end it. After the test it checks that no
    page asked another host for anything, looked for the server at its own address, or broke the
    content policy.
    """
    contexts, outside, complaints = [], [], []

    def open_address(
        path: str = "/", username: str | None = None, *, fresh: bool = False, **screen: object
    ) -> Page:
        context = browser.new_context(
            locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", **(screen or DESK)
        )
        contexts.append(context)
        if username:
            cookie = "" if fresh else cookies.get(username, "")
            if not server.is_signed_in(cookie):
                cookie = server.sign_in(username)
            if not fresh:
                cookies[username] = cookie
            pairs = [pair.partition("=") for pair in cookie.split("; ")]
            context.add_cookies([{"name": n, "value": v, "url": server.url} for n, _, v in pairs])
        context.on("request", lambda request: outside.append(request.url))
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(server.url + path)
        wait_ready(page)
        return page

    yield open_address

    for context in contexts:
        context.close()
    own = (server.url, server.url.replace("http", "ws"), "data:", "blob:", "about:")
    assert [url for url in outside if not url.startswith(own)] == []
    assert [url for url in outside if re.search(r"//[^/]+/\w+/_stcore/", url)] == []
    assert [said for said in complaints if "Content Security Policy" in said] == []
