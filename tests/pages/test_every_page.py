"""Every page as every role: it opens with its own heading, or is refused.

What a page says at once is the same in its document.
"""

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.door import first_view
from pages.door.front_page import read_front_page
from pages.menu import HOME, MENU, MenuPage, menu_for
from pages.parts.answers import Answer, flat
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.opening import OpenAs, drawn, heading, menu, session_of, words
from tests.helpers.source import ROOT

SHUT = "We cannot show this page"
FRONT = read_front_page()

PAGES = pytest.mark.parametrize("page", MENU, ids=lambda page: page.file)
PEOPLE = pytest.mark.parametrize("username", ONE_EACH)


def may(username: str, page: MenuPage) -> bool:
    return page in menu_for(DEMO[username])


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Answer | None]:
    """What a page says at once, while its document is made."""
    answers: list[Answer | None] = []

    def answer_of(page: MenuPage) -> first_view.Asked:
        def answer(*asked: Any) -> Answer | None:
            answers.append(own(*asked))
            return answers[-1]

        own = as_it_is(page)
        return answer

    as_it_is = first_view._answer_of
    monkeypatch.setattr(first_view, "_answer_of", answer_of)
    return answers


def run_without_the_shell(username: str | None, page: MenuPage) -> AppTest:
    """As a hostile client would: the page's own file, past menu and navigation."""
    at = AppTest.from_file(str(ROOT / "pages" / page.file), default_timeout=120)
    at.user = {"session": session_of(username), "screen": "narrow"} if username else {}
    return at.run()


@PEOPLE
@pytest.mark.usefixtures("looked_at")
def test_everybody_lands_on_a_page_of_their_own_with_the_menu_of_their_roles(
    open_as: OpenAs, username: str
):
    at = open_as(username)

    assert not at.exception
    assert heading(at) != SHUT
    titles = [re.sub(r" \(\d+\)$", "", title) for title in menu(at) if title != "Together"]
    mine = menu_for(DEMO[username])
    assert set(titles) == {page.title for page in mine}
    beside = {page.title for page in mine if page.framed}  # opened from the frame of every page
    assert [title for title in titles if title not in beside] == [
        page.title for page in mine if not page.framed
    ]


@pytest.mark.parametrize(
    ("username", "file"),
    [(username, page.file) for username in ONE_EACH for page in MENU if may(username, page)],
)
@pytest.mark.both_engines
@pytest.mark.usefixtures("looked_at")
def test_a_page_opens_for_those_who_may(
    open_as: OpenAs, said: list[Answer | None], username: str, file: str
):
    at = open_as(username, file)

    assert not at.exception
    assert heading(at) != SHUT
    # An address that Streamlit does not know would open the first page.
    shown = at._registered_pages[at._finished_page_script_hash]
    assert shown["url_pathname"] == ("" if file == HOME else Path(file).stem)
    page = next(one for one in MENU if one.file == file)
    if page.address not in first_view._pages():
        return
    document = first_view.document(FRONT, session_of(username), page, {})
    [answer] = said
    if answer is not None:
        assert answer.title == heading(at)
        blocks = flat(answer.blocks)
        left = drawn(at)
        for block in blocks:  # in this order; boxes to type into may be between them
            _, found, left = left.partition(dedent(block).strip())
            assert found, block
        assert document
        assert all(block in document.decode() for block in blocks)


@pytest.mark.parametrize(
    ("username", "page"),
    [(username, page) for username in ONE_EACH for page in MENU if not may(username, page)],
    ids=lambda one: getattr(one, "file", one),
)
@pytest.mark.usefixtures("looked_at")
def test_a_page_run_without_the_shell_says_no_to_those_who_may_not(username: str, page: MenuPage):
    at = run_without_the_shell(username, page)

    assert words(at) == f"{SHUT} Your account does not let you do this. Ask an administrator."


@PAGES
@pytest.mark.usefixtures("looked_at")
def test_a_page_run_without_the_shell_says_no_to_strangers(page: MenuPage):
    assert words(run_without_the_shell(None, page)) == f"{SHUT} Sign in to see this page."


@PAGES
def test_every_page_is_for_somebody(page: MenuPage):
    assert any(may(username, page) for username in ONE_EACH)


@pytest.mark.parametrize(
    ("username", "file", "names"),
    [
        ("chair", "voice/report_cards.py", ("id", "theme", "page")),
        ("chair", "together/opportunities.py", ("id", "entry", "card", "open", "theme", "page")),
        ("chair", "promise/actions.py", ("action", "commitment", "theme", "service", "owner")),
        ("youth.voice", "listening/audits.py", ("return", "standard")),
        ("youth.voice", "office/history.py", ("before",)),
        ("young.person", "voice/my_cards.py", ("id",)),
        ("administrator", "office/people.py", ("id",)),
    ],
)
@pytest.mark.parametrize("typed", ["9" * 30, "9" * 5000, "1 OR 1"])
@pytest.mark.usefixtures("looked_at")
def test_what_is_no_number_in_an_address_breaks_nothing(
    open_as: OpenAs, username: str, file: str, names: tuple[str, ...], typed: str
):
    at = open_as(username, file)
    for name in names:
        at.query_params["new"] = "1"
        at.query_params[name] = typed
        assert not at.run().exception
        assert heading(at)
        del at.query_params[name]
