"""A long run: people sign in, go through their pages and sign out, and nothing keeps growing.

Streamlit keeps 128 closed tabs for two minutes, so the run first fills that store without counting.
After that the server is observed throughout, and the second half is compared with the first. Ended
sessions are kept for a day on purpose: what matters is what the jobs leave a day later.
"""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from coprod_data.jobs import run_jobs
from coprod_data.models import AuthSession, Base, LoginAttempt, RateCount
from coprod_data.store.database import Database, utc_now
from tests.benchmarks.council import NAME, a_council, database_of, the_demo
from tests.benchmarks.measuring import CpuOf, Measured, Options, single
from tests.benchmarks.visiting import Visitors
from tests.helpers.live_server import LiveServer

WARM_UP_SESSIONS, WARM_UP_RERUNS = 160, 3
PARTS = 10  # of each half; a line is printed after each
LOOK_EVERY = 2.0  # seconds
A_DAY = timedelta(days=1, hours=1)
HELD = sa.text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = :name"
)
PASSING: tuple[type[Base], ...] = (AuthSession, LoginAttempt, RateCount)


@dataclass(frozen=True)
class Look:
    """The server at one moment."""

    memory: float  # MB
    open_files: int
    connections: int
    threads: int
    auth_sessions: int

    def __str__(self) -> str:
        return ", ".join(f"{name} {value:.6g}" for name, value in asdict(self).items())


def run(options: Options) -> Iterator[Measured]:
    """Visit, look, compare the halves, and count what is left a day later."""
    with (
        tempfile.TemporaryDirectory() as folder,
        a_council(options.db, Path(folder), the_demo) as server,
        database_of(server) as database,
    ):
        server.start()
        visitors = Visitors(server, database)
        visitors.visit(WARM_UP_SESSIONS, WARM_UP_RERUNS)
        visitors.sessions = visitors.reruns = 0
        first, second = (_half(server, database, visitors, options) for _ in range(2))
        server.stop()
        left = _left_a_day_later(database)
    yield single("soak_reruns", f"reruns, {options.db}", visitors.reruns)
    yield single("soak_sessions", f"sessions opened and closed, {options.db}", visitors.sessions)
    for name, unit in (("memory", "MB"), ("open_files", ""), ("threads", "")):
        before, after = (median(getattr(look, name) for look in half) for half in (first, second))
        print(f"\n{name}, second half over first, {options.db}: {after / before:.3f}")
        yield Measured(
            f"soak_{name}", f"{name}, second half over first, {options.db}",
            (after / before,), (after,), (before,), unit,
        )  # fmt: skip
    most = max(look.connections for look in (*first, *second))
    yield single("soak_connections", f"most database connections, {options.db}", most)
    yield single("soak_rows_left", f"rows a day later, {options.db}", left)


def _half(
    server: LiveServer, database: Database, visitors: Visitors, options: Options
) -> list[Look]:
    """Do half of the visits, part by part; return what was observed during them."""
    cpu, looks = CpuOf(server.pid), []
    sessions, reruns = options.sessions // (2 * PARTS), options.reruns // options.sessions
    with ThreadPoolExecutor(1) as aside:
        for _ in range(PARTS):
            before, began = cpu.cpu_seconds(), time.monotonic()
            work = aside.submit(visitors.visit, sessions, reruns)
            while not work.done():
                looks.append(look_at(server, database))
                time.sleep(LOOK_EVERY)
            work.result()
            spent = 1000 * (cpu.cpu_seconds() - before) / (sessions * reruns)
            print(
                f"  {visitors.reruns} reruns, {visitors.sessions} sessions: {looks[-1]};"
                f" {spent:.1f} ms CPU a rerun, {time.monotonic() - began:.0f} s",
                flush=True,
            )
    return looks


def look_at(server: LiveServer, database: Database) -> Look:
    """How much the server uses at this moment."""
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    status = dict(line.split(":", 1) for line in lines)
    files = _open_files(server.pid)
    with database.engine.connect() as connection:
        sessions = connection.scalar(sa.select(sa.func.count()).select_from(AuthSession))
        if database.is_sqlite:
            held = files.count(str(database.engine.url.database))
        else:
            held = connection.scalar(HELD, {"name": NAME}) or 0
    return Look(
        memory=int(status["VmRSS"].split()[0]) / 1024,
        open_files=len(files),
        connections=held,
        threads=int(status["Threads"]),
        auth_sessions=sessions or 0,
    )


def _open_files(pid: int) -> list[str]:
    files = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed by now
            files.append(str(link.readlink()))
    return files


def _left_a_day_later(database: Database) -> int:
    """Run the recurring jobs as they run tomorrow; return how many passing rows are left."""
    database.clock = lambda: utc_now() + A_DAY
    run_jobs(database, now=True)
    with database.engine.connect() as connection:
        left = {
            table.__tablename__: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in PASSING
        }
    print(f"  a day later: {left}", flush=True)
    return sum(rows or 0 for rows in left.values())
