"""Checking in a browser: no key lets words out, nothing is run, nothing is lost on reload."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.helpers.live_server import LiveServer, hidden_fields
from tests.helpers.looking import SCREENS, axe_violations, sideways, wait_ready
from tests.helpers.payloads import PAYLOADS

HEADING = re.compile(r"^No\. \d+: ")
WORKER = "youth.voice.two"


def send(server: LiveServer, *texts: str) -> None:
    """Young people send these texts; the Board may read them."""
    for text in texts:
        with server.client() as phone:
            form = hidden_fields(phone.get("/share").text)
            answer = phone.post(
                "/share",
                data={**form, "thinks": text, "board": "yes"},
                headers={"Origin": server.url},
            )
            assert "data-card-code" in answer.text


def open_first(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"^Read no\. \d+$")).first.click()
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    wait_ready(page)


def open_newest(page: Page) -> None:
    more = page.get_by_role("button", name=re.compile(r"^Show the other (one|\d+)$"))
    if more.count():
        more.click()
        expect(more).to_have_count(0)  # the run that shows them may begin late
        wait_ready(page)
    rows = page.get_by_role("button", name=re.compile(r"^Read no\. \d+"))
    newest = max(int(re.findall(r"\d+", words)[0]) for words in rows.all_inner_texts())
    page.get_by_role("button", name=re.compile(rf"^Read no\. {newest}$")).click()
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    wait_ready(page)


def number_on(page: Page) -> str:
    return page.get_by_role("heading", name=HEADING).inner_text().split(":")[0]


@pytest.mark.parametrize("screen", SCREENS)
def test_an_opened_entry_is_accessible_and_fits(visit: Visit, server: LiveServer, screen: str):
    send(server, "The bus does not come on Sundays.")
    page = visit("/checking", WORKER, **SCREENS[screen])
    assert axe_violations(page) == []
    assert sideways(page) == []

    open_newest(page)  # the first may wait for its second reader, who has no other steps
    assert axe_violations(page) == []
    assert sideways(page) == []

    for step in ("Write a summary", "Ask them first", "Move to another theme"):
        page.get_by_role("radio", name=step).click()
        wait_ready(page)
        assert axe_violations(page) == []
        assert sideways(page) == []


def test_no_key_lets_words_out_and_the_box_offers_none(visit: Visit, server: LiveServer):
    send(server, "Please mend the light.")
    page = visit("/checking", WORKER)
    open_newest(page)
    number = number_on(page)
    page.wait_for_timeout(1_600)
    box = page.get_by_label("What they think")
    box.click()
    box.press("End")
    box.type(" ")
    assert page.get_by_text("Press Ctrl+Enter to apply").is_hidden()

    for _ in range(3):
        page.keyboard.press("Control+Enter")
        wait_ready(page)

    expect(page.get_by_role("heading", name=HEADING)).to_contain_text(number)
    expect(page.get_by_text("Released.")).to_have_count(0)


def test_by_keyboard_a_decision_and_the_next_entry_are_four_presses_each_made_anew(
    visit: Visit, server: LiveServer
):
    send(server, "Please mend the lamp.", "Please mend the gate.")
    page = visit("/checking", WORKER)
    open_newest(page)
    expect(page.get_by_role("heading", name=HEADING)).to_be_focused()
    page.wait_for_timeout(1_600)
    following = page.get_by_role("button", name=re.compile(r"^Open the next"))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Release it")).to_be_focused()
    page.keyboard.down("Enter")
    expect(following).to_be_focused()
    told = following.get_attribute("aria-describedby")
    assert "Released." in page.locator(f"#{told}").inner_text()
    page.keyboard.down("Enter")  # the same press, held down
    wait_ready(page)
    expect(following).to_be_focused()
    page.keyboard.up("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=HEADING)).to_be_focused()


def test_what_a_checker_typed_survives_a_reload(visit: Visit, server: LiveServer):
    send(server, "Dave lost my box with the photos.")
    page = visit("/checking", WORKER)
    open_first(page)
    box = page.get_by_label("What they think")
    box.fill("[Somebody] " + box.input_value())
    box.press("Tab")
    expect(page.get_by_text("must stay as they were written")).to_be_visible()
    number = number_on(page).removeprefix("No. ")

    page.reload()
    wait_ready(page)
    page.get_by_role("button", name=f"Read no. {number}").click()

    expect(page.get_by_label("What they think")).to_have_value(re.compile(r"^\[Somebody\] "))


def test_markup_that_a_child_typed_is_read_as_typed_and_runs_nothing(
    visit: Visit, server: LiveServer
):
    send(server, "\n".join(PAYLOADS))
    page = visit("/checking", WORKER)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_newest(page)

    raw = page.locator(".raw").inner_text()

    assert [payload for payload in PAYLOADS if payload.replace("\t", " ").split("\n")[0]
            not in raw.replace("\t", " ")] == []  # fmt: skip
    assert page.locator(".raw script, .raw img, .raw iframe, .raw a").count() == 0
    assert dialogs == []
