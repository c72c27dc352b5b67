"""Every page of the menu in Chromium: compared with an empty page of the same shell, and as data
grows.

A cold visit has an empty cache, a warm one is a second tab of somebody who was there before. Growth
is measured warm: a cold visit also fetches files that are the same at every size, which would make
a difference look smaller.
"""

from collections.abc import Callable, Iterator
from functools import cache

from playwright.sync_api import Browser, BrowserContext

from tests.benchmarks.browsing import chromium, visit, visitor
from tests.benchmarks.measuring import Measured, NotReady, Options, never_ready, paired
from tests.benchmarks.serving import BenchmarkServer, Screen, screens, served

EMPTY = "/empty"


def run(options: Options) -> Iterator[Measured]:
    """Cold and warm over the empty page at the large size, then large over small."""
    with chromium() as browser, served(options.large, options.db) as large:
        for screen in screens():
            yield from _over_empty(browser, large, screen, options)
        yield from _as_it_grows(browser, large, options)


def _over_empty(
    browser: Browser, server: BenchmarkServer, screen: Screen, options: Options
) -> Iterator[Measured]:
    cookie = server.cookie(screen.username)

    def cold(address: str) -> float:
        with visitor(browser, server.url, cookie) as somebody:
            return visit(somebody, server.url + address)

    yield paired(
        "page_over_empty", f"{screen}, cold, {options.large}",
        lambda: cold(screen.address), lambda: cold(EMPTY), rounds=options.rounds, unit="ms",
    )  # fmt: skip
    with visitor(browser, server.url, cookie) as somebody:
        yield paired(
            "page_over_empty", f"{screen}, warm, {options.large}",
            _warm(somebody, server.url + screen.address), _warm(somebody, server.url + EMPTY),
            rounds=options.rounds, unit="ms",
        )  # fmt: skip


def _as_it_grows(browser: Browser, large: BenchmarkServer, options: Options) -> Iterator[Measured]:
    goal, sizes = "page_large_over_small", f"{options.large} over {options.small}"
    try:
        with served(options.small, options.db) as small:
            for screen in screens():
                with (
                    visitor(browser, large.url, large.cookie(screen.username)) as ours,
                    visitor(browser, small.url, small.cookie(screen.username)) as theirs,
                ):
                    yield paired(
                        goal, f"{screen}, warm, {sizes}",
                        _warm(ours, large.url + screen.address),
                        _warm(theirs, small.url + screen.address),
                        rounds=options.rounds, unit="ms",
                    )  # fmt: skip
    except NotReady as never:
        yield never_ready(goal, sizes, str(never))


def _warm(somebody: BrowserContext, address: str) -> Callable[[], float]:
    """How long a page takes to come up for somebody who has seen it before."""
    see_once = cache(lambda: visit(somebody, address))

    def again() -> float:
        see_once()
        return visit(somebody, address)

    return again
