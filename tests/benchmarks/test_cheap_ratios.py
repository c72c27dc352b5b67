"""What each change must keep: a page costs as much with 100,000 entries as with a thousand.

Ratios of CPU within one run, so that a slow or busy machine changes nothing.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from streamlit.testing.v1 import AppTest

from coprod_data.permissions import Permission
from coprod_data.queries.report_cards_counts import miscounted_cards
from coprod_data.store.actors import System
from coprod_data.store.database import Database, connect
from coprod_data.store.schema import migrate
from pages import menu
from tests.benchmarks import filling, queries, search
from tests.benchmarks.filling_words import COMMON, MIDDLING, RARE, TWO
from tests.benchmarks.measuring import paired
from tests.benchmarks.reporting import goals
from tests.benchmarks.statements import cpu_of, in_use
from tests.benchmarks.streamlit_with_screens import SCREENS
from tests.helpers.databases import POSTGRESQL, WITHOUT_POSTGRESQL, PostgresqlDatabases, SqliteFiles
from tests.helpers.source import ROOT

pytestmark = pytest.mark.benchmark

EMPTY = menu.MenuPage(
    str(SCREENS / "empty.py"), "Empty", "clock", Permission.ACCOUNT_OWN, plain=True
)

SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000
MOST_QUERIES = 55  # of one page; My work of the safeguarding lead asks most
LARGE_OVER_SMALL = "queries_large_over_small"
ROUNDS = 3
FULLER = 3  # a card shows twenty of its words at a time: a page of twenty, beside one of two
DEAREST = 12  # times the empty page; the dearest, the plan and opportunities, were at eight


ENGINES = ["sqlite", "postgresql"]


@pytest.fixture(scope="module", params=ENGINES)
def councils(
    request: pytest.FixtureRequest,
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
    key_file: Path,
) -> Iterator[dict[int, Database]]:
    """The same council after ten years with few, more and many entries; filled once in a run."""
    if request.param == "postgresql" and not POSTGRESQL:
        pytest.skip(WITHOUT_POSTGRESQL)
    with contextlib.ExitStack() as kept:
        made = {}
        for size in (SMALL, MIDDLE, LARGE):
            fill, name = partial(filled, size=size), f"bench{size}"
            if request.param == "sqlite":
                folder = tmp_path_factory.mktemp(name)
                databases = SqliteFiles(folder, key_file, fill, shared / f"{name}.db")
            else:
                databases = PostgresqlDatabases(name, key_file, fill, shared)
            kept.callback(databases.leave)
            made[size] = connect(databases.fresh(), key_file)
            kept.callback(made[size].engine.dispose)
        yield made


def filled(database: Database, size: int) -> None:
    migrate(database.engine)
    for _ in filling.fill_database(database, size, datetime.now(UTC).date()):
        pass


def test_every_page_asks_as_often_and_as_cheaply_of_many_entries_as_of_few(
    councils: dict[int, Database],
):
    many, few = councils[LARGE], councils[SMALL]
    dear = []
    for visited in queries.pages(many):
        ours, theirs = queries.asked_by(many, visited), queries.asked_by(few, visited)
        assert len(ours) <= MOST_QUERIES, visited.name
        one_card = visited.file == "voice/report_cards.py" and "id" in visited.query
        most = FULLER if one_card else goals()[LARGE_OVER_SMALL].at_most or 0
        ratio = paired(
            LARGE_OVER_SMALL, visited.name, cpu_of(many, ours), cpu_of(few, theirs),
            rounds=ROUNDS, unit="ms CPU", at_most=most,
        )  # fmt: skip
        if median(ratio.ratios) > most:
            dear.append(f"{visited.name}: {median(ratio.ratios):.2f}")
    assert dear == []


# One engine: a script costs Python's time. What is asked of each engine is measured above.
@pytest.mark.parametrize("councils", ENGINES[:1], indirect=True)
def test_no_script_costs_many_times_an_empty_page(
    councils: dict[int, Database], monkeypatch: pytest.MonkeyPatch
):
    many, dear = councils[LARGE], []
    shown = queries.pages(many)
    monkeypatch.setattr(menu, "MENU", (*menu.MENU, EMPTY))
    with in_use(many), contextlib.chdir(ROOT):
        empties = {
            username: queries.to_open(queries.Visited(username, EMPTY.file)).run()
            for username in {visited.username for visited in shown}
        }
        for visited in shown:
            ours = queries.to_open(visited).run()
            empty = empties[visited.username]
            ratio = paired(
                "rerun_over_empty", f"{visited.name}, script", script_cpu(ours), script_cpu(empty),
                rounds=ROUNDS, unit="ms CPU", at_most=DEAREST,
            )  # fmt: skip
            assert not ours.exception, visited.name
            if median(ratio.ratios) > DEAREST:
                dear.append(f"{visited.name}: {median(ratio.ratios):.1f}")
    assert dear == []


def script_cpu(at: AppTest) -> Callable[[], float]:
    """A figure: milliseconds of this process's CPU for one run of a page's script."""

    def figure() -> float:
        began = time.process_time()
        at.run()
        return 1000 * (time.process_time() - began)

    return figure


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
