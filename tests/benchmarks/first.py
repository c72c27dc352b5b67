"""First words: the first painted frame that holds a page's answer, and what comes after it.

The same document is opened in three ways: as it is sent; as the same words with the same stylesheet
and nothing after them; and without its answer, as Streamlit alone would show it. Whoever opens it
was here before in a warm round, so that the faces are read first.
"""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, BrowserContext, Page, Route

from pages.door.front_page import read_front_page
from tests.benchmarks.browsing import chromium, visitor
from tests.benchmarks.measuring import Measured, NotReady, Options, paired, single
from tests.benchmarks.serving import served
from tests.helpers.looking import READY

PLACES = ("/", "/actions", "/opportunities", "/report_cards", "/audits", "/my_work")
READER = "chair"
TOLD = """window.told = { shift: 0, painted: 0 };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.told.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.name === "first-contentful-paint") window.told.painted = one.startTime;
  }
}).observe({ type: "paint", buffered: true });"""

HAS_WORDS = 'id="first"'
AGAIN = 8  # times that a document is asked for before it counts as one without words

Change = Callable[[str], str]


def as_sent(document: str) -> str:
    """The document with its answer. Raises NotReady if there is none in it."""
    if HAS_WORDS not in document:
        raise NotReady("A document came without its answer.")
    return document


def words_alone(document: str) -> str:
    """The same words with the same stylesheet, without a script and without Streamlit."""
    without = re.sub(r"<script.*?</script>", "", as_sent(document), flags=re.S)
    return re.sub(r'<template id="streamlit-files">.*?</template>', "", without, flags=re.S)


def streamlit_alone(document: str) -> str:
    """The same document as it goes out without an answer."""
    as_sent(document)
    return read_front_page().html.decode()


def run(options: Options) -> Iterator[Measured]:
    """Every page that answers, cold and warm, at the large size."""
    with chromium() as browser, served(options.large, options.db) as server:
        for path in PLACES:
            yield from measured(browser, server.url, server.cookie(READER), path, options.rounds)


def measured(browser: Browser, url: str, cookie: str, path: str, rounds: int) -> Iterator[Measured]:
    """The figures of one page."""
    shifts: list[float] = []
    for warm in (False, True):
        how = f"{path}, {'warm' if warm else 'cold'}"

        def opened(change: Change, read: Callable[[Page], float], *, warm: bool = warm) -> float:
            with visitor(browser, url, cookie) as somebody:
                _be_there_before(somebody, url, path, warm=warm)
                page = somebody.new_page()
                page.add_init_script(TOLD)
                page.route(url + path, lambda route: _changed(route, change))
                page.goto(url + path, wait_until="commit")
                return read(page)

        def whole(page: Page) -> float:
            time = whole_at(page)
            if page.evaluate("() => !!window.told.painted"):
                shifts.append(page.evaluate("() => window.told.shift"))
            return time

        yield paired(
            "first_words_over_static", how,
            lambda read=opened: read(as_sent, painted_at),
            lambda read=opened: read(words_alone, painted_at), rounds=rounds, unit="ms",
        )  # fmt: skip
        shifts.clear()
        yield paired(
            "whole_over_streamlit_alone", how,
            lambda read=opened, last=whole: read(as_sent, last),
            lambda read=opened: read(streamlit_alone, whole_at), rounds=rounds, unit="ms",
        )  # fmt: skip
        yield single("first_words_shift", how, max(shifts))


def _be_there_before(somebody: BrowserContext, url: str, path: str, *, warm: bool) -> None:
    if warm:
        page = somebody.new_page()
        page.goto(url + path)
        whole_at(page)
        page.close()
    else:
        somebody.add_cookies([{"name": "screen", "value": "narrow", "url": url}])


def _changed(route: Route, change: Change) -> None:
    for _ in range(AGAIN):
        answer = route.fetch()
        if HAS_WORDS in answer.text():
            break
    route.fulfill(response=answer, body=change(answer.text()))


def painted_at(page: Page) -> float:
    """When the first frame with something in it was painted, in milliseconds."""
    page.wait_for_function("() => window.told && window.told.painted", polling=20)
    return float(page.evaluate("() => window.told.painted"))


def whole_at(page: Page) -> float:
    """When nothing had changed any more for a while, on a page that is ready."""
    page.wait_for_function(READY, polling=20)
    page.wait_for_function("() => window.__watched.ready()", polling=20)
    return float(page.evaluate("() => window.__watched.ready()"))
