"""How many people signed in at once the server holds, each rerunning a page every five seconds.

The number is doubled until the p95 of the reruns passes one second, then the gap is halved twice.
The tabs share the machine with the server; how many cores each used at the breaking point is shown
with the result, because it explains the break.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.benchmarks.measuring import CpuOf, Measured, NotReady, Options, paired
from tests.benchmarks.serving import BenchmarkServer, served
from tests.benchmarks.tabs import Tabs

HOLDS = 1.0  # seconds that 95 of 100 reruns may take
FIRST, MOST = 12, 3072
OURS, EMPTY = "/", "/empty"
WHO = ("chair", "board.member", "manager", "youth.voice")  # the overview is in their menus


@dataclass(frozen=True)
class Level:
    """What this many tabs at once cost."""

    tabs: int
    p95: float
    server: float
    clients: float
    fault: str = ""

    @property
    def holds(self) -> bool:
        return self.p95 < HOLDS

    def __str__(self) -> str:
        said = self.fault or f"p95 {self.p95:.2f} s"
        return f"{self.tabs}: {said}, server {self.server:.2f} cores, tabs {self.clients:.2f} cores"


class Crowd:
    """People with a session each, and what happens when they open one page at once."""

    def __init__(self, server: BenchmarkServer, address: str) -> None:
        self._server, self._address, self._cpu = server, address, CpuOf(server.pid)
        self._cookies: list[str] = []
        self._first = FIRST
        self.broke: list[Level] = []

    def held(self) -> float:
        """The most tabs that were held. Raises NotReady if not even the fewest were."""
        best, worst = asyncio.run(self._double())
        if best is None and self._first > FIRST:  # too many now
            self._first = FIRST
            best, worst = asyncio.run(self._double())
        if best is None:
            raise NotReady(f"{self._address} did not hold {worst}.")
        if worst.holds:
            return worst.tabs
        low, high = best.tabs, worst.tabs
        for _ in range(2):
            tried = asyncio.run(self._try((low + high) // 2))
            if tried.holds:
                low = tried.tabs
            else:
                high, worst = tried.tabs, tried
        self.broke.append(worst)
        self._first = max(FIRST, best.tabs // 2)
        return low

    async def _double(self) -> tuple[Level | None, Level]:
        best, number = None, self._first
        async with Tabs(self._server.url, self._address) as tabs:
            while True:
                level = await self._level(tabs, number)
                if not level.holds or number >= MOST:
                    return best, level
                best, number = level, 2 * number

    async def _try(self, number: int) -> Level:
        async with Tabs(self._server.url, self._address) as tabs:
            return await self._level(tabs, number)

    async def _level(self, tabs: Tabs, number: int) -> Level:
        before = time.monotonic(), self._cpu.cpu_seconds(), time.process_time()
        p95 = await tabs.hold(self._people(number))
        wall, server, clients = (
            after - earlier
            for after, earlier in zip(
                (time.monotonic(), self._cpu.cpu_seconds(), time.process_time()),
                before,
                strict=True,
            )
        )
        level = Level(number, p95, server / wall, clients / wall, tabs.fault)
        print(f"    {self._address} {level}", flush=True)
        return level

    def _people(self, number: int) -> list[str]:
        missing = range(len(self._cookies), number)
        self._cookies += [self._server.new_cookie(WHO[place % len(WHO)]) for place in missing]
        return self._cookies[:number]


def run(options: Options) -> Iterator[Measured]:
    """Compare the overview with the empty page."""
    with served(options.large, options.db) as server:
        ours, empty = Crowd(server, OURS), Crowd(server, EMPTY)
        measured = paired(
            "sessions_over_empty", f"tabs held on the overview, {options.large}",
            ours.held, empty.held, rounds=options.rounds, unit="tabs",
        )  # fmt: skip
    why = [
        f"{name} broke at {crowd.broke[-1]}" if crowd.broke else f"{name} held {MOST} and more"
        for name, crowd in (("ours", ours), ("the empty page", empty))
    ]
    yield measured if measured.fault else replace(measured, note="; ".join(why))
