"""The CPU of searching released words, newest first, at the large size compared with 10,000."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from coprod_data.queries.entries_released import search_words
from coprod_data.queries.report_cards import report_cards
from coprod_data.store.actors import Played, actor_for
from coprod_data.store.database import Database, utc_now
from tests.benchmarks.filling_words import COMMON, MIDDLING, RARE, TWO
from tests.benchmarks.measuring import Measured, Options, paired
from tests.benchmarks.statements import council_of, cpu_of, reads_of
from tests.helpers.databases import Statement

AGAINST = "10k"
TYPED = {
    "a common word": COMMON,
    "the first letters of it": COMMON[:3],
    "a middling word": MIDDLING,
    "a rare word": RARE,
    "two words": TWO,
    "a word that nobody said": "quixotry",
}
READERS = ("chair", "young.person")


def run(options: Options) -> Iterator[Measured]:
    """Words as the page of report cards finds them, and the cards that they are on."""
    with council_of(options.large, options.db) as large, council_of(AGAINST, options.db) as small:
        for username in READERS:
            for name, typed in TYPED.items():
                yield paired(
                    "search_large_over_small", f"{username} finds {name}",
                    cpu_of(large, asked_by(large, username, typed)),
                    cpu_of(small, asked_by(small, username, typed)),
                    rounds=options.rounds, unit="ms CPU",
                )  # fmt: skip


def asked_by(database: Database, username: str, typed: str) -> list[Statement]:
    """Return what a search asks the database for, as this person."""
    with Session(database.engine) as db:
        reader = actor_for(db, Played(username, utc_now()), utc_now(), [])

        def ask() -> None:
            search_words(db, reader, typed, limit=12)
            report_cards(db, reader, search=typed)

        return reads_of(database, ask)
