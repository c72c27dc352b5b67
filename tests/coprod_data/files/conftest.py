"""The invented councils, played once on each engine, for tests that only look at them."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from coprod_data.store.actors import System
from coprod_data.store.database import Database
from tests.helpers.builders import NOW
from tests.helpers.databases import Databases
from tests.helpers.demo import play_council, play_small_council


@pytest.fixture(scope="module")
def played(engine: str, databases: Databases) -> Iterator[Database]:
    """The council of Westmarch. A test that changes it must roll back."""
    with databases(engine, "council", play_council).lent() as database:
        database.clock = lambda: NOW
        yield database


@pytest.fixture(scope="module")
def small_played(engine: str, databases: Databases) -> Iterator[Database]:
    """The small council, in the same way."""
    with databases(engine, "small", play_small_council).lent() as database:
        database.clock = lambda: NOW
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
