"""The demo council, played once on each engine, for tests that only look at it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from coprod_data.files.seed import play_seed
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.store.schema import migrate
from tests.helpers.databases import Databases

TODAY = date(2026, 11, 21)  # a Saturday
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def played(engine: str, databases: Databases) -> Iterator[Database]:
    """The council of Westmarch. Whoever changes it rolls back."""

    def fill(database: Database) -> None:
        database.clock = lambda: NOW
        migrate(database.engine)
        play_seed(database, TODAY)

    with databases(engine, "westmarch", fill).lent() as database:
        database.clock = lambda: NOW
        yield database


@pytest.fixture
def westmarch(played: Database) -> Iterator[Session]:
    """One reading transaction on it."""
    with played.reading(System()) as (db, _):
        yield db
