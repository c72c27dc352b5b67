"""Reruns over the websocket, without a browser: wall clock and CPU of the server.

A rerun lasts from the request to the message that the script has finished. Each figure is the
median of several reruns, or for CPU their sum, so that one delay does not decide a round. No page
of the product has a fragment so far. Its cost is measured on one of the benchmarks' own screens,
against a full rerun of that screen, which draws almost nothing, and of the overview, as if the
fragment were on it.
"""

import time
from collections.abc import Iterator
from statistics import median

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException

from tests.benchmarks.measuring import CpuOf, Measured, NotReady, Options, never_ready, paired
from tests.benchmarks.serving import BenchmarkServer, Screen, screens, served
from tests.helpers.raw_socket import Answer, RawSocket

EACH = 20  # reruns for one figure
EMPTY, FRAGMENT = "/empty", "/fragment"
OVERVIEW = Screen("chair", "/")
WHOLE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class TimedSocket(RawSocket):
    """A client that notices the end of a run at once, and can tell an error from a page."""

    def listen(self, seconds: float = 20) -> Answer:
        answer = Answer()
        while not answer.finished:
            try:
                frame = self._socket.recv(seconds)
            except (OSError, WebSocketException) as silence:  # a timeout is an OSError
                raise NotReady(f"No answer: {type(silence).__name__} {silence}") from silence
            assert isinstance(frame, bytes)
            self._take(answer, frame)
            if answer.finished:
                answer.finished = ForwardMsg.FromString(frame).script_finished in WHOLE
        if any(element.WhichOneof("type") == "exception" for element in answer.elements):
            raise NotReady("The page showed an error.")
        return answer


class OpenPage:
    """One tab that shows a page and reruns it."""

    def __init__(self, server: BenchmarkServer, screen: Screen) -> None:
        self._cpu = CpuOf(server.pid)
        try:
            self._socket = TimedSocket(server.url, cookie=server.cookie(screen.username))
            self._page = self._socket.rerun().pages[screen.address.strip("/")]
        except (OSError, WebSocketException, LookupError) as error:
            raise NotReady(f"{screen} did not open: {type(error).__name__} {error}") from error
        self.fragments = self.rerun().fragments

    def rerun(self, fragment: str = "") -> Answer:
        return self._socket.rerun(page_hash=self._page, fragment=fragment)

    def milliseconds(self, fragment: str = "") -> float:
        """How long a rerun takes, the median of several."""
        return 1000 * median(self._timed(fragment) for _ in range(EACH))

    def cpu(self, fragment: str = "") -> float:
        """Milliseconds of the server's CPU for one rerun, the mean of several."""

        def several() -> None:
            for _ in range(EACH):
                self.rerun(fragment)

        return 1000 * self._cpu.spent(several) / EACH

    def _timed(self, fragment: str) -> float:
        began = time.perf_counter()
        self.rerun(fragment)
        return time.perf_counter() - began

    def close(self) -> None:
        self._socket.__exit__(None, None, None)


def run(options: Options) -> Iterator[Measured]:
    """Compare every page of the menu with the empty page, then a fragment with its full page."""
    with served(options.large, options.db) as server:
        for screen in screens():
            yield from _over_empty(server, screen, options)
        yield from _fragment(server, options)


def _over_empty(server: BenchmarkServer, screen: Screen, options: Options) -> Iterator[Measured]:
    goal, what = "rerun_over_empty", f"{screen}, {options.large}"
    try:
        ours, empty = OpenPage(server, screen), OpenPage(server, Screen(screen.username, EMPTY))
    except NotReady as never:
        yield never_ready(goal, what, str(never))
        return
    yield paired(
        goal, f"{what}, wall", ours.milliseconds, empty.milliseconds,
        rounds=options.rounds, unit="ms",
    )  # fmt: skip
    yield paired(
        goal, f"{what}, CPU", ours.cpu, empty.cpu, rounds=options.rounds, unit="ms CPU"
    )  # fmt: skip
    ours.close()
    empty.close()


def _fragment(server: BenchmarkServer, options: Options) -> Iterator[Measured]:
    page, overview = OpenPage(server, Screen("chair", FRAGMENT)), OpenPage(server, OVERVIEW)
    (fragment,) = page.fragments
    for what, full in (("the screen around it", page), (str(OVERVIEW), overview)):
        yield paired(
            "fragment_over_full", f"the fragment over {what}, CPU, {options.large}",
            lambda: page.cpu(fragment), full.cpu, rounds=options.rounds, unit="ms CPU",
        )  # fmt: skip
    page.close()
    overview.close()
