"""Every page on a desk, a phone, zoomed in, and refused: no fault that axe finds, no sideways."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from coprod_data.permissions import GRANTS
from pages.menu import HOME, MENU, MenuPage, menu_for
from tests.browser.test_menu import one_line
from tests.browser.test_opportunities import open_all
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.looking import (
    DESK,
    PHONE,
    REFLOW,
    Visit,
    axe_violations,
    follow,
    sideways,
    wait_ready,
)

TWICE = {"width": 720, "height": 450}  # a screen of 1440 at 200 %
RECORDS = {  # the pages of single records, and of another day: by their reader
    "youth.voice": [
        "/sessions?id=21", "/sessions?id=13", "/sessions?id=14&tab=room", "/opportunities?id=4",
        "/training?id=1", "/training?date=8", "/policies?id=1", "/policies?id=2&part=text&since=1",
        "/policies?id=2&part=asking", "/policies?id=2&part=boards",
    ],
    "chair": ["/actions?action=1", "/actions?at=2026-06-30", "/report_cards?id=1"],
}  # fmt: skip
REFUSED = {  # forms that are sent empty: the page, and the button that is refused
    "youth.voice": {
        "/groups": "Add this group", "/venues": "Add this venue", "/surveys": "Add this round",
        "/priorities": "Add this priority", "/add_entry": "Send it",
        "/projects": "Add this project", "/recruitment": "Add this recruitment",
        "/policies": "Begin this policy",
        "/library": "Add this draft",
        "/opportunities?new=1": "Suggest this opportunity",
        "/actions?show=propose": "Propose it to the chair",
        "/sessions?new=1": "Plan this session",
    },
    "clerk": {
        "/meetings?new=1": "Plan this meeting", "/papers": "Begin this paper",
        "/posts": "Record this",
    },
    "administrator": {"/people": "Add this account", "/training": "Add this course"},
    "young.person": {"/my_cards": "Add a card"},
}  # fmt: skip
ASKED = {  # what is asked once more before something ends: the page, and the button that asks
    "youth.voice": {
        "/papers?id=2": "Delete this draft", "/groups?id=1": "Close this group",
        "/venues?id=1": "Do not use it any more", "/training?id=1": "Do not offer it any more",
    },
}  # fmt: skip
PLAIN = [
    "/sign-in",
    "/share",
    "/join",
    "/card",
    "/privacy",
    "/accessibility",
    "/useful?page=share",
    "/policy/2",
    "/policy/1?words=all",
]


def address(page: MenuPage) -> str:
    stem = page.file.rpartition("/")[2].removesuffix(".py")
    return "/" if page.file == HOME else f"/{stem}"


def opened(visit: Visit, username: str, paths: list[str], **screen: object) -> Iterator[Page]:
    """Each page in turn, in one browser that keeps what it has loaded."""
    first, *others = paths
    page = visit(first, username, **screen)
    yield page
    for path in others:
        follow(page, path)
        assert page.url == urljoin(page.url, path)
        yield page


def faults_of(page: Page) -> list[str]:
    errors = page.locator("[data-testid=stException]").count()
    return axe_violations(page) + sideways(page) + ["an error is shown"] * errors


def zoomed_in(page: Page) -> list[str]:
    """Return what sticks out once the page of a desk is zoomed in to 200 % and to 400 %.

    What axe finds on a screen as narrow it finds on a phone.
    """
    found = []
    for screen in (TWICE, REFLOW["viewport"]):
        page.set_viewport_size(screen)
        page.wait_for_timeout(300)
        found += sideways(page)
    page.set_viewport_size(DESK["viewport"])
    return found


def refused(page: Page, label: str) -> list[str]:
    """Return what axe finds and what sticks out once an empty form was sent and refused."""
    open_all(page)
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_test_id("stMain").get_by_role("alert").first.wait_for()
    wait_ready(page)
    return faults_of(page)


def asked(page: Page, label: str) -> list[str]:
    """Return what axe finds and what sticks out where a press is asked about once more."""
    open_all(page)
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_role("button", name="Not now", exact=True).wait_for()
    wait_ready(page)
    return faults_of(page)


def readers() -> list[tuple[str, str]]:
    """Each page with each role that may open it."""
    return [(username, address(page)) for username in ONE_EACH for page in menu_for(DEMO[username])]


def by_rights(path: str) -> list[str]:
    """Who may open a page, from whom has fewest rights to whom has most."""
    return sorted(
        (name for name, at in readers() if at == path),
        key=lambda name: sum(not DEMO[name].isdisjoint(holders) for holders in GRANTS.values()),
    )


# What differs between the readers of a page is what is on it, not how it fits: most is on that of
# whoever has most rights, what decides on the chair's, and what stands there instead of either on
# that of whoever has fewest.
PATHS = list(dict.fromkeys(at for _, at in readers()))
WITH_MOST_RIGHTS = [(path, by_rights(path)[-1]) for path in PATHS]
LOOKED_AT = {
    (path, name)
    for path in PATHS
    for number, name in enumerate(by_rights(path))
    if name == "chair" or number in (0, len(by_rights(path)) - 1)
}


@pytest.mark.parametrize("username", sorted({name for _, name in LOOKED_AT}))
def test_the_pages_of_a_role_are_accessible(visit: Visit, username: str):
    paths, faults = [path for path in PATHS if (path, username) in LOOKED_AT], {}
    for path, page in zip(paths, opened(visit, username, paths, **DESK), strict=True):
        faults[path] = faults_of(page)
        if path == paths[0]:
            one_line(page)
        if (path, username) in WITH_MOST_RIGHTS:
            faults[f"{path} zoomed in"] = zoomed_in(page)
    for path, label in REFUSED.get(username, {}).items():
        follow(page, path)
        faults[f"{path} refused"] = refused(page, label)

    assert {where: found for where, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    "username", dict.fromkeys([*(name for _, name in WITH_MOST_RIGHTS), *RECORDS])
)
def test_pages_are_accessible_on_a_phone(visit: Visit, username: str):
    paths = [path for path, name in WITH_MOST_RIGHTS if name == username]
    paths += RECORDS.get(username, [])
    faults = {}
    for path, page in zip(paths, opened(visit, username, paths, **PHONE), strict=True):
        faults[path] = faults_of(page)
    for path, label in ASKED.get(username, {}).items():
        page.goto(urljoin(page.url, path))
        wait_ready(page)
        faults[f"{path} asked"] = asked(page, label)

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
