"""The invented councils, played once on each engine, for tests that only look at them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from coprod_data.files.seed import COUNCILS, play_seed
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from tests.helpers.databases import Engine, opened

TODAY = date(2026, 11, 21)  # a Saturday
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def played(empty_databases: Engine, key_file: Path) -> Iterator[Database]:
    """The council of Westmarch. Whoever changes it rolls back."""
    with opened(empty_databases.fresh(), key_file) as database:
        database.clock = lambda: NOW
        play_seed(database, TODAY)
        yield database


@pytest.fixture(scope="session")
def small_played(empty_databases: Engine, key_file: Path) -> Iterator[Database]:
    """The small council, in the same way."""
    with opened(empty_databases.fresh(), key_file) as database:
        database.clock = lambda: NOW
        play_seed(database, TODAY, COUNCILS["small"])
        yield database


@pytest.fixture
def sallowmere(small_played: Database) -> Iterator[Session]:
    """One reading transaction on it."""
    with small_played.reading(System()) as (db, _):
        yield db


@pytest.fixture
def westmarch(played: Database) -> Iterator[Session]:
    """One reading transaction on it."""
    with played.reading(System()) as (db, _):
        yield db
