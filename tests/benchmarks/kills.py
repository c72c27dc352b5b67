"""`kill -9` of the server, and of the database, again and again while phones send.

Every card whose code was shown must exist afterwards: once, complete, and opened by its code. A
phone without an answer sends the same form again, as people do.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.cluster import Cluster
from tests.benchmarks.council import a_council, a_server, an_open_form, database_of
from tests.benchmarks.kept import count_kept
from tests.benchmarks.measuring import Measured, NotReady, Options, single
from tests.benchmarks.phones import Phones
from tests.helpers.databases import opened
from tests.helpers.live_server import LiveServer

PHONES = 32
LIVES = 10
LONGEST_LIFE = 1800.0  # seconds
LONGEST_START = 600.0  # with all phones sending at once, on a busy machine


def run(options: Options) -> Iterator[Measured]:
    """Send this many entries over ten lives of the server, then count what is kept."""
    with tempfile.TemporaryDirectory(prefix="coprod-kills-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)  # so that the database's user can enter it
        cluster = None
        if options.db == "postgresql":
            cluster = stack.enter_context(Cluster(folder / "cluster"))
            server = _server_before(cluster, folder)
        else:
            server = stack.enter_context(a_council("sqlite", folder, an_open_form))
        stack.callback(server.stop)
        server.start()
        phones = Phones(server, PHONES)
        with phones.sending():
            for life in range(LIVES):
                _one_life(server, cluster, phones, life, options.entries // LIVES)
        server.stop()
        print(f"  counting what is kept of {len(phones.cards)} entries", flush=True)
        with database_of(server) as database:
            kept = count_kept(database, phones.cards)
        faults = Counter(fault for card in phones.cards for fault in card.faults)
        print(f"  what phones met instead of an answer: {dict(faults)}", flush=True)
    killed = f"{LIVES} kills of the server" + (", as many of the database" if cluster else "")
    after = f"of {kept.acknowledged} entries after {killed}, {options.db}"
    yield single("kills_acknowledged", f"acknowledged {after}", kept.acknowledged)
    yield single("kills_lost", f"lost {after}", kept.lost)
    yield single("kills_doubled", f"doubled {after}", kept.doubled)
    yield single("kills_not_whole", f"without event, version or consent {after}", kept.not_whole)
    yield single("kills_codes_astray", f"not opened by their code {after}", kept.codes_astray)


def _one_life(
    server: LiveServer, cluster: Cluster | None, phones: Phones, life: int, entries: int
) -> None:
    began, before = time.monotonic(), len(phones.acknowledged)
    if cluster:
        _wait_for(phones, before + entries // 2)
        cluster.kill()
        cluster.start()
        back, seen = time.monotonic(), len(phones.acknowledged)
        _wait_for(phones, seen + 1)
        print(
            f"  the database was back {time.monotonic() - back:.1f} s before the next code",
            flush=True,
        )
    _wait_for(phones, before + entries)
    server.kill()
    sent = len(phones.acknowledged) - before
    server.start(LONGEST_START)
    seconds = time.monotonic() - began
    print(f"  life {life + 1}: {sent} acknowledged, {seconds:.0f} s with the restart", flush=True)


def _wait_for(phones: Phones, acknowledged: int) -> None:
    end = time.monotonic() + LONGEST_LIFE
    while len(phones.acknowledged) < acknowledged:
        if not phones.are_sending or time.monotonic() > end:
            raise NotReady(f"Phones stopped at {len(phones.acknowledged)} acknowledged entries.")
        time.sleep(0.05)


def _server_before(cluster: Cluster, folder: Path) -> LiveServer:
    url = cluster.create("council")
    with opened(url, folder / "key") as database:
        an_open_form(database)
    return a_server(folder, url)
