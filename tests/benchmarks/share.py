"""The first visit to /share on a slow phone, compared with the same words in Streamlit.

Chromium slows the network to 400 kbit/s and 400 ms; nothing is in its cache. The Streamlit page
draws every line that /share shows, as plain text, with none of its fields: less than the form would
be. It is measured twice: with Streamlit as installed, which compresses no file, and behind our own
door, which compresses them all.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count

from playwright.sync_api import Browser, BrowserContext

from tests.benchmarks.browsing import chromium, opened, visitor
from tests.benchmarks.measuring import Measured, NotReady, Options, paired, single
from tests.benchmarks.serving import BenchmarkServer, listens, served
from tests.benchmarks.streamlit_with_screens import SCREENS
from tests.helpers.live_server import free_port

BITS_PER_SECOND, LATENCY = 400_000, 400
PATIENCE = 300_000  # ms
KILOBYTE = 1000
START = 60  # seconds


def run(options: Options) -> Iterator[Measured]:
    """Compare a first visit with Streamlit, and measure what it transfers."""
    with chromium() as browser, served(options.large, options.db) as server:
        phone = Phone(browser, server)
        server.words.write_text("\n".join(phone.words()), "utf-8")
        with streamlit_as_it_comes(server) as plain:
            for what, words in (
                ("as it comes", lambda: phone.streamlit(plain)),
                ("behind our door", phone.streamlit_behind_our_door),
            ):
                yield paired(
                    "share_over_streamlit", f"first visit at 400 kbit/s over Streamlit {what}",
                    phone.share, words, rounds=options.rounds, unit="ms",
                )  # fmt: skip
        yield single(
            "share_kilobytes", "first visit to /share transfers",
            max(phone.transferred) / KILOBYTE, unit="KB",
        )  # fmt: skip


class Phone:
    """A new visitor each time, with a slow connection."""

    def __init__(self, browser: Browser, server: BenchmarkServer) -> None:
        self._browser, self._server = browser, server
        self._numbers = count(1)
        self.transferred: list[float] = []

    def words(self) -> list[str]:
        """Every line of /share, whichever step shows it. Raises NotReady when it is closed."""
        with self._somebody() as context:
            page = context.new_page()
            opened(page, f"{self._server.url}/share")
            if not page.locator("form#card").count():
                raise NotReady("/share takes nothing in this database: nobody is on duty.")
            text = page.locator("body").evaluate("body => body.textContent")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def share(self) -> float:
        """Milliseconds until /share is complete."""
        milliseconds, transferred = self._visit(f"{self._server.url}/share")
        self.transferred.append(transferred)
        return milliseconds

    def streamlit(self, url: str) -> float:
        """Milliseconds until the same words are complete as a page of a separate Streamlit."""
        return self._visit(url)[0]

    def streamlit_behind_our_door(self) -> float:
        """The same, as a page of our menu."""
        cookie = self._server.cookie("young.person")
        return self._visit(f"{self._server.url}/share_words", cookie)[0]

    def _visit(self, url: str, cookie: str = "") -> tuple[float, float]:
        with self._somebody(cookie) as context:
            page = context.new_page()
            network = context.new_cdp_session(page)
            network.send("Network.enable")
            network.send("Network.emulateNetworkConditions", {
                "offline": False, "latency": LATENCY,
                "downloadThroughput": BITS_PER_SECOND / 8, "uploadThroughput": BITS_PER_SECOND / 8,
            })  # fmt: skip
            sizes: list[float] = []
            network.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
            return opened(page, url, PATIENCE), sum(sizes)

    def _somebody(self, cookie: str = "") -> AbstractContextManager[BrowserContext]:
        address = f"203.0.113.{next(self._numbers) % 250 + 1}"
        return visitor(self._browser, self._server.url, cookie, address=address)


@contextmanager
def streamlit_as_it_comes(server: BenchmarkServer) -> Iterator[str]:
    """The address of a Streamlit with the same words, without our door. Raises NotReady."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", SCREENS / "share_words.py",
            "--server.port", str(port), "--server.address", "127.0.0.1",
            "--server.headless", "true", "--server.showEmailPrompt", "false",
            "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
        ],
        cwd=server.folder, env={**os.environ, **server.environment},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + START
        while not listens(process.pid, port):
            if process.poll() is not None or time.monotonic() > end:
                raise NotReady("A plain Streamlit did not start.")
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait()
