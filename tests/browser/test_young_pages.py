"""A young person's dashboard pages: help in sight wherever they are, a kind word where they may
not go."""

import pytest
from playwright.sync_api import Route, expect

from pages.door.leave import ELSEWHERE
from tests.helpers.looking import PHONE, SCREENS, Visit, axe_violations, sideways

SCREEN = pytest.mark.parametrize("screen", SCREENS)
IN_SIGHT = """(link) => {
  const box = link.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.height >= 44 && (link === top || link.contains(top));
}"""


def _to_a_page_of_ours(route: Route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(ELSEWHERE, "/healthz"))


@pytest.mark.parametrize("path", ["/my_cards", "/report_cards"])
def test_help_and_the_way_out_stay_in_sight_and_leaving_signs_out(visit: Visit, path: str):
    page = visit(path, "young.person", **PHONE)

    page.get_by_role("heading", name="I need help now").scroll_into_view_if_needed()

    for name in ("Help now", "Leave quickly"):
        link = page.locator(".help-bar").locator("a, button", has_text=name)
        assert link.evaluate(IN_SIGHT), name

    page.route("**/leave", _to_a_page_of_ours)
    link.click()
    page.wait_for_url("**/healthz")
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("blockquote, .own")).to_have_count(0)


def test_help_now_goes_to_the_numbers(visit: Visit):
    page = visit("/my_cards", "young.person", **PHONE)

    page.get_by_role("link", name="Help now").click()
    page.wait_for_timeout(500)

    numbers = page.get_by_role("link", name="0800 1111").bounding_box()
    assert numbers
    assert 0 < numbers["y"] < page.viewport_size["height"]


@SCREEN
def test_a_page_of_other_people_says_so_in_our_words(visit: Visit, screen: str):
    page = visit("/people", "young.person", **SCREENS[screen])

    assert page.locator("h1").inner_text() == "You cannot open this page"
    assert page.get_by_text("Page not found").count() == 0
    assert page.title() == "You cannot open this page – Together"
    assert axe_violations(page) == []
    assert sideways(page) == []
    page.get_by_role("link", name="Go to my first page").click()
    page.get_by_role("heading", name="My cards", level=1).wait_for()
