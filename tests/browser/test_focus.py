"""Where the keyboard focus is after a press: on what the press brought, never lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.helpers.looking import DESK, PHONE, Visit, axe_violations, wait_ready

SCREEN = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
KEYS_DAY = "Moving-in day: someone at the door"
ANSWER = ".stMain [data-focus]"


def press(button: Locator) -> None:
    """Press a button as the keyboard does."""
    button.focus()
    button.press("Enter")


def header(page: Page) -> float:
    """Where the header ends and the page can be seen."""
    box = page.get_by_test_id("stHeader").bounding_box()
    return box["y"] + box["height"]


def in_sight(page: Page, part: Locator) -> bool:
    box = part.bounding_box()
    return header(page) <= box["y"] and box["y"] + box["height"] <= page.viewport_size["height"]


@SCREEN
def test_after_saving_it_is_on_the_sentence_that_says_so(visit: Visit, screen: dict[str, object]):
    page = visit("/settings", "administrator", **screen)
    press(page.get_by_role("button", name="Save these times"))
    saved = page.locator(ANSWER, has_text="The times and limits are saved.")

    expect(saved).to_be_focused()
    expect(saved).to_have_attribute("role", "status")
    assert in_sight(page, saved)
    assert axe_violations(page) == []
    page.keyboard.press("Tab")  # on from there, not from the top of the page
    assert page.evaluate("document.activeElement.closest('.stMain') !== null")


@SCREEN
def test_after_a_refusal_it_is_on_its_reason(visit: Visit, screen: dict[str, object]):
    page = visit("/add_entry", "youth.voice", **screen)
    press(page.get_by_role("button", name="Send it"))
    reason = page.locator(ANSWER, has_text="Write what you think, or what you want.")

    expect(reason).to_be_focused()
    expect(reason).to_have_attribute("role", "alert")
    assert in_sight(page, reason)


def test_opening_an_entry_goes_to_its_heading_and_back_again_to_the_list(visit: Visit):
    page = visit("/checking", "youth.voice")
    press(page.get_by_role("button", name=re.compile(r"^Read no\. \d+$")).first)
    entry = page.get_by_role("heading", name=re.compile(r"^No\. \d+: "))

    expect(entry).to_be_focused()
    assert in_sight(page, entry)
    press(page.get_by_role("button", name="Back to the list"))
    heading = page.get_by_test_id("stMain").get_by_role("heading", level=2).first
    expect(heading).to_be_focused()  # of the first list


def test_a_second_question_takes_it_and_a_no_gives_it_back(visit: Visit):
    page = visit("/opportunities", "chair")
    card = page.locator("[class*=st-key-opportunity-]").filter(has_text=KEYS_DAY)
    offer = card.get_by_role("button", name="I’ll do it")
    press(offer)
    question = page.get_by_role("heading", name="Put your name down for")

    expect(question).to_be_focused()
    assert in_sight(page, question)
    press(page.get_by_role("button", name="Not now"))
    expect(offer).to_be_focused()


def test_a_ring_shows_it_to_the_keyboard_and_a_mouse_gets_none(visit: Visit):
    page = visit("/opportunities", "chair")
    card = page.locator("[class*=st-key-opportunity-]").filter(has_text=KEYS_DAY)
    offer = card.get_by_role("button", name="I’ll do it")
    question = page.get_by_role("heading", name="Put your name down for")
    ringed = "one => one.matches(':focus-visible') && getComputedStyle(one).outlineWidth === '3px'"

    press(offer)
    expect(question).to_be_focused()
    assert question.evaluate(ringed)

    page.get_by_role("button", name="Not now").click()
    offer.click()
    expect(question).to_be_focused()
    assert not question.evaluate(ringed)


def test_nothing_is_taken_from_somebody_who_has_gone_on_to_type(visit: Visit):
    page = visit("/add_entry", "youth.voice")
    press(page.get_by_role("button", name="Send it"))
    box = page.get_by_role("textbox", name="What they think")
    box.focus()
    box.press_sequentially("They moved me twice")
    page.locator(ANSWER).wait_for()
    wait_ready(page)
    box.press_sequentially(" in a year.")

    expect(box).to_be_focused()
    expect(box).to_have_value("They moved me twice in a year.")


def test_nothing_is_taken_from_somebody_who_has_gone_on_by_tab(visit: Visit):
    page = visit("/settings", "administrator")
    press(page.get_by_role("button", name="Save the duty rota"))
    page.keyboard.press("Tab")
    page.locator(ANSWER).wait_for()
    wait_ready(page)

    expect(page.locator(ANSWER)).not_to_be_focused()


def test_nothing_moves_for_somebody_who_only_looks(visit: Visit):
    page = visit("/checking", "youth.voice")
    page.locator("h1").click()  # the page itself, not a control
    page.get_by_role("radio", name="Replies owed").dispatch_event("click")
    page.get_by_role("radio", name="Replies owed", checked=True).wait_for()
    wait_ready(page)

    expect(page.locator("[data-testid=stMain]:focus, body:focus")).to_have_count(1)
