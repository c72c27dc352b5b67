"""A menu longer than the screen folds its end away, and is used by keyboard and by thumb."""

import pytest
from playwright.sync_api import Page

from tests.helpers.looking import DESK, PHONE, Visit, axe_violations, sideways, wait_ready

LAID_OVER = "div:has(> [data-testid=stTopNavPopoverBody])"  # Streamlit hangs it beside the page
FOLDED = "[data-testid=stTopNavDropdownLink]"


def heights(page: Page, links: str) -> list[float]:
    return page.eval_on_selector_all(links, "all => all.map(a => a.getBoundingClientRect().height)")


def test_the_end_of_a_long_menu_opens_by_keyboard(visit: Visit):
    page = visit("/checking", "youth.voice", **DESK)
    more = page.get_by_test_id("stTopNavSection")
    more.focus()
    page.keyboard.press("Enter")
    page.locator(FOLDED).first.wait_for()
    wait_ready(page)

    assert all(height >= 44 for height in heights(page, FOLDED))
    assert axe_violations(page, outside=LAID_OVER) == []
    page.get_by_role("menuitem", name="History").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="History", level=1).wait_for()


@pytest.mark.parametrize("username", ["youth.voice", "young.person"])
def test_the_menu_of_a_phone_says_so_and_takes_a_thumb(visit: Visit, username: str):
    page = visit("/report_cards", username, **PHONE)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").first.wait_for()
    wait_ready(page)

    assert all(height >= 44 for height in heights(page, "[data-testid=stSidebarNavLink]"))
    assert axe_violations(page) == []
    assert sideways(page) == []


def test_a_phone_is_told_of_no_keys(visit: Visit):
    page = visit("/checking", "youth.voice", **PHONE)

    assert page.locator("button kbd").count()
    assert not page.locator("button kbd").first.is_visible()
