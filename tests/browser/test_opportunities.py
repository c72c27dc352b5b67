"""Opportunities in a real browser: by keyboard, and accessible with everything open."""

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.looking import SCREENS, Visit, axe_violations, sideways, wait_ready

PETS = "Pets in our homes: what could we say yes to?"
KEYS_DAY = "Moving-in day: someone at the door"
SCREEN = pytest.mark.parametrize("screen", SCREENS)


def open_row(page: Page, title: str) -> None:
    """Open a row of those that wait."""
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**open=*")
    wait_ready(page)


def open_chance(page: Page, title: str) -> None:
    open_row(page, title)
    page.get_by_role("link", name=title).click()
    page.get_by_role("heading", name=title, level=1).wait_for()
    wait_ready(page)


def open_all(page: Page) -> None:
    """Open every collapsed section of the page."""
    folds = page.locator("[data-testid=stExpander] summary")
    for number in range(folds.count()):
        if folds.nth(number).locator("xpath=..").get_attribute("open") is None:
            folds.nth(number).click()
    wait_ready(page)


def test_i_will_do_it_is_two_presses_of_a_key(visit: Visit):
    page = visit("/opportunities", "manager")
    open_row(page, PETS)
    card = page.locator("[class*=st-key-opportunity-]").filter(has_text=PETS)

    card.get_by_role("button", name="I’ll do it").focus()
    page.keyboard.press("Enter")
    sure = page.get_by_role("button", name="Yes, put my name down")
    sure.wait_for()
    sure.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Thank you. We will ask a young person")).to_be_visible()
    expect(page.get_by_role("link", name="Awaiting a young person 2")).to_be_visible()


@SCREEN
def test_the_second_question_is_accessible(visit: Visit, screen: str):
    page = visit("/opportunities", "chair", **SCREENS[screen])
    card = page.locator("[class*=st-key-opportunity-]").filter(has_text=KEYS_DAY)
    card.get_by_role("button", name="I’ll do it").click()
    page.get_by_role("button", name="Yes, put my name down").wait_for()

    assert axe_violations(page) == []
    assert sideways(page) == []


@SCREEN
def test_one_chance_is_accessible_with_every_fold_and_an_error_open(visit: Visit, screen: str):
    page = visit("/opportunities", "youth.voice", **SCREENS[screen])
    open_chance(page, KEYS_DAY)
    open_all(page)
    page.get_by_role("button", name="Do not take it forward").click()
    page.get_by_text("Say why it cannot be done").wait_for()

    assert axe_violations(page) == []
    assert sideways(page) == []


@SCREEN
def test_the_form_for_a_new_chance_is_accessible_when_it_refuses(visit: Visit, screen: str):
    page = visit("/opportunities?new=1", "board.member", **SCREENS[screen])
    page.get_by_role("button", name="Suggest this opportunity").click()
    page.get_by_text("Choose a part of The Promise.").wait_for()

    assert axe_violations(page) == []
    assert sideways(page) == []
