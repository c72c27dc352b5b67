"""The checks of the browser tests find what they are meant to find."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.helpers.looking import REFLOW, axe_violations, sideways

SOUND = """<!doctype html><html lang="en-GB"><title>Sound</title>
<main><h1>Sound</h1><p>Nothing to find here.</p></main></html>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(**REFLOW)
    yield page
    page.close()


def test_a_sound_page_is_clean(page: Page):
    page.set_content(SOUND)

    assert axe_violations(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<input>", "label"),
        ("<p style='color:#ccc;background:#fff'>Pale words</p>", "color-contrast"),
        ("<h4>A heading out of order</h4>", "heading-order"),
        ("<button style='width:9px;height:9px'>a</button>" * 3, "target-size"),
    ],
)
def test_a_fault_is_named(page: Page, fault: str, rule: str):
    page.set_content(SOUND.replace("</main>", f"{fault}</main>"))

    assert any(line.startswith(rule) for line in axe_violations(page))


def test_what_stands_outside_the_landmarks_is_named_unless_it_is_the_one_that_may(page: Page):
    page.set_content(SOUND.replace("</html>", "<p id='one'>One</p><p id='two'>Two</p></html>"))
    assert [line.split()[2] for line in axe_violations(page)] == ["#one", "#two"]
    assert [line.split()[2] for line in axe_violations(page, outside="#one")] == ["#two"]


def test_what_is_too_wide_is_named_unless_it_scrolls_in_its_own_box(page: Page):
    wide = "<div class='wide' style='width:900px'>wide</div>"
    page.set_content(SOUND.replace("</main>", f"{wide}</main>"))
    assert sideways(page) == ["wide"]

    page.set_content(SOUND.replace("</main>", f"<div style='overflow-x:auto'>{wide}</div></main>"))
    assert sideways(page) == []
