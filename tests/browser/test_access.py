"""Every page on a desk, a phone and at 400 % zoom: no fault that axe finds, nothing sticks out."""

import pytest
from playwright.sync_api import Page

from pages.menu import HOME, MENU, MenuPage, menu_for
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.looking import DESK, PHONE, REFLOW, Visit, axe_violations, sideways

PLAIN = ["/sign-in", "/share", "/card"]


def address(page: MenuPage) -> str:
    stem = page.file.rpartition("/")[2].removesuffix(".py")
    return "/" if page.file == HOME else f"/{stem}"


def zoomed_in(page: Page) -> list[str]:
    """Return what axe finds and what sticks out once the page of a desk is zoomed in to 400 %."""
    page.set_viewport_size(REFLOW["viewport"])
    page.wait_for_timeout(300)
    return axe_violations(page) + sideways(page)


def readers() -> list[tuple[str, str]]:
    """Each page with each role that may open it."""
    return [(username, address(page)) for username in ONE_EACH for page in menu_for(DEMO[username])]


# One reader of each page: what differs between them is what is on a page, not how it fits.
WITH_MOST_RIGHTS = [
    (
        path,
        max(
            (name for name, at in readers() if at == path),
            key=lambda name: len(menu_for(DEMO[name])),
        ),
    )
    for path in dict.fromkeys(at for _, at in readers())
]


@pytest.mark.parametrize(("username", "path"), readers())
def test_a_dashboard_page_is_accessible(visit: Visit, username: str, path: str):
    page = visit(path, username, **DESK)

    assert page.locator("[data-testid=stException]").count() == 0
    assert axe_violations(page) + sideways(page) == []
    if (path, username) in WITH_MOST_RIGHTS:
        assert zoomed_in(page) == []


@pytest.mark.parametrize(("path", "username"), WITH_MOST_RIGHTS)
def test_a_dashboard_page_is_accessible_on_a_phone(visit: Visit, username: str, path: str):
    page = visit(path, username, **PHONE)

    assert page.locator("[data-testid=stException]").count() == 0
    assert axe_violations(page) + sideways(page) == []


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PLAIN)
def test_a_plain_page_is_accessible(visit: Visit, path: str, screen: dict[str, object]):
    page = visit(path, **screen)

    assert axe_violations(page) + sideways(page) == []
    if screen is DESK:
        assert zoomed_in(page) == []


def test_every_page_of_the_menu_is_looked_at():
    assert {path for _, path in readers()} == {address(page) for page in MENU}
