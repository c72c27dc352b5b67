"""/card on a phone, with the codes of the demo council and with a new one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_share import MODES, NO_SCRIPT, sent_code, write
from tests.helpers.live_server import LiveServer
from tests.helpers.looking import PHONE, axe_violations, sideways


def demo_codes(server: LiveServer) -> list[str]:
    """The card codes that a demo council lists on its sign-in page."""
    with server.client() as client:
        page = client.get("/sign-in").text
    return re.findall(r"<kbd>((?:[a-z]+ ){3}[a-z]+)</kbd>", page)


def show(page: Page, code: str) -> None:
    page.get_by_label("Type your four words").fill(code)
    page.get_by_role("button", name="Show my card").click()
    expect(page.get_by_role("heading", name="Where is it now?")).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_the_code_page_and_its_fault_are_accessible_and_fit(visit: Visit, mode: str):
    page = visit("/card", **MODES[mode])
    assert axe_violations(page) == []
    assert sideways(page) == []

    page.get_by_label("Type your four words").fill("not a real code")
    page.get_by_role("button", name="Show my card").click()

    expect(page.get_by_text("We do not know that code.")).to_be_visible()
    expect(page.get_by_label("Type your four words")).to_be_focused()
    assert axe_violations(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize("mode", MODES)
def test_every_card_of_the_demo_is_accessible_and_fits(visit: Visit, server: LiveServer, mode: str):
    codes = demo_codes(server)
    assert len(codes) >= 6
    page = visit("/card", **MODES[mode])

    for code in codes:
        show(page, code)
        assert axe_violations(page) == []
        assert sideways(page) == []
        expect(page.get_by_text("0800 1111")).to_be_visible()
        page.get_by_role("link", name="Close my card").click()


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_a_card_is_followed_shared_and_taken_back(visit: Visit, screen: dict):
    page = visit("/share", **screen)
    write(page)
    code = sent_code(page)
    page.get_by_role("button", name="See my card").click()

    expect(page.get_by_text("I want my bike back.")).to_be_visible()
    assert code.split()[0] not in page.url
    page.get_by_label("No, only the team reads it").check()
    page.get_by_role("button", name="Save this").click()
    expect(page.get_by_label("No, only the team reads it")).to_be_checked()
    expect(page.get_by_text("The Board does not see your words. You chose that.")).to_have_count(0)

    page.get_by_role("button", name="Take my card back").click()
    page.get_by_role("button", name="No, keep it").click()
    expect(page.get_by_text("I want my bike back.")).to_be_visible()
    page.get_by_role("button", name="Take my card back").click()
    if screen is PHONE:  # axe is a script
        assert axe_violations(page) == []
    page.get_by_role("button", name="Yes, take it back").click()

    expect(page.get_by_role("heading", name="You took this card back.")).to_be_visible()
    expect(page.get_by_text("I want my bike back.")).to_have_count(0)


def test_nobody_sees_a_card_by_pressing_back_after_leaving(visit: Visit, server: LiveServer):
    page = visit("/card", **PHONE)
    show(page, demo_codes(server)[0])
    words = page.locator("[data-own-words]").first.inner_text()
    page.evaluate("document.querySelector('[data-leave]').href = location.origin + '/healthz'")

    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("**/healthz")
    page.go_back()

    assert words not in page.content()
