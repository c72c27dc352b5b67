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
    return re.findall(r"<kbd>((?:[a-z]+ ){3,4}[a-z]+)</kbd>", page)


def show(page: Page, code: str) -> None:
    page.get_by_label("Type the words of your code").fill(code)
    page.get_by_role("button", name="Show my card").click()
    expect(page.get_by_role("heading", name="Where is it now?")).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_the_code_page_and_its_fault_are_accessible_and_fit(visit: Visit, mode: str):
    page = visit("/card", **MODES[mode])
    assert axe_violations(page) == []
    assert sideways(page) == []

    page.get_by_label("Type the words of your code").fill("maple rocket sudden orange")
    page.get_by_role("button", name="Show my card").click()

    expect(page.get_by_text("We do not know that code.")).to_be_visible()
    expect(page.get_by_label("Type the words of your code")).to_be_focused()
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
        expect(page.get_by_text("0800 1111").last).to_be_visible()
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
    expect(page.get_by_text("The Board does not see your words.")).to_have_count(0)

    page.get_by_role("button", name="Take my card back").click()
    expect(page.get_by_role("button", name="Yes, take it back")).to_be_visible()
    if screen is PHONE:  # Back, and Reload, show the card, not a question about sending again
        for again in (page.go_back, page.reload):
            again()
            expect(page.get_by_text("I want my bike back.")).to_be_visible()
            expect(page.get_by_role("heading", name="Where is it now?")).to_be_visible()
        assert code.split()[0] not in page.url
        page.get_by_role("button", name="Take my card back").click()
    page.get_by_role("button", name="No, keep it").click()
    expect(page.get_by_text("I want my bike back.")).to_be_visible()
    page.get_by_role("button", name="Take my card back").click()
    sure = page.get_by_role("button", name="Yes, take it back")
    expect(sure).to_be_visible()
    if screen is PHONE:  # axe is a script
        assert axe_violations(page) == []
    sure.click()

    expect(page.get_by_role("heading", name="You took this card back.")).to_be_visible()
    expect(page.get_by_text("I want my bike back.")).to_have_count(0)
    if screen is PHONE:  # without script the browser asks, or shows a page of its own
        for again in (page.go_back, page.reload):
            again()
            expect(page.get_by_label("Type the words of your code")).to_be_visible()


def test_nobody_sees_a_card_by_pressing_back_after_leaving(visit: Visit, server: LiveServer):
    page = visit("/card", **PHONE)
    show(page, demo_codes(server)[0])
    words = page.locator("[data-own-words]").first.inner_text()
    page.evaluate("document.querySelector('[data-leave]').href = location.origin + '/healthz'")

    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("**/healthz")
    page.go_back()

    assert words not in page.content()


def test_back_after_sending_shows_the_code_and_a_fresh_visit_does_not(visit: Visit):
    page = visit("/share", **PHONE)
    write(page)
    code = sent_code(page)

    page.go_back()

    expect(
        page.get_by_role("heading", name="You have sent your card. Here is your code.")
    ).to_be_visible()
    expect(page.locator("[data-sent-again] [data-card-code]")).to_have_text(code)
    expect(page.locator("[data-sent-again] [data-card-code]")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Send my card")).to_be_hidden()
    assert axe_violations(page) == []
    page.get_by_role("link", name="Write another card").click()
    expect(page.locator("[data-sent-again]")).to_be_hidden()
    assert code not in page.evaluate("JSON.stringify(sessionStorage)")


def test_the_code_is_kept_for_back_for_ten_minutes_on_whatever_page(visit: Visit):
    page = visit("/share", **PHONE)
    page.clock.install()
    write(page)
    code = sent_code(page)
    page.get_by_role("button", name="See my card").click()
    expect(page.get_by_role("heading", name="Where is it now?")).to_be_visible()

    page.clock.fast_forward("09:50")
    assert code in page.evaluate("JSON.stringify(sessionStorage)")
    page.clock.fast_forward("00:20")

    assert page.evaluate("sessionStorage.getItem('card-sent')") is None


def test_once_they_have_their_code_back_shows_it_no_more(visit: Visit):
    page = visit("/share", **PHONE)
    write(page)
    code = sent_code(page)
    page.get_by_role("button", name="See my card").click()
    page.get_by_text("Show my code").click()
    page.get_by_role("button", name="I have it").click()

    expect(page.get_by_text("We will not show your code again.")).to_be_visible()
    assert code not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")


def test_leave_quickly_after_sending_leaves_no_code_for_back(visit: Visit):
    page = visit("/share", **PHONE)
    write(page)
    code = sent_code(page)
    page.evaluate("document.querySelector('[data-leave]').href = location.origin + '/healthz'")

    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("**/healthz")
    page.go_back()

    expect(page.locator("[data-sent-again]")).to_be_hidden()
    assert code not in page.content()


def test_without_script_back_shows_an_empty_form_and_says_nothing_of_the_card(visit: Visit):
    page = visit("/share#check", **NO_SCRIPT)
    never_sent = page.locator("main").inner_text()
    page.goto(page.url.split("#")[0])
    write(page)
    code = sent_code(page)

    page.go_back()

    assert page.locator("main").inner_text() == never_sent
    assert code not in page.content()


@pytest.mark.parametrize("screen", [PHONE, NO_SCRIPT], ids=["script", "no script"])
def test_a_misspelt_word_is_put_right_by_a_press(visit: Visit, screen: dict):
    page = visit("/share", **screen)
    write(page)
    first, *others = sent_code(page).split()
    page.goto(page.url.split("/share")[0] + "/card")
    page.get_by_label("Type the words of your code").fill(
        " ".join([first + first[-1] * 3, *others])
    )
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"We do not know “{first}{first[-1] * 3}”")).to_be_visible()
    if screen is PHONE:
        assert axe_violations(page) == []
        assert sideways(page) == []

    page.get_by_role("button", name=first, exact=True).click()

    expect(page.get_by_role("heading", name="Where is it now?")).to_be_visible()
    page.locator("summary", has_text="Show my code").click()
    page.get_by_role("button", name="I have it").click()
    expect(page.get_by_text("Show my code")).to_have_count(0)
