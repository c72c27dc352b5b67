"""Each number with a link opens exactly as many rows as it says, for each role that sees it."""

import re
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.queries.report_cards import cards_per_theme
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from pages.menu import HOME, MENU
from pages.voice.checking_place import LISTS
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, drawn, plain, words

CARDS, CHECKING = "voice/report_cards.py", "voice/checking.py"
A_PAGE = 12
LIST_NAMES = {words: name for name, words in LISTS.items()}
ACTIONS, OPPORTUNITIES = "promise/actions.py", "together/opportunities.py"
AUDITS = "listening/audits.py"
STAFF = ["board.member", "chair", "manager", "youth.voice"]

LINK = r'<a[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>'
TILE = re.compile(r'<span class="tile-number">(\d+)</span>.*?' + LINK, re.S)
PART = re.compile(r'<p class="tile-parts.*?</p>', re.S)
SINCE = re.compile(r'<div class="since .*?</div>', re.S)
CLOCK = re.compile(r'<p class="row-title">(?:<span[^>]*></span>)?' + LINK + r"</p>", re.S)
CHOICE = re.compile(r'<a class="choice [^"]*" href="([^"]+)"[^>]*>(.*?)</a>', re.S)
ROW = re.compile(
    r'<th scope="row" class="plan-promise"|<article class="(?:waits-row|card paper|queue-row)'
    r'|<li class="row paper"'
)
Link = tuple[str, int]


def numbered(links: list[tuple[str, str]]) -> list[Link]:
    """Those of these links (address, words) whose words hold a number."""
    found = [(href.replace("&amp;", "&"), re.search(r"\d+", plain(said))) for href, said in links]
    return [(href, int(number.group())) for href, number in found if number]


def follow(open_as: OpenAs, username: str, href: str) -> AppTest:
    address, _, query = href.partition("?")
    page = next(page for page in MENU if page.address == address)
    return open_as(username, page.file, **dict(parse_qsl(query)))


def wrong(open_as: OpenAs, username: str, links: list[Link]) -> list[str]:
    """The links behind which there are other rows than their number says."""
    found = []
    for href, number in links:
        rows = len(ROW.findall(drawn(follow(open_as, username, href))))
        if rows != number:
            found.append(f"{href} says {number}, opens {rows}")
    return found


@pytest.mark.parametrize("username", STAFF)
@pytest.mark.usefixtures("looked_at")
def test_a_number_of_the_overview_opens_its_rows(open_as: OpenAs, username: str):
    html = drawn(open_as(username))
    links = [(href, int(number)) for number, href, _ in TILE.findall(html)]
    since = SINCE.findall(html)
    assert len(since) == 1
    for part in PART.findall(html) + since:
        links += numbered(re.findall(LINK, part, re.S))
    clocks = html[html.index("What these words mean") - 20_000 :]
    links += [link for link in numbered(CLOCK.findall(clocks)) if "theme=" not in link[0]]
    links = [(href.replace("&amp;", "&"), number) for href, number in dict(links).items()]

    assert len(links) >= 4
    assert {"/actions?list=stuck", "/opportunities?show=waiting"} <= dict(links).keys()
    assert wrong(open_as, username, links) == []


@pytest.mark.parametrize(
    ("username", "page", "asked"),
    [
        ("board.member", ACTIONS, {}),
        ("manager", ACTIONS, {"theme": "3"}),
        ("board.member", ACTIONS, {"service": "2", "state": "moving"}),
        ("manager", ACTIONS, {"list": "all"}),
        ("board.member", ACTIONS, {"list": "late", "owner": "6"}),
        ("board.member", OPPORTUNITIES, {}),
        ("manager", OPPORTUNITIES, {"show": "going", "theme": "6"}),
        ("chair", OPPORTUNITIES, {"show": "together"}),
        ("chair", AUDITS, {}),
        ("youth.voice", AUDITS, {}),
        ("administrator", AUDITS, {}),
    ],
)
@pytest.mark.usefixtures("looked_at")
def test_a_number_above_a_list_opens_its_rows(
    open_as: OpenAs, username: str, page: str, asked: dict[str, str]
):
    links = numbered(CHOICE.findall(drawn(open_as(username, page, **asked))))

    assert len(links) >= 2
    assert wrong(open_as, username, links) == []


@pytest.mark.usefixtures("looked_at")
def test_the_milestones_of_a_theme_are_those_of_its_rows(open_as: OpenAs):
    html = drawn(open_as("chair"))
    rows = re.findall(
        r'href="(/actions\?theme=\d+)".*?(?:Moving|Stuck), (\d+) of (\d+)', html, re.S
    )

    assert len(rows) >= 3
    for href, met, whole in rows:
        shown = drawn(follow(open_as, "chair", href))
        steps = re.findall(
            r'<td class="plan-steps"><p>(\d+) of (\d+)', shown
        )  # none has one milestone only
        assert [sum(map(int, column)) for column in zip(*steps, strict=True)] == [
            int(met), int(whole),
        ]  # fmt: skip


@pytest.mark.usefixtures("looked_at")
def test_who_may_not_see_the_rows_reads_the_number_the_target_and_the_longest_wait(
    open_as: OpenAs,
):
    seen, html = words(open_as("board.member")), drawn(open_as("board.member"))

    assert re.search(
        r"\d+ entries waiting to be read The longest has waited \d+ days\. "
        r"(All )?\d+ (is|are) over our target of 1 working day\.",
        seen,
    )
    assert "/checking" not in html
    assert "show=asked" not in html  # who has not answered is for the chair and Youth Voice


@pytest.mark.usefixtures("looked_at")
def test_a_page_beyond_the_last_shows_the_last(open_as: OpenAs):
    for address in (
        "/opportunities?show=together", "/actions?list=late", "/meetings?show=ahead",
        "/sessions?show=closed", "/papers?",
    ):  # fmt: skip
        last = words(follow(open_as, "chair", address))
        assert words(follow(open_as, "chair", f"{address}&page=99")) == last


def test_what_the_words_mean_is_one_press_away(looked_at: Database, open_as: OpenAs):
    assert looked_at
    for page in (HOME, ACTIONS, OPPORTUNITIES):
        html = drawn(open_as("board.member", page))
        assert "<summary>What these words mean</summary>" in html
        for word in ("Stuck", "Moving", "Our target"):
            assert f"<dt>{word}</dt>" in html


PILL = re.compile(r"^(.*) (\d+)$")
THEME = re.compile(r'<a class="choice [^>]*>[^<]* (\d+)</a>')


@pytest.mark.parametrize("username", ["board.member", "youth.voice", "manager", "young.person"])
@pytest.mark.parametrize("asked", [{}, {"show": "new"}, {"state": "co_signed"}])
def test_the_number_of_a_theme_is_that_of_its_cards_in_the_list_that_is_shown(
    looked_at: Database, open_as: OpenAs, username: str, asked: dict[str, str]
):
    with looked_at.reading(Played(username, NOW)) as (db, actor):
        themes = cards_per_theme(db, actor)
    every, *numbers = map(int, THEME.findall(drawn(open_as(username, CARDS, **asked))))

    assert len(numbers) == len(themes)
    assert sum(numbers) == every
    for theme, number in list(zip(themes, numbers, strict=True))[:4]:
        shown = drawn(open_as(username, CARDS, theme=str(theme.theme_id), **asked))
        rows = len(re.findall(r'<article class="card paper', shown))
        assert rows == min(number, A_PAGE), (theme.young_theme, number, rows)


@pytest.mark.usefixtures("looked_at")
def test_a_number_beside_a_filter_of_checking_opens_its_rows(open_as: OpenAs):
    at = open_as("youth.voice", CHECKING)
    theme = next(one for one in at.selectbox(key="checking-theme").options if one != "All themes")

    for asked in ({}, {"theme": theme}):
        at = open_as("youth.voice", CHECKING, **asked)
        for option in at.button_group(key="checking-show").options[:5]:
            name, number = PILL.match(option).groups()  # type: ignore[union-attr]
            shown = open_as(
                "youth.voice", CHECKING, show=LIST_NAMES[name], everything="1", **asked
            )  # fmt: skip
            rows = len(re.findall(r'<article class="(?:card paper|queue-row)', drawn(shown)))
            assert rows == int(number), (name, asked)
