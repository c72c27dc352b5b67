"""What staff type is there again after the session ended, without having left the last box."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visit, no_drafts_left
from tests.helpers.boxes import REACHED
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import wait_ready

PAUSE = 1_500  # ms: a second after the last key it is kept
OPEN_ALL = """() => document.querySelectorAll('details:not([open]) > summary')
  .forEach((one) => one.click())"""


@pytest.fixture(autouse=True)
def typed_is_forgotten(server: LiveServer) -> Iterator[None]:
    """Tests over sockets share the server too."""
    yield
    no_drafts_left(server)


WALKS: dict[str, list[str]] = {}
for name, place in sorted({walk for walks in REACHED.values() for walk in walks}):
    WALKS.setdefault(name, []).append(place)


def boxes(page: Page) -> Locator:
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(400)
    return page.locator("[data-testid=stMain] textarea:visible:not(:disabled)")


def go(page: Page, address: str) -> None:
    page.goto(urljoin(page.url, address))
    wait_ready(page)


def go_inside(page: Page, path: str) -> None:
    """Go from a page of a kind that has no boxes to the first thing on it that has."""
    links = page.locator(f"[data-testid=stMain] a[href^='{path}?']")
    addresses = [link.get_attribute("href") or path for link in links.all()[:6]]
    for address in addresses:
        if boxes(page).count():
            return
        go(page, address)
    assert boxes(page).count(), f"no box of several lines behind {path}"


def type_everywhere(page: Page, said: str) -> int:
    """Add to the words of each box, and leave it for the next. Returns how many there are."""
    count = boxes(page).count()
    for number in range(count):
        box = boxes(page).nth(number)
        box.click()
        box.press("Control+End")
        box.press_sequentially(f" {said}.{number}.", delay=5)
    page.wait_for_timeout(PAUSE)  # no key, no click: as when somebody is called away
    wait_ready(page)
    return count


@pytest.mark.parametrize("username", WALKS)
def test_words_are_there_again_after_the_session_has_ended(visit: Visit, username: str):
    page = visit(WALKS[username][0], username, fresh=True)
    typed = {}
    for place, path in enumerate(WALKS[username]):
        go(page, path)
        go_inside(page, path)
        said = f"typed {place}"
        typed[said] = page.url, type_everywhere(page, said)
    page.context.clear_cookies()  # whoever comes back has to sign in again
    page.close()

    again = visit(WALKS[username][0], username, fresh=True)

    lost = []
    for said, (address, count) in typed.items():
        go(again, address)
        found = boxes(again)
        words = [found.nth(number).input_value() for number in range(found.count())]
        ends = [f"{said}.{number}." for number in range(count)]
        lost += [(address, end) for end in ends if not any(end in one for one in words)]
    assert lost == []


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
    page.keyboard.press("F5")  # no pause after the last key: the page sees the key that reloads it
    page.wait_for_timeout(100)
    for _ in range(3):  # a busy server may draw the page again before it has kept the last words
        page.reload()
        wait_ready(page)
        words = boxes(page).first.input_value()
        if words.endswith(", and at once"):
            break
    assert words.endswith("before the reload, and at once")
