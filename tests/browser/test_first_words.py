"""What a page says is read before Streamlit has arrived, stays in place when it does, and is there
without script too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.helpers.live_server import LiveServer
from tests.helpers.looking import DESK, PHONE, Visit, axe_violations, sideways, wait_ready

STREAMLIT = "**/static/js/index.*"
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });"""
STILL_SHIFT = 0.01
# where each heading and link stands, in their order
BOXES = """(where) => [...document.querySelectorAll(`${where} .stHtml :is(h1, h2, h3, a, button)`)]
  .filter((one) => one.checkVisibility() && !one.closest(".st-key-find, .first-alone"))
  .map((one) => [one.tagName, one.textContent.replace(/\\s+/g, " ").trim(),
    ...["x", "y", "width", "height"].map((at) => Math.round(one.getBoundingClientRect()[at]))])"""
PLACES = ["/", "/actions", "/opportunities", "/report_cards", "/my_work"]


@contextmanager
def streamlit_held_back(page: Page) -> Iterator[None]:
    """Keep Streamlit's script from arriving until the block ends."""
    waiting: list[Route] = []
    page.route(STREAMLIT, lambda route: waiting.append(route))
    yield
    for route in waiting:
        route.continue_()
    page.unroute(STREAMLIT)


def come_to(page: Page, address: str) -> None:
    """Open an address; on a busy machine a document may go out without its words: once more."""
    for _ in range(6):
        page.goto(address, wait_until="commit")  # without its words it waits for what is held back
        page.wait_for_selector("#root", state="attached")
        if page.locator("#first").count():
            return


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_words_come_first_and_stay_where_they_are(
    visit: Visit, server: LiveServer, screen: dict[str, object]
):
    page = visit("/account", "board.member", **screen)
    page.context.add_cookies([{"name": "screen", "value": "narrow", "url": server.url}])
    page.add_init_script(SHIFTS)
    for path in PLACES:
        with streamlit_held_back(page):
            come_to(page, server.url + path)
            page.wait_for_function("() => document.fonts.status === 'loaded'")
            page.wait_for_timeout(300)
            link = page.locator("#first main a[href*='?']:visible").nth(1)
            link.focus()
            focused = link.get_attribute("href")
            before = page.evaluate(BOXES, "#first")
            assert axe_violations(page) + sideways(page) == [], path
        wait_ready(page)

        assert page.evaluate(BOXES, "#root")[: len(before) - 3] == before[:-3], path  # not the foot
        assert page.evaluate("() => document.activeElement.getAttribute('href')") == focused
        assert page.evaluate("() => window.shifted") <= STILL_SHIFT, path
        assert axe_violations(page) == [], path


@pytest.mark.parametrize("path", PLACES)
def test_a_page_is_read_without_script_with_help_and_the_way_out(
    browser: Browser, server: LiveServer, path: str
):
    context = browser.new_context(java_script_enabled=False, **PHONE)
    cookies = f"{server.sign_in('board.member')}; screen=narrow"
    for name, _, value in [one.partition("=") for one in cookies.split("; ")]:
        context.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = context.new_page()
    come_to(page, server.url + path)

    expect(page.locator("#first h1")).to_be_visible()
    expect(page.get_by_text("0800 1111")).to_be_visible()
    page.get_by_text("Menu", exact=True).click()
    expect(page.get_by_role("link", name="Action plan").first).to_be_visible()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    assert page.url == server.url + "/sign-in?note=out"
    page.wait_for_load_state()
    page.go_back()
    page.go_back()
    assert "/sign-in" in page.url
    assert page.locator("#first").count() == 0
    context.close()
