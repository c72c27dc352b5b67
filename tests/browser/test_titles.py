"""The tab is named after the thing shown, then its page of the menu; a heading is whole."""

import pytest

from tests.helpers.looking import Visit, wait_ready


@pytest.mark.parametrize(
    ("username", "path", "heading", "page_of_the_menu"),
    [
        ("chair", "/opportunities?id=1", "h1", "Opportunities"),
        ("chair", "/report_cards?id=1", "h1", "Report cards"),
        ("chair", "/actions?action=1", "h1", "Action plan"),
        ("chair", "/actions?commitment=15", ".commitment h2", "Action plan"),
        ("chair", "/audits?return=1", ".row-title", "Participation audit"),
        ("administrator", "/people?id=2", "h2", "People"),
        ("youth.voice", "/opportunities?new=1", "h1", "Opportunities"),
        ("young.person", "/my_cards", "h1", ""),
    ],
)
def test_a_page_about_one_thing_is_named_after_it(
    visit: Visit, username: str, path: str, heading: str, page_of_the_menu: str
):
    page = visit(path, username)
    name = page.locator(f".stMain {heading}").first.inner_text().strip()

    named = [name, page_of_the_menu, "Together"] if page_of_the_menu else [name, "Together"]
    assert page.title() == " – ".join(named)


@pytest.mark.parametrize(
    ("username", "path", "title"),
    [
        ("chair", "/", "Overview – Together"),
        ("chair", "/audits", "Participation audit – Together"),
        ("youth.voice", "/add_entry", "Add an entry – Together"),
        ("chair", "/checking", "You cannot open this page – Together"),
    ],
)
def test_other_pages_are_named_as_in_the_menu(visit: Visit, username: str, path: str, title: str):
    assert visit(path, username).title() == title


def test_the_states_of_the_plan_do_not_cover_its_heading(visit: Visit):
    page = visit("/actions", "chair")
    for width in (1210, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wait_ready(page)
        heading_ends = page.evaluate("""() => {
            const words = document.createRange();
            words.selectNodeContents(document.querySelector("h1"));
            return words.getBoundingClientRect().right;
        }""")
        first = page.locator(".choices li").first.bounding_box()
        assert first is not None
        assert first["x"] >= heading_ends
