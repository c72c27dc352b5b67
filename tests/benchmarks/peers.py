"""Our first words and our whole page beside the same content in Dash, behind gunicorn.

It is measured only where `COPROD_PEER_PYTHON` names a Python with our requirements, dash and
gunicorn. Both sides are signed in to one database and read it by the same functions. One rule says
when a page is whole: every word of it is in the document, and nothing has changed for a while.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape

import httpx2
from playwright.sync_api import Browser, Error, Page

from coprod_data.queries.auth_sessions import session_of_token
from coprod_data.store import database as process
from coprod_data.store.actors import System
from pages.door.first_view import said_by
from pages.menu import MENU
from pages.parts.answers import flat
from tests.benchmarks.browsing import PATIENCE, chromium, visitor
from tests.benchmarks.first import AGAIN, TOLD, painted_at, whole_at
from tests.benchmarks.measuring import Measured, NotReady, Options, paired
from tests.benchmarks.serving import BenchmarkServer, served
from tests.benchmarks.share import BITS_PER_SECOND, LATENCY
from tests.helpers.live_server import free_port
from tests.helpers.source import ROOT

PYTHON = os.environ.get("COPROD_PEER_PYTHON", "")
PLACES = ("/", "/actions")
READER = "chair"
APP = "tests.benchmarks.peer_dash:made()"
HOLDS = """(words) => {
  const said = document.body.textContent.replace(/\\s+/g, ' ');
  return words.every((one) => said.includes(one));
}"""


def run(options: Options) -> Iterator[Measured]:
    """Both pages, on a usual line and on a slow one. Raises NotReady where there is no Dash."""
    if not PYTHON:
        raise NotReady("Name a Python with our requirements, dash and gunicorn first.")
    with (
        chromium() as browser,
        served(options.small, options.db) as server,
        dash_beside(server) as dash,
    ):
        cookie = server.cookie(READER)
        for path in PLACES:
            words = words_of(path, server)
            for slow in (False, True):
                yield from measured(
                    browser, server.url, dash, cookie, path, words, options.rounds, slow=slow
                )


def measured(
    browser: Browser, url: str, dash: str, cookie: str, path: str, words: list[str], rounds: int,
    *, slow: bool,
) -> Iterator[Measured]:  # fmt: skip
    """The figures of one page for a browser that was never here."""
    how = f"{path}, 400 kbit/s" if slow else path
    first = partial(_opened, browser, url, cookie, path, words, slow=slow, whole=False)
    whole = partial(_opened, browser, url, cookie, path, words, slow=slow, whole=True)
    theirs = partial(_opened, browser, dash, cookie, path, words, slow=slow, whole=True)
    yield paired("first_words_over_dash", how, first, theirs, rounds=rounds, unit="ms")
    yield paired("whole_over_dash", how, whole, theirs, rounds=rounds, unit="ms")


def words_of(path: str, server: BenchmarkServer) -> list[str]:
    """Every piece of text that the page has for its reader, as it is in a document."""
    process.use(server.database)
    with process.reading(System()) as (db, system):
        session = session_of_token(db, system, server.cookie(READER).partition("=")[2])
    page = next(page for page in MENU if page.address == path)
    said = said_by(page, session.public_id, {}) if session else None
    if said is None:
        raise NotReady(f"{path} says nothing at once.")
    markup = "".join((*flat(said.blocks), *said.rest))
    drawn = re.sub(r"<(svg|style|script)\b.*?</\1>", " ", markup, flags=re.S)
    pieces = [" ".join(unescape(piece).split()) for piece in re.split(r"<[^>]+>", drawn)]
    return [said.title, *dict.fromkeys(piece for piece in pieces if piece)]


@contextmanager
def dash_beside(server: BenchmarkServer) -> Iterator[str]:
    """The address of the same pages in Dash, on the same database."""
    port = free_port()
    command = [PYTHON, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--bind",
               f"127.0.0.1:{port}", APP]  # fmt: skip
    environment = {**os.environ, **server.environment}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as gunicorn:
        try:
            _until_it_answers(f"http://127.0.0.1:{port}/_dash-layout", gunicorn)
            yield f"http://127.0.0.1:{port}"
        finally:
            gunicorn.terminate()


def _until_it_answers(address: str, gunicorn: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while gunicorn.poll() is None and time.monotonic() < end:
        try:
            if httpx2.get(address, timeout=20).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    raise NotReady("Dash did not start.")


def _opened(
    browser: Browser, url: str, cookie: str, path: str, words: list[str], *, slow: bool, whole: bool
) -> float:
    """When every word was there. A document of ours that came without its answer, because that took
    too long, is asked for again: it has no first words.
    """
    for _ in range(AGAIN):
        with visitor(browser, url, cookie) as somebody:
            somebody.add_cookies([{"name": "screen", "value": "narrow", "url": url}])
            page = somebody.new_page()
            page.add_init_script(TOLD)
            if slow:
                _slow_down(page)
            page.goto(url + path, wait_until="domcontentloaded", timeout=PATIENCE)
            if not whole and not page.evaluate("() => !!document.getElementById('first')"):
                continue
            try:
                page.wait_for_function(HOLDS, arg=words, timeout=PATIENCE, polling=20)
            except Error as error:
                raise NotReady(f"{url}{path} never held every word.") from error
            return whole_at(page) if whole else painted_at(page)
    raise NotReady(f"{path} came without its answer {AGAIN} times.")


def _slow_down(page: Page) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY,
        "downloadThroughput": BITS_PER_SECOND / 8, "uploadThroughput": BITS_PER_SECOND / 8,
    })  # fmt: skip
