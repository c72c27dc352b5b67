"""What staff type is there again after the session ended, without having left the last box."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visit
from tests.helpers.boxes import REACHED
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import wait_ready

PAUSE = 1_500  # ms: a second after the last key it is kept
OPEN_ALL = """() => document.querySelectorAll('details:not([open]) > summary')
  .forEach((one) => one.click())"""


@pytest.fixture(autouse=True)
def no_drafts_left(server: LiveServer) -> Iterator[None]:
    """The server has tests after these, which find their forms empty."""
    yield
    with closing(sqlite3.connect(server.folder / "coprod.db", timeout=30)) as db, db:
        db.execute("DELETE FROM draft")


WALKS = sorted({walk for walks in REACHED.values() for walk in walks})


def boxes(page: Page) -> Locator:
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(400)
    return page.locator("[data-testid=stMain] textarea:visible:not(:disabled)")


def inner(page: Page, path: str) -> str:
    """The address of a page of its kind that has boxes: itself, else the first thing on it."""
    if boxes(page).count():
        return path
    links = page.locator(f"[data-testid=stMain] a[href^='{path}?']")
    for number in range(min(links.count(), 6)):
        address = links.nth(number).get_attribute("href") or path
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + address)
        wait_ready(page)
        if boxes(page).count():
            return address
        page.go_back()
        wait_ready(page)
    raise AssertionError(f"no box of several lines behind {path}")


@pytest.mark.parametrize(("username", "path"), WALKS)
def test_words_are_there_again_after_the_session_has_ended(visit: Visit, username: str, path: str):
    page = visit(path, username, fresh=True)
    address = inner(page, path)
    count = boxes(page).count()
    for number in range(count):
        box = boxes(page).nth(number)
        box.click()
        box.press("Control+End")
        box.press_sequentially(f" typed {number}", delay=5)
    page.wait_for_timeout(PAUSE)  # no key, no click: as when somebody is called away
    wait_ready(page)
    page.context.clear_cookies()  # whoever comes back has to sign in again
    page.close()

    again = visit(address, username, fresh=True)

    found = boxes(again)
    words = [found.nth(number).input_value() for number in range(found.count())]
    lost = [
        number
        for number in range(count)
        if not any(one.endswith(f"typed {number}") for one in words)
    ]
    assert lost == [], words


def test_words_are_there_again_after_a_reload_and_after_back(visit: Visit):
    page = visit("/groups?id=1", "youth.voice", fresh=True)
    box = boxes(page).first
    box.click()
    box.press("Control+End")
    box.press_sequentially(" before the reload", delay=5)
    page.wait_for_timeout(PAUSE)

    page.reload()
    wait_ready(page)
    assert boxes(page).first.input_value().endswith("before the reload")

    page.goto(page.url.split("/groups")[0] + "/opportunities")
    wait_ready(page)
    page.go_back()
    wait_ready(page)
    assert boxes(page).first.input_value().endswith("before the reload")

    box = boxes(page).first
    box.click()
    box.press("Control+End")
    box.press_sequentially(", and at once", delay=5)
    page.reload()  # without a pause after the last key
    wait_ready(page)
    assert boxes(page).first.input_value().endswith("before the reload, and at once")
