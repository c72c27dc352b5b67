"""A cold start: from the process to /readyz, and how much longer the first visitor waits than the
second.

Each round starts the server again. Both visitors have an empty cache and their own session. Their
order cannot alternate, because only one visit can be the first.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.benchmarks.browsing import chromium, visit, visitor
from tests.benchmarks.measuring import Measured, NotReady, Options
from tests.benchmarks.serving import BenchmarkServer, filled

LANDING = "/"


def run(options: Options) -> Iterator[Measured]:
    """Both, at the large size."""
    url = filled(options.large, options.db)
    starts: list[float] = []
    first: list[float] = []
    second: list[float] = []
    fault = ""
    print(f"\nstart to /readyz, then the first and the second visitor, {options.large}", flush=True)
    try:
        with chromium() as browser:
            for number in range(options.rounds):
                for figures, figure in zip(
                    (starts, first, second), _start(browser, url), strict=True
                ):
                    figures.append(figure)
                print(
                    f"  round {number + 1}: ready in {starts[-1]:.2f} s,"
                    f" first {first[-1]:.0f} / second {second[-1]:.0f} ms"
                    f" = {first[-1] / second[-1]:.3f}",
                    flush=True,
                )
    except NotReady as never:
        fault = str(never)
    yield Measured(
        "start_to_ready", f"start to /readyz, {options.large}", tuple(starts), tuple(starts),
        unit="s", fault=fault,
    )  # fmt: skip
    yield Measured(
        "first_visitor_over_second", f"overview as chair, first over second, {options.large}",
        tuple(one / two for one, two in zip(first, second, strict=True)),
        tuple(first), tuple(second), "ms", fault,
    )  # fmt: skip


def _start(browser: Browser, url: str) -> tuple[float, float, float]:
    with TemporaryDirectory() as folder:
        server = BenchmarkServer(Path(folder), url)
        cookies = server.new_cookie("chair"), server.new_cookie("chair")
        began = time.monotonic()
        try:
            server.start()
            seconds = time.monotonic() - began
            first, second = (_visit(browser, server.url, cookie) for cookie in cookies)
        except RuntimeError as error:
            raise NotReady(str(error)) from error
        finally:
            server.__exit__()
    return seconds, first, second


def _visit(browser: Browser, url: str, cookie: str) -> float:
    with visitor(browser, url, cookie) as somebody:
        return visit(somebody, url + LANDING)
