"""Every page on a desk, a phone and at 400 % zoom: no fault that axe finds, nothing sticks out."""

import pytest
from playwright.sync_api import Page

from pages.menu import HOME, MENU, MenuPage, menu_for
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.looking import REFLOW, SCREENS, Visit, axe_violations, sideways

PLAIN = ["/sign-in", "/share", "/card"]

SCREEN = pytest.mark.parametrize("screen", ["desk", "phone"])


def address(page: MenuPage) -> str:
    stem = page.file.rpartition("/")[2].removesuffix(".py")
    return "/" if page.file == HOME else f"/{stem}"


def faults_seen(page: Page, screen: str) -> dict[str, list[str]]:
    """Return what axe finds and what sticks out; of a desk's page also when it is zoomed in."""
    seen = {screen: axe_violations(page) + sideways(page)}
    if screen == "desk":
        page.set_viewport_size(REFLOW["viewport"])
        page.wait_for_timeout(300)
        seen["zoomed"] = axe_violations(page) + sideways(page)
    return {name: faults for name, faults in seen.items() if faults}


def readers() -> list[tuple[str, str]]:
    """Each page with each role that may open it."""
    return [(username, address(page)) for username in ONE_EACH for page in menu_for(DEMO[username])]


@SCREEN
@pytest.mark.parametrize(("username", "path"), readers())
def test_a_dashboard_page_is_accessible(visit: Visit, username: str, path: str, screen: str):
    page = visit(path, username, **SCREENS[screen])

    assert page.locator("[data-testid=stException]").count() == 0
    assert faults_seen(page, screen) == {}


@SCREEN
@pytest.mark.parametrize("path", PLAIN)
def test_a_plain_page_is_accessible(visit: Visit, path: str, screen: str):
    page = visit(path, **SCREENS[screen])

    assert faults_seen(page, screen) == {}


def test_every_page_of_the_menu_is_looked_at():
    assert {path for _, path in readers()} == {address(page) for page in MENU}
