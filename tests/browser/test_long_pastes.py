"""What is longer than a box takes stays in it, and is refused beside it; nothing of it is saved."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page

from coprod_data.rules.pasted_promise import LONGEST_PASTED
from coprod_data.rules.texts import LONGEST
from tests.browser.conftest import Visit
from tests.browser.test_drafts import OPEN_ALL, go, go_inside
from tests.helpers.boxes import LINES, REACHED
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import wait_ready

WALKS = sorted({walk for walks in [*REACHED.values(), *LINES.values()] for walk in walks})
BOX = (
    "[data-testid=stMain] :is(textarea, .stTextInput input, .stNumberInput input)"
    ":visible:not(:disabled)"
)
FAULT = re.compile(r"This is [0-9,]+ letters long\. Keep it to [0-9,]+: take out [0-9,]+\.")
NUMBER = re.compile(r"Give a number from -?[0-9,.]+ to [0-9,.]+\.")
A_SEARCH = ".st-key-find-box, .st-key-search-box, .st-key-cards-search"
# The button that sends a box is the first after it that is not about the box itself.
MARK = """([box, search]) => {
  const boxes = [...document.querySelectorAll(box.replaceAll(':visible', ''))]
    .filter((one) => one.checkVisibility() && !one.closest(search));
  const notSaving = '[class*=-again], [class*=quote], .stNumberInput, .stHtml, summary';
  const buttons = [...document.querySelectorAll(
    '[data-testid=stMain] :is(.stButton, .stFormSubmitButton) button:not(:disabled)')]
    .filter((one) => one.checkVisibility() && !one.closest(notSaving));
  const sends = boxes.map((one) => buttons.findIndex((button) =>
    one.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING));
  boxes.forEach((one, n) => one.setAttribute('data-walk', n));
  buttons.forEach((one, n) => one.setAttribute('data-send', n));
  return sends;
}"""


def prepared(page: Page) -> list[int]:
    """Number boxes and buttons of the page. Returns for each box the button that sends it."""
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(400)
    sends: list[int] = page.evaluate(MARK, [BOX, A_SEARCH])
    return sends


def prepared_again(page: Page, sends: list[int]) -> bool:
    """Number them again; a fold that the page has drawn anew takes a moment to open."""
    return any(prepared(page) == sends for _ in range(5))


def box_of(page: Page, number: int) -> Locator:
    return page.locator(f"[data-walk='{number}']")


def too_much(box: Locator) -> str:
    if box.get_attribute("type") == "number":
        return "-3"
    longest = (
        LONGEST_PASTED if "Your Promise" in (box.get_attribute("aria-label") or "") else LONGEST
    )
    return ("too long " * longest)[: longest + 200].strip() + "."


def said_beside(box: Locator) -> str:
    return box.locator("xpath=ancestor::*[@data-testid='stVerticalBlock'][1]").inner_text()


def saved(server: LiveServer) -> int:
    with closing(sqlite3.connect(server.folder / "coprod.db", timeout=30)) as db:
        found: int = db.execute("SELECT count(*) FROM event WHERE actor_id IS NOT NULL").fetchone()[
            0
        ]
        return found


@pytest.mark.parametrize(("username", "path"), WALKS)
def test_what_is_too_long_stays_and_is_refused_beside_its_box(
    visit: Visit, server: LiveServer, username: str, path: str
):
    page = visit(path, username)
    sends, before = prepared(page), saved(server)
    if not sends:
        go_inside(page, path)
        sends, path = prepared(page), page.url
    assert sends, f"no box on {path}"

    wrong = []
    for button in sorted({one for one in sends if one >= 0}):
        if sends != prepared(page):
            go(page, path)
            sends = prepared(page)
        mine = {number: "" for number, one in enumerate(sends) if one == button}
        for number in mine:
            box = box_of(page, number)
            mine[number] = too_much(box)
            box.fill(mine[number])
            box.press("Tab")
        wait_ready(page)
        assert prepared_again(page, sends)  # what was drawn again has no marks
        words = page.locator(f"[data-send='{button}']").inner_text()
        page.locator(f"[data-send='{button}']").click()
        page.wait_for_timeout(500)
        wait_ready(page)
        prepared_again(page, sends)
        for number, typed in mine.items():
            box = box_of(page, number)
            if not box.count():
                wrong.append((words, number, "gone"))
                continue
            if box.input_value().removesuffix(".00") != typed:
                wrong.append((words, number, f"holds {len(box.input_value())} letters"))
            if not (FAULT.search(said_beside(box)) or NUMBER.search(said_beside(box))):
                wrong.append((words, number, f"says nothing: {box.get_attribute('aria-label')}"))
        if saved(server) != before:
            wrong.append((words, -1, "saved"))
            before = saved(server)
    assert wrong == []
