"""Paired rounds, the load of the machine and the CPU time of a process.

Other work on the machine slows both sides of a pair equally, so only the ratio within one round
counts, never a figure by itself.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

Engine = Literal["sqlite", "postgresql"]
Figure = Callable[[], float]

TICKS = os.sysconf("SC_CLK_TCK")


class NotReady(Exception):
    """A page, a server or a database that never got ready, in a sentence."""


@dataclass(frozen=True)
class Options:
    """What one benchmark is asked for."""

    rounds: int = 7
    db: Engine = "sqlite"
    small: str = "1k"
    large: str = "1m"
    entries: int = 5_000  # sent on each engine while it is killed
    reruns: int = 50_000
    sessions: int = 5_000


@dataclass(frozen=True)
class Measured:
    """One line of the table. `fault` says why there are no figures, or not all of them.

    `note` is a sentence under the table: why a figure is what it is.
    """

    goal: str
    what: str
    ratios: tuple[float, ...]
    ours: tuple[float, ...] = ()
    baseline: tuple[float, ...] = ()
    unit: str = ""
    fault: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        return median(self.ratios)


def paired(
    goal: str,
    what: str,
    ours: Figure,
    baseline: Figure,
    *,
    rounds: int,
    unit: str,
    at_most: float | None = None,
) -> Measured:
    """Measure both sides in every round, turning the order round each time, and print each round.

    It ends as soon as more than half of the rounds are `at_most` that, since the median then is,
    or the first is not even half of it.
    If a side never gets ready, what was measured until then is returned with the fault.
    """
    mine: list[float] = []
    theirs: list[float] = []
    print(f"\n{what}", flush=True)
    fault = ""
    try:
        for number in range(rounds):
            if number % 2:
                base, own = baseline(), ours()
            else:
                own, base = ours(), baseline()
            mine.append(own)
            theirs.append(base)
            print(
                f"  round {number + 1}: {own:.4g} / {base:.4g} {unit} = {own / base:.3f}",
                flush=True,
            )
            seen = [one / other for one, other in zip(mine, theirs, strict=True)]
            most = at_most or 0
            if sum(ratio <= most for ratio in seen) > rounds / 2 or seen[0] <= most / 2:
                break
    except NotReady as never:
        fault = str(never)
        print(f"  {fault}", flush=True)
    ratios = tuple(own / base for own, base in zip(mine, theirs, strict=True))
    return Measured(goal, what, ratios, tuple(mine), tuple(theirs), unit, fault)


def single(goal: str, what: str, value: float, *, unit: str = "") -> Measured:
    """One count or size with its own bound, printed as it is measured."""
    print(f"\n{what}: {value:.6g} {unit}".rstrip(), flush=True)
    return Measured(goal, what, (value,), (value,), unit=unit)


def never_ready(goal: str, what: str, fault: str) -> Measured:
    """The line of something that could not be measured at all."""
    print(f"\n{what}: {fault}", flush=True)
    return Measured(goal, what, (), fault=fault)


def load() -> str:
    """How much this machine has had to do in the last 1, 5 and 15 minutes."""
    return " ".join(f"{minutes:.2f}" for minutes in os.getloadavg())


class CpuOf:
    """The CPU time of a process and its children, including threads that have ended."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def cpu_seconds(self) -> float:
        """User and system time so far. Raises NotReady when the process is gone."""
        try:
            return sum(_cpu_clock(pid) for pid in _family(self.pid)) + _of_ended_children(self.pid)
        except OSError as error:
            raise NotReady(f"Process {self.pid} is gone.") from error

    def spent(self, work: Callable[[], object]) -> float:
        """The CPU seconds that this process needs while `work` runs here."""
        before = self.cpu_seconds()
        work()
        return self.cpu_seconds() - before


def _cpu_clock(pid: int) -> float:
    # The value of clock_getcpuclockid(3) on Linux: in nanoseconds, while /proc counts hundredths of
    # seconds.
    return time.clock_gettime((~pid << 3) | 2)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may have ended by now
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _of_ended_children(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICKS
