"""The menu: eight words at most on one line, sections that open, one button on a narrow screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.looking import DESK, PHONE, REFLOW, Visit, axe_violations, sideways, wait_ready

SECTIONED = "youth.voice"  # thirteen pages
FLAT = "young.person"  # four
TABLET = {"viewport": {"width": 800, "height": 900}}
ZOOMED = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
NARROW = {"on a phone": [PHONE], "on a desk, twice and four times as large": [ZOOMED, REFLOW]}

LAID_OVER = "div:has(> [data-testid=stTopNavPopoverBody])"  # Streamlit adds it beside the page
IN_BAR = "[data-testid=stTopNav] > :not([aria-hidden]) :is(a, button)"
IN_SECTION = "[data-testid=stTopNavDropdownLink]"
IN_NARROW = "[data-testid=stSidebarNavLink]"
MAIN = "[data-testid=stMain]"

BOXES = "all => all.map(one => one.getBoundingClientRect().toJSON())"
DRAWN = "all => all.map(one => getComputedStyle(one, '::before').maskImage.slice(0, 24))"


def heights(page: Page, links: str) -> list[float]:
    return [box["height"] for box in page.eval_on_selector_all(links, BOXES)]


def icons(page: Page, links: str) -> set[str]:
    return set(page.eval_on_selector_all(links, DRAWN))


def section(page: Page, words: str):
    return page.get_by_role("navigation").get_by_role("button", name=words, exact=True)


def current(page: Page) -> list[str]:
    """The words of the bar that are marked as the current place."""
    return page.locator(f"{IN_BAR}[aria-current]").all_inner_texts()


def one_line(page: Page) -> None:
    """At 1280 px the menu is one line beside the way out; `test_access` asks it of every role."""
    boxes = page.eval_on_selector_all(IN_BAR, BOXES)
    [who] = page.eval_on_selector_all(".who", BOXES)

    assert 1 < len(boxes) <= 8
    assert len({box["top"] for box in boxes}) == 1
    assert all(box["height"] >= 44 for box in boxes)
    assert max(box["right"] for box in boxes) <= who["left"]
    expect(section(page, "More pages")).to_have_count(0)


def test_a_menu_of_few_pages_has_no_sections(visit: Visit):
    page = visit("/report_cards", FLAT, **DESK)

    expect(page.get_by_test_id("stTopNavSection")).to_have_count(0)
    assert current(page) == ["Report cards"]
    assert icons(page, IN_BAR) == {'url("data:image/svg+xml,'}


def test_a_section_opens_and_shuts_by_keyboard(visit: Visit):
    page = visit("/checking", SECTIONED, **DESK)
    words = section(page, "Young people’s voice")
    words.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("menuitem", name="Checking")).to_be_focused()
    expect(words).to_have_attribute("aria-expanded", "true")
    assert all(height >= 44 for height in heights(page, IN_SECTION))
    assert icons(page, IN_SECTION) == {'url("data:image/svg+xml,'}
    assert axe_violations(page, outside=LAID_OVER) == []

    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Add an entry")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(words).to_be_focused()


def test_tab_walks_the_words_and_leaves_an_open_section(visit: Visit):
    page = visit("/checking", SECTIONED, **DESK)
    section(page, "Working together").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Opportunities")).to_be_focused()
    page.keyboard.press("Tab")

    expect(page.get_by_role("menu")).to_have_count(0)
    expect(section(page, "The Promise")).to_be_focused()


def test_the_section_of_a_page_is_marked_and_the_mark_moves_along(visit: Visit):
    page = visit("/checking", SECTIONED, **DESK)
    assert current(page) == ["Young people’s voice"]

    section(page, "Office").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="History").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="History", level=1).wait_for()

    expect(page.locator(f"{IN_BAR}[aria-current]")).to_have_text(["Office"])
    expect(section(page, "Office")).to_have_attribute("aria-current", "true")
    expect(section(page, "Office")).to_be_focused()
    page.get_by_role("link", name="Overview").click()
    expect(page.locator(f"{IN_BAR}[aria-current]")).to_have_text(["Overview"])


def test_what_does_not_fit_is_folded_under_more(visit: Visit):
    page = visit("/history", SECTIONED, **TABLET)
    more = section(page, "More pages")
    assert current(page)[0].endswith("more")
    assert more.bounding_box()["height"] >= 44
    more.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("group", name="Office")).to_be_visible()
    assert all(height >= 44 for height in heights(page, IN_SECTION))
    assert axe_violations(page, outside=LAID_OVER) == []
    assert sideways(page) == []
    page.get_by_role("menuitem", name="People").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="People", level=1).wait_for()


@pytest.mark.parametrize("screens", NARROW)
@pytest.mark.parametrize("username", [SECTIONED, "young.person"])
def test_a_narrow_menu_says_so_and_takes_a_thumb(visit: Visit, username: str, screens: str):
    page = visit("/report_cards", username, **NARROW[screens][0])
    for screen in NARROW[screens]:
        page.set_viewport_size(screen["viewport"])
        wait_ready(page)
        page.get_by_role("button", name="Menu").click()
        expect(page.get_by_role("link", name="Report cards")).to_be_focused()

        assert all(height >= 44 for height in heights(page, IN_NARROW))
        assert icons(page, IN_NARROW) == {'url("data:image/svg+xml,'}
        assert axe_violations(page) == []
        assert sideways(page) == []
        page.keyboard.press("Escape")


def test_a_narrow_menu_groups_its_pages_by_section(visit: Visit):
    page = visit("/people", SECTIONED, **PHONE)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation")

    office = menu.get_by_role("group", name="Office").get_by_role("link")
    assert [words.strip() for words in office.all_inner_texts()] == [
        "People", "Groups", "Venues", "Who is away", "History",
    ]  # fmt: skip
    expect(menu.get_by_role("link", name="Overview")).to_be_visible()
    menu.get_by_text("Office", exact=True).click(force=True)
    expect(office).to_have_count(5)  # a heading cannot be collapsed


@pytest.mark.parametrize("screen", [PHONE, REFLOW], ids=["phone", "four times as large"])
def test_a_narrow_menu_keeps_the_keyboards_place(visit: Visit, screen: dict[str, object]):
    page = visit("/history", SECTIONED, **screen)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(MAIN)).to_be_focused()  # the keyboard does not go through a closed menu

    menu.press("Enter")
    here = page.get_by_role("link", name="History")
    expect(here).to_be_focused()
    expect(here).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()

    menu.press("Enter")
    page.get_by_role("button", name="Close").press("Enter")
    expect(menu).to_be_focused()

    menu.press("Enter")
    page.get_by_role("link", name="People").press("Enter")
    page.get_by_role("heading", name="People", level=1).wait_for()
    expect(page.get_by_role("button", name="Close")).to_have_count(0)
    expect(page.locator(MAIN)).to_be_focused()
