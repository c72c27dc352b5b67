"""A council has a panel and a pledge: no page, paper or table of it names a Board or a Promise.

Nothing that its people typed has these words either, so every one that is found is ours.
"""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from google.protobuf.text_format import MessageToString
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from coprod_data.commands.settings import change_setting
from coprod_data.files.exports import EXPORTS
from coprod_data.files.seed import COUNCILS, play_seed
from coprod_data.permissions import GRANTS, Permission
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.schema import migrate
from coprod_data.vocabulary.settings import SettingKey
from pages.door.demo import demo_council
from pages.door.front_page import read_front_page
from pages.door.sign_in import ROUTES as DOOR
from pages.menu import HOME, MENU, menu_for
from pages.public.exports import ROUTES as EXPORT
from pages.public.exports import SESSION
from tests.helpers.builders import NOW
from tests.helpers.databases import Databases, Engine
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.opening import OpenAs, heading, session_of
from tests.helpers.young import OWN_PAGE, a_phone, carried, send

OURS = re.compile(r"\b(?:[Bb]oard|Promise)(?:s|'s|’s)?\b")
CODES = re.compile(
    r'\b(?:key|id|name|class|href|for|icon|value|aria-[a-z]+by)[:=] ?"[^" ]*(?:board|promise)[^"]*"'
    r'|\bclass="[^"]*"|\bboard\.member\b|<code.*?</code>|<kbd>.*?</kbd>'
)
BEFORE = re.compile(r"(?:from|:) (?:The Promise|Corporate Parenting Board) to ")  # in the history
LINK = re.compile(r'href="(/[a-z_]*)\?([^"#]+)"')
NAMED = {
    SettingKey.BOARD_LABEL: "Corporate Parenting Panel",
    SettingKey.PROMISE_LABEL: "Our Pledge",
}
OF_RECORDS = ("young.person", "youth.voice", "chair", "manager")  # they open records, too


def play(database: Database, sheets: Path) -> None:
    """Play Westmarch with other words where its people typed these."""
    for sheet in sheets.glob("*.csv"):
        typed = sheet.read_text("utf-8")
        typed = re.sub(r"(?<=\w )board|board(?= \w)|Board", "Circle", typed)
        sheet.write_text(typed.replace("Promise", "Vow"), "utf-8")
    database.clock = lambda: NOW
    migrate(database.engine)
    play_seed(database, NOW.date(), sheets)
    with database.writing(System()) as (db, system):
        for key, label in NAMED.items():
            change_setting(db, system, key, label)


@pytest.fixture(scope="module")
def councils(engine: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    sheets = tmp_path_factory.mktemp("seed") / "westmarch"
    shutil.copytree(COUNCILS["demo"], sheets)
    return databases(engine, "panel", lambda database: play(database, sheets))


def left_on(page: str) -> list[str]:
    """Each that is left, with what stands around it."""
    told = BEFORE.sub("", unescape(CODES.sub("", page)))
    around = (told[max(0, found.start() - 60) : found.end() + 60] for found in OURS.finditer(told))
    return [" ".join(words.split()) for words in around]


def everything_on(at: AppTest) -> str:
    """All that was sent to the browser: labels, choices, hints, HTML, and the menu."""
    sent = [str([page["page_name"] for page in at._registered_pages.values()])]
    waiting = [at._tree]
    while waiting:
        node = waiting.pop()
        if (proto := getattr(node, "proto", None)) is not None:
            sent.append(MessageToString(proto, as_utf8=True).replace('\\"', '"'))
        waiting += getattr(node, "children", {}).values()
    return "\n".join(sent)


def linked(page: str, opened: set[tuple[str, ...]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The addresses that a page links to, with each two of their parts once over all pages."""
    for path, query in LINK.findall(unescape(page)):
        asked = dict(parse_qsl(query))
        file = next((one.file for one in MENU if one.address == path), None)
        parts = sorted(n if value.isdecimal() else f"{n}={value}" for n, value in asked.items())
        shapes = {(path, *some) for number in (1, 2) for some in combinations(parts, number)}
        if file and not shapes <= opened:
            opened |= shapes
            yield file, asked


@pytest.mark.parametrize("username", ONE_EACH)
@pytest.mark.usefixtures("council")
def test_no_page_of_a_role_names_a_board_or_a_promise(open_as: OpenAs, username: str):
    waiting: list[tuple[str, dict[str, str]]] = [
        (page.file, {}) for page in menu_for(DEMO[username])
    ]
    own, opened = len(waiting), set[tuple[str, ...]]()
    found, said = [], ""
    for file, asked in waiting:
        at = open_as(username, file, **asked)
        if file == HOME:  # where a name lands without an address may be another page
            at.switch_page(HOME).run()
        assert not at.exception, (file, asked)
        assert heading(at)
        page = everything_on(at)
        said += page
        found += [f"{file} {asked}: {words}" for words in left_on(page)]
        if username in OF_RECORDS:
            waiting += linked(page, opened)

    assert found == []
    assert "Panel" in said
    assert (len(waiting) > own) is (username in OF_RECORDS)


@pytest.mark.parametrize("sheet", EXPORTS)
@pytest.mark.usefixtures("council")
def test_no_table_to_download_names_them(sheet: str):
    client = TestClient(Starlette(routes=EXPORT))
    for username, roles in DEMO.items():
        if roles & GRANTS[Permission.EXPORTS_READ]:
            answer = client.get(f"/export/{sheet}.csv", headers={SESSION: session_of(username)})

            assert left_on(answer.text) == []
            assert left_on(answer.headers.get("content-disposition", "")) == []


@pytest.mark.usefixtures("council")
def test_the_form_for_young_people_does_not_name_them():
    phone = a_phone()
    blank = phone.get("/share").text
    theme = re.search(r'name="theme"[^>]*value="(\d+)"', blank)
    assert theme
    pages = [
        blank,
        send(phone).text,
        *(
            send(phone, theme=theme[1], thinks=f"Nobody asks {answer}.", board=answer).text
            for answer in ("yes", "summary", "no", "")
        ),
    ]

    assert [left_on(page) for page in pages] == [[]] * 6
    assert "Panel" in blank
    assert "Panel" in pages[2]
    assert "our Pledge" in blank


@pytest.mark.usefixtures("council")
def test_no_card_names_them():
    trial = demo_council()
    assert trial
    for card in trial.cards:
        phone = a_phone()
        answer = phone.post(
            "/card", data={**carried(phone, "/card"), "code": card.code}, headers=OWN_PAGE
        )

        assert card.code.split()[0] in answer.text or "Panel" in answer.text
        assert left_on(answer.text) == [], card.code


@pytest.mark.usefixtures("council")
def test_the_sign_in_and_the_front_page_do_not_name_them():
    phone = TestClient(Starlette(routes=DOOR))
    page = phone.get("/sign-in").text

    assert left_on(page) == []
    assert "Corporate Parenting Panel" in page
    assert left_on(read_front_page().html.decode()) == []
