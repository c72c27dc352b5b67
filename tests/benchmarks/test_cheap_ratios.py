"""What each change must keep: a page costs as much with 100,000 entries as with a thousand.

Ratios of CPU within one run, so that a slow or busy machine changes nothing.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from coprod_data.actors import System
from coprod_data.database import Database, connect
from coprod_data.queries.report_cards_counts import miscounted_cards
from coprod_data.schema import migrate
from tests.benchmarks import filling, queries, search
from tests.benchmarks.filling_words import COMMON, MIDDLING, RARE, TWO
from tests.benchmarks.measuring import paired
from tests.benchmarks.reporting import goals
from tests.benchmarks.statements import cpu_of
from tests.databases import POSTGRESQL, WITHOUT_POSTGRESQL, PostgresqlDatabases, SqliteFiles

pytestmark = pytest.mark.benchmark

SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000
MOST_QUERIES = 45  # of one page; it does not grow with what the page shows
ROUNDS = 3
FULLER = 4  # a card shows its newest hundred words: a page with a hundred, beside one with two


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def councils(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[dict[int, Database]]:
    """The same council after ten years with few, more and many entries."""
    if request.param == "postgresql" and not POSTGRESQL:
        pytest.skip(WITHOUT_POSTGRESQL)
    today = datetime.now(UTC).date()
    with contextlib.ExitStack() as kept:
        made = {}
        for size in (SMALL, MIDDLE, LARGE):
            if request.param == "sqlite":
                folder = tmp_path_factory.mktemp(f"council-{size}")
                databases = SqliteFiles(folder, key_file, migrated)
            else:
                databases = PostgresqlDatabases(f"bench{size}", key_file, migrated)
            kept.callback(databases.leave)
            database = connect(databases.fresh(), key_file)
            kept.callback(database.engine.dispose)
            for _ in filling.fill_database(database, size, today):
                pass
            made[size] = database
        yield made


def migrated(database: Database) -> None:
    migrate(database.engine)


def test_every_page_asks_as_often_and_as_cheaply_of_many_entries_as_of_few(
    councils: dict[int, Database],
):
    many, few = councils[LARGE], councils[SMALL]
    dear = []
    for visited in queries.pages(many):
        ours, theirs = queries.asked_by(many, visited), queries.asked_by(few, visited)
        assert len(ours) <= MOST_QUERIES, visited.name
        ratio = paired(
            "queries_large_over_small", visited.name, cpu_of(many, ours), cpu_of(few, theirs),
            rounds=ROUNDS, unit="ms CPU",
        )  # fmt: skip
        one_card = visited.file == "voice/report_cards.py" and "id" in visited.query
        if median(ratio.ratios) > (FULLER if one_card else goals()[ratio.goal].at_most or 0):
            dear.append(f"{visited.name}: {median(ratio.ratios):.2f}")
    assert dear == []


@pytest.mark.parametrize("typed", [COMMON, MIDDLING, RARE, TWO])
def test_a_search_costs_as_much_among_many_words_as_among_few(
    councils: dict[int, Database], typed: str
):
    many, few = councils[LARGE], councils[MIDDLE]
    ratio = paired(
        "search_large_over_small", typed,
        cpu_of(many, search.asked_by(many, "chair", typed)),
        cpu_of(few, search.asked_by(few, "chair", typed)),
        rounds=ROUNDS, unit="ms CPU",
    )  # fmt: skip
    assert median(ratio.ratios) <= (goals()[ratio.goal].at_most or 0)


def test_a_recount_gives_the_counts_that_pages_show(councils: dict[int, Database]):
    with councils[LARGE].reading(System()) as (db, system):
        assert miscounted_cards(db, system) == []
