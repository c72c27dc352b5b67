"""Many open tabs at once, each rerunning its page every few seconds, from one event loop."""

import asyncio
import time
from collections.abc import Sequence
from statistics import quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

PERIOD = 5.0  # seconds between two reruns of one tab
MEASURED = 15.0  # seconds for each level
ARRIVAL = 60.0  # seconds within which every tab must see its page once
LOST = float("inf")
WHOLE = ForwardMsg.FINISHED_SUCCESSFULLY


class Tabs:
    """Tabs of one page. Use within `async with`; all are closed at its end."""

    def __init__(self, url: str, address: str) -> None:
        self._url = f"ws{url.removeprefix('http')}/_stcore/stream"
        self._page = address.strip("/")
        self._tasks: list[asyncio.Task[None]] = []
        self._arrived = 0
        self._since = LOST
        self._asked: dict[int, float] = {}  # tabs that wait for an answer, and since when
        self._lasted: list[float] = []
        self.fault = ""

    async def __aenter__(self) -> "Tabs":
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def hold(self, cookies: Sequence[str]) -> float:
        """Open tabs until there is one for each cookie, and return the p95 of their reruns.

        Infinite if a tab broke or not all of them saw the page in time.
        """
        new = cookies[len(self._tasks) :]
        self._since = LOST
        for place, cookie in enumerate(new):
            delay = PERIOD * place / len(new)
            self._tasks.append(asyncio.create_task(self._stay(len(self._tasks), cookie, delay)))
        end = time.monotonic() + ARRIVAL
        while self._arrived < len(self._tasks):
            if self.fault or time.monotonic() > end:
                self.fault = self.fault or (
                    f"only {self._arrived} of {len(self._tasks)} saw the page in {ARRIVAL:g} s"
                )
                return LOST
            await asyncio.sleep(0.1)
        await asyncio.sleep(PERIOD)  # the cost of the new tabs' arrival is over
        return await self._measure()

    async def _measure(self) -> float:
        self._lasted, self._since = [], time.monotonic()
        await asyncio.sleep(MEASURED)
        now = time.monotonic()
        waiting = [now - since for since in self._asked.values()]
        lasted = [*self._lasted, *(seconds for seconds in waiting if seconds > PERIOD / 5)]
        if self.fault or len(lasted) < 2:
            return LOST
        return quantiles(lasted, n=20, method="inclusive")[18]

    async def _stay(self, number: int, cookie: str, delay: float) -> None:
        try:
            await asyncio.sleep(delay)
            async with connect(
                self._url, subprotocols=["streamlit"], additional_headers={"Cookie": cookie},  # type: ignore[list-item] # a NewType of str
                max_size=None, open_timeout=ARRIVAL, ping_interval=None, proxy=None,
            ) as socket:  # fmt: skip
                page = (await _run(socket, "")).get(self._page, "")
                await _run(socket, page)
                self._arrived += 1
                due = time.monotonic()
                while True:
                    due = max(due + PERIOD, time.monotonic())
                    await asyncio.sleep(due - time.monotonic())
                    self._asked[number] = began = time.monotonic()
                    await _run(socket, page)
                    del self._asked[number]
                    if began >= self._since:
                        self._lasted.append(time.monotonic() - began)
        except (WebSocketException, OSError, RuntimeError) as error:
            self.fault = self.fault or f"a tab broke: {type(error).__name__} {error}"


async def _run(socket: ClientConnection, page: str) -> dict[str, str]:
    """Ask for a run and wait for its end; return the pages of the menu, if it named any."""
    message = BackMsg()
    message.rerun_script.page_script_hash = page
    await socket.send(message.SerializeToString())
    pages: dict[str, str] = {}
    while True:
        answer = ForwardMsg.FromString(await socket.recv(decode=False))
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            pages = {p.url_pathname: p.page_script_hash for p in answer.navigation.app_pages}
        elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError("the page showed an error")
        elif kind == "auth_redirect":
            raise RuntimeError("the session was ended")
        elif kind == "script_finished" and answer.script_finished == WHOLE:
            return pages
