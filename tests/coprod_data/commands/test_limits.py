"""How often one address may do a thing, counted without keeping the address."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coprod_data.commands.limits import count_visit, forget_addresses, uncount_visit
from coprod_data.models import RateCount
from coprod_data.permissions import NotAllowed
from coprod_data.queries.limits import is_within_limit
from coprod_data.store.actors import Public, System
from coprod_data.store.database import Database
from tests.helpers.builders import NOW

LIMIT = {"what": "card", "most": 3, "minutes": 15}


@pytest.fixture
def council(database: Database) -> Database:
    database.clock = lambda: NOW
    return database


def visit(database: Database, address: str = "203.0.113.9", **limit: object) -> bool:
    with database.writing(System()) as (db, system):
        return count_visit(db, system, address=address, **{**LIMIT, **limit})


def within(database: Database, address: str = "203.0.113.9") -> bool:
    with database.reading(System()) as (db, system):
        return is_within_limit(db, system, address=address, **LIMIT)


def test_a_visit_is_taken_out_of_the_count_of_its_own_address(council: Database):
    for address in ("203.0.113.9", "203.0.113.9", "203.0.113.9", "203.0.113.8"):
        visit(council, address)

    with council.writing(System()) as (db, system):
        uncount_visit(db, system, what="card", address="203.0.113.9", minutes=15)

    assert [visit(council) for _ in range(2)] == [True, False]
    assert [visit(council, "203.0.113.8") for _ in range(3)] == [True, True, False]
    with pytest.raises(NotAllowed), council.writing(Public()) as (db, public):
        uncount_visit(db, public, what="card", address="203.0.113.9", minutes=15)


def test_a_limit_is_reached_and_passes(council: Database):
    assert [visit(council) for _ in range(5)] == [True, True, True, False, False]
    assert not within(council)

    council.clock = lambda: NOW + timedelta(minutes=15, seconds=1)
    assert within(council)
    assert visit(council)


def test_addresses_and_things_count_apart(council: Database):
    for _ in range(4):
        visit(council)

    assert visit(council, address="198.51.100.7")
    assert visit(council, what="share")


def test_asking_counts_nothing(council: Database):
    assert all(within(council) for _ in range(10))


def test_a_limit_holds_across_midnight(council: Database):
    council.clock = lambda: NOW.replace(hour=23, minute=59)
    for _ in range(3):
        visit(council)
    council.clock = lambda: NOW.replace(hour=0, minute=1) + timedelta(days=1)

    assert not visit(council)


def test_the_same_address_looks_different_each_day(council: Database):
    visit(council)
    council.clock = lambda: NOW + timedelta(days=1)
    visit(council)

    with council.reading(System()) as (db, _):
        assert len(set(db.scalars(sa.select(RateCount.address_hash)))) == 2


def test_addresses_are_forgotten_after_a_day(council: Database):
    visit(council)
    council.clock = lambda: NOW + timedelta(hours=24)
    visit(council)
    with council.writing(System()) as (db, system):
        forget_addresses(db, system)

    with council.reading(System()) as (db, _):
        assert list(db.scalars(sa.select(RateCount.at))) == [NOW + timedelta(hours=24)]


def test_only_the_server_counts(council: Database):
    with council.writing(Public()) as (db, public):
        for asked in (
            lambda: count_visit(db, public, address="x", **LIMIT),
            lambda: is_within_limit(db, public, address="x", **LIMIT),
            lambda: forget_addresses(db, public),
        ):
            with pytest.raises(NotAllowed):
                asked()
