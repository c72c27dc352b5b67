"""Every page on a desk, a phone, zoomed in, and refused: no fault that axe finds, no sideways."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from pages.menu import HOME, MENU, MenuPage, menu_for
from tests.browser.test_menu import one_line
from tests.browser.test_opportunities import open_all
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.looking import DESK, PHONE, REFLOW, Visit, axe_violations, sideways, wait_ready

TWICE = {"width": 720, "height": 450}  # a screen of 1440 at 200 %
RECORDS = {  # the pages of single records, and of another day: by their reader
    "youth.voice": [
        "/sessions?id=21", "/sessions?id=13", "/sessions?id=14&tab=room", "/opportunities?id=4",
    ],
    "chair": ["/actions?action=1", "/actions?at=2026-06-30", "/report_cards?id=1"],
}  # fmt: skip
REFUSED = {  # forms that are sent empty: the page, and the button that is refused
    "youth.voice": {
        "/groups": "Add this group", "/venues": "Add this venue", "/surveys": "Add this round",
        "/priorities": "Add this priority", "/add_entry": "Send it",
        "/opportunities?new=1": "Suggest this opportunity",
    },
    "manager": {"/actions": "Propose it to the chair", "/sessions?new=1": "Plan this session"},
    "clerk": {
        "/meetings?new=1": "Plan this meeting", "/papers": "Begin this paper",
        "/posts": "Record this",
    },
    "administrator": {"/people": "Add this account"},
    "young.person": {"/my_cards": "Add a card"},
}  # fmt: skip
PLAIN = ["/sign-in", "/share", "/join", "/card", "/privacy", "/accessibility"]


def address(page: MenuPage) -> str:
    stem = page.file.rpartition("/")[2].removesuffix(".py")
    return "/" if page.file == HOME else f"/{stem}"


def opened(visit: Visit, username: str, paths: list[str], **screen: object) -> Iterator[Page]:
    """Each page in turn, in one browser that keeps what it has loaded."""
    first, *others = paths
    page = visit(first, username, **screen)
    yield page
    for path in others:
        page.goto(urljoin(page.url, path))
        wait_ready(page)
        yield page


def faults_of(page: Page) -> list[str]:
    errors = page.locator("[data-testid=stException]").count()
    return axe_violations(page) + sideways(page) + ["an error is shown"] * errors


def zoomed_in(page: Page) -> list[str]:
    """Return what sticks out of the page of a desk at 200 %, and what axe finds too at 400 %."""
    page.set_viewport_size(TWICE)
    page.wait_for_timeout(200)
    found = sideways(page)
    page.set_viewport_size(REFLOW["viewport"])
    page.wait_for_timeout(300)
    found += axe_violations(page) + sideways(page)
    page.set_viewport_size(DESK["viewport"])
    return found


def refused(page: Page, label: str) -> list[str]:
    """Return what axe finds and what sticks out once an empty form was sent and refused."""
    open_all(page)
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_test_id("stMain").get_by_role("alert").first.wait_for()
    wait_ready(page)
    return faults_of(page)


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


@pytest.mark.parametrize("username", ONE_EACH)
def test_the_pages_of_a_role_are_accessible(visit: Visit, username: str):
    paths, faults = [path for name, path in readers() if name == username], {}
    for path, page in zip(paths, opened(visit, username, paths, **DESK), strict=True):
        faults[path] = faults_of(page)
        if path == paths[0]:
            one_line(page)
        if (path, username) in WITH_MOST_RIGHTS:
            faults[f"{path} zoomed in"] = zoomed_in(page)
    for path, label in REFUSED.get(username, {}).items():
        page.goto(urljoin(page.url, path))
        wait_ready(page)
        faults[f"{path} refused"] = refused(page, label)

    assert {where: found for where, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    "username", dict.fromkeys([*(name for _, name in WITH_MOST_RIGHTS), *RECORDS])
)
def test_pages_are_accessible_on_a_phone(visit: Visit, username: str):
    paths = [path for path, name in WITH_MOST_RIGHTS if name == username]
    paths += RECORDS.get(username, [])
    pages = opened(visit, username, paths, **PHONE)
    faults = {path: faults_of(page) for path, page in zip(paths, pages, strict=True)}

    assert {where: found for where, found in faults.items() if found} == {}


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PLAIN)
def test_a_plain_page_is_accessible(visit: Visit, path: str, screen: dict[str, object]):
    page = visit(path, **screen)

    assert axe_violations(page) + sideways(page) == []
    if screen is DESK:
        assert zoomed_in(page) == []


def test_every_page_of_the_menu_is_looked_at():
    assert {path for _, path in readers()} == {address(page) for page in MENU}
