"""Entries sent from 32 phones at once: none refused, lost or doubled, none stuck."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.council import (
    a_council,
    an_open_form,
    database_faults,
    database_of,
)
from tests.benchmarks.kept import count_kept
from tests.benchmarks.measuring import Measured, Options, single
from tests.benchmarks.phones import Card, Phones

PHONES = 32
CARDS_A_ROUND = 5 * PHONES


def run(options: Options) -> Iterator[Measured]:
    """Send from every phone in every round, then compare what was shown with what is kept."""
    with (
        tempfile.TemporaryDirectory() as folder,
        a_council(options.db, Path(folder), an_open_form) as server,
    ):
        server.start()
        phones = Phones(server, PHONES)
        rounds = [_round(phones, number) for number in range(options.rounds)]
        server.stop()
        with database_of(server) as database:
            kept = count_kept(database, phones.cards)
        where = f"of {len(phones.cards)} entries from {PHONES} phones, {options.db}"
        refused = Counter(fault for card in phones.cards for fault in card.faults)
        if refused:
            print(f"  answers other than a code: {dict(refused)}")
        yield single("sending_lock_errors", f"lock errors {where}", database_faults(server))
        yield single("sending_refused", f"refused or timed out {where}", refused.total())
        yield single("sending_lost", f"lost, or not whole, or without its code {where}",
                     kept.lost + kept.not_whole + kept.codes_astray)  # fmt: skip
        yield single("sending_doubled", f"doubled {where}", kept.doubled)
    slowest = tuple(1000 * max(waits) for waits in rounds)
    middle = tuple(1000 * median(waits) for waits in rounds)
    yield Measured(
        "sending_slowest_over_median",
        f"slowest over median wait of {PHONES} phones, {options.db}",
        tuple(slow / half for slow, half in zip(slowest, middle, strict=True)),
        slowest, middle, "ms",
    )  # fmt: skip


def _round(phones: Phones, number: int) -> list[float]:
    """Send from every phone; return how many seconds each entry took."""
    before, began = len(phones.cards), time.monotonic()
    phones.send(CARDS_A_ROUND)
    cards: list[Card] = phones.cards[before:]
    seconds = time.monotonic() - began
    waits = [card.seconds for card in cards if card.codes] or [0.0]
    print(
        f"  round {number + 1}: {len(cards) / seconds:.1f} entries a second;"
        f" median {median(waits):.2f} s, slowest {max(waits):.2f} s",
        flush=True,
    )
    return waits
