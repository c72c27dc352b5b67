"""What garbage collection costs a rerun: the server as it is set, and the three other ways.

As it is set, everything loaded before the first visit is frozen, and Python collects at its own
pace; otherwise Streamlit would collect after each run, and search every open tab. All four servers
run at once and take turns, so that a busy machine slows them equally.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from coprod_data.store.database import Database
from tests.benchmarks.council import a_council, database_of, the_demo
from tests.benchmarks.measuring import CpuOf, Measured, Options
from tests.benchmarks.soak import look_at
from tests.benchmarks.visiting import Visitors
from tests.helpers.live_server import LiveServer

SESSIONS, RERUNS = 8, 10  # for one figure
NO_FREEZE = "import gc\n\ngc.freeze = lambda: None\n"
COLLECTING = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}


class Setting:
    """A server with one setting of garbage collection, and people who visit it."""

    def __init__(self, server: LiveServer, database: Database) -> None:
        self._server, self._database = server, database
        self._visitors, self._cpu = Visitors(server, database), CpuOf(server.pid)
        self.cpu: list[float] = []
        self._visit()  # the first visit costs more

    def measure(self) -> None:
        """Return the CPU of one rerun, including opening and ending its session."""
        self.cpu.append(1000 * self._cpu.spent(self._visit) / (SESSIONS * RERUNS))

    @property
    def memory(self) -> float:
        return look_at(self._server, self._database).memory

    def _visit(self) -> None:
        self._visitors.visit(SESSIONS, RERUNS)


def run(options: Options) -> Iterator[Measured]:
    """Ours over each of the other settings: CPU of a rerun, then memory after all of them."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        not_frozen = {"PYTHONPATH": name}
        (Path(name) / "sitecustomize.py").write_text(NO_FREEZE)

        def started(folder: str, environment: dict[str, str]) -> Setting:
            place = Path(name) / folder
            place.mkdir()
            server = stack.enter_context(a_council(options.db, place, the_demo))
            server.environment |= environment
            server.start()
            return Setting(server, stack.enter_context(database_of(server)))

        ours = started("ours", {})
        others = {
            "not frozen": started("1", not_frozen),
            "frozen, collecting after a run": started("2", COLLECTING),
            "not frozen, collecting after a run": started("3", not_frozen | COLLECTING),
        }
        everybody = [ours, *others.values()]
        for number in range(options.rounds):
            first = number % len(everybody)
            for setting in everybody[first:] + everybody[:first]:
                setting.measure()
            figures = " / ".join(f"{setting.cpu[-1]:.1f}" for setting in everybody)
            print(f"  round {number + 1}: {figures} ms CPU", flush=True)
        for what, other in others.items():
            yield _over("garbage_cpu", what, ours.cpu, other.cpu, "ms CPU")
        for what, other in others.items():
            yield _over("garbage_memory", what, [ours.memory], [other.memory], "MB")


def _over(goal: str, what: str, ours: list[float], other: list[float], unit: str) -> Measured:
    ratios = tuple(mine / theirs for mine, theirs in zip(ours, other, strict=True))
    return Measured(goal, f"as it is set over {what}", ratios, tuple(ours), tuple(other), unit)
