"""What a document may hold of its page, and that it never waits long, fails or tells for it."""

import asyncio
import gzip
import logging
import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from coprod_data.models import EntryReading, Event, Trail
from coprod_data.permissions import Invalid
from coprod_data.store.database import Database
from coprod_data.vocabulary.trail import TrailKind
from pages.board import overview_answer
from pages.door import first_view
from pages.door.front_page import read_front_page
from pages.door.static_files import read_static_files
from pages.menu import HOME, MENU, menu_for
from tests.helpers.demo import DEMO, ONE_EACH
from tests.helpers.opening import session_of
from tests.helpers.running import run

pytestmark = pytest.mark.usefixtures("council")

FRONT = read_front_page()
OVERVIEW = next(page for page in MENU if page.file == HOME)
MOST_BYTES = 40_000  # before the first words: 31,500 were seen with their headers
MOST_BLOCKS = 16  # with the five of the frame
SECRET = "what a child said"


def sent(session: str, path: str = "/", query: str = "", *, wide: bool = False) -> bytes | None:
    return run(first_view.document_with_answer(FRONT, session, path, query, wide=wide, again=False))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is slow, not wrong."""
    monkeypatch.setattr(first_view, "PATIENCE", 20)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the Overview say something else, or fail."""

    def instead(answer: Callable[..., object]) -> None:
        monkeypatch.setattr(overview_answer, "answer", answer)

    return instead


@pytest.mark.parametrize("username", ONE_EACH)
def test_only_whose_menu_has_a_page_gets_its_words_and_a_refusal_is_not_noted_twice(
    council: Database, username: str
):
    session = session_of(username)
    for path, page in first_view._pages().items():
        assert bool(sent(session, path)) == (page in menu_for(DEMO[username])), path
    with council.engine.connect() as connection:
        noted = connection.scalar(
            sa.select(sa.func.count()).where(Trail.kind == TrailKind.RIGHT_REFUSED)
        )
    assert not noted


def test_a_document_with_an_answer_holds_no_token_and_none_of_streamlits_files_to_fetch():
    document = (sent(session_of("chair")) or b"").decode()

    assert 'name="token"' not in document
    assert "<title>Overview – Together</title>" in document
    fetched, _, waiting = document.partition('<template id="streamlit-files">')
    assert re.findall(r'(?:src|href)="[^"]*/static/[^"]+', fetched) == re.findall(
        r'(?:src|href)="/app/static/(?:first\.js|app\.css)\?v=\w+', fetched
    )
    assert 'type="module"' in waiting
    assert "./static" not in waiting


def test_an_ended_session_a_refusal_and_a_fault_leave_the_document_without(
    says: Callable[..., None], caplog: pytest.LogCaptureFixture
):
    def refuse(*_: object) -> None:
        raise Invalid(SECRET)

    def break_down(*_: object) -> None:
        raise RuntimeError(SECRET)

    session = session_of("chair")
    assert sent("no-such-session") is None
    says(refuse)
    assert sent(session) is None
    assert caplog.records == []
    says(break_down)
    with caplog.at_level(logging.ERROR):
        assert sent(session) is None
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text


def test_words_that_not_everybody_may_read_are_in_no_document_of_a_wide_screen(
    says: Callable[..., None],
):
    usual = overview_answer.answer
    says(lambda *asked: replace(usual(*asked), beyond_public=True))
    session = session_of("chair")

    assert sent(session, wide=True) is None
    assert sent(session, wide=False)


@pytest.mark.parametrize(
    ("username", "path", "others_may_see"),
    [
        ("chair", "/report_cards", False),  # words for the Board
        ("young.person", "/report_cards", True),
        ("young.person", "/my_cards", False),  # their own words
        ("safeguarding.lead", "/my_work", False),  # holds and dangers, without a word of any
        ("youth.voice", "/my_work", False),
        ("manager", "/my_work", True),
    ],
)
def test_what_a_document_of_a_wide_screen_goes_without_and_that_none_notes_a_reading(
    council: Database, username: str, path: str, others_may_see: bool
):
    session = session_of(username)
    before = noted(council)

    assert sent(session, path)
    assert bool(sent(session, path, wide=True)) is others_may_see
    assert bool(sent(session, path, "screen=others", wide=True)) is others_may_see
    assert sent(session, path, "screen=own", wide=True)
    assert noted(council) == before


def noted(council: Database) -> list[int | None]:
    with council.engine.connect() as connection:
        return [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (Event, EntryReading, Trail)
        ]


def test_a_slow_answer_holds_up_neither_its_document_nor_the_others(
    says: Callable[..., None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(first_view, "PATIENCE", 0.3)
    says(lambda *_: time.sleep(1.2))
    session = session_of("chair")

    async def ask_for_twelve() -> float:
        began = time.monotonic()
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.01)
                ticks += 1

        ticking = asyncio.create_task(tick())
        asked = [
            first_view.document_with_answer(FRONT, session, "/", "", wide=False, again=False)
            for _ in range(12)
        ]
        assert await asyncio.gather(*asked) == [None] * 12
        took = time.monotonic() - began
        ticking.cancel()
        assert ticks > 5
        await asyncio.sleep(1.3)  # the threads end
        return took

    assert run(ask_for_twelve()) < 3 * first_view.PATIENCE
    assert first_view._asked_now == 0


def test_what_comes_before_the_first_words_is_light():
    files = read_static_files()
    beside = sum(len(files[f"/app/static/{name}"].packed) for name in ("app.css", "first.js"))
    chair, young = session_of("chair"), session_of("young.person")
    for path, page in first_view._pages().items():
        document = sent(chair if page in menu_for(DEMO["chair"]) else young, path) or b""
        assert document, path
        assert len(gzip.compress(document, 5)) + beside < MOST_BYTES, path
        assert document.count(b'class="stHtml"') <= MOST_BLOCKS, path
