"""Signing in: counted before it is checked, locked after five failures, and only for a time."""

from datetime import timedelta
from time import process_time

import pytest
import sqlalchemy as sa

from coprod_data.commands.auth_sessions import (
    FAILURES_PER_ADDRESS,
    SignInTry,
)
from coprod_data.models import LoginAttempt, Person
from coprod_data.permissions import Role
from coprod_data.store.actors import BySession, System
from coprod_data.store.database import Database
from tests.helpers.builders import NOW
from tests.helpers.signing_in import HASH, a_council, at, begin, enter, fail, finish, is_live, later


@pytest.fixture
def council(database: Database) -> Database:
    return a_council(database)


def test_a_session_opens_for_the_hash_that_was_checked(council: Database):
    session = enter(council)

    assert is_live(council, session)
    with council.reading(BySession(session.public_id)) as (_, actor):
        assert actor.roles == {Role.MANAGER}


def test_the_token_is_nowhere_in_the_database(council: Database):
    session = enter(council)

    with council.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM auth_session")).all()
        rows += connection.execute(sa.text("SELECT * FROM event")).all()
    assert session.token not in str(rows)
    assert len(session.token) >= 43


@pytest.mark.parametrize("username", ["nobody", "gone"])
def test_there_is_no_hash_to_check_for_unknown_and_disabled(council: Database, username: str):
    counted = begin(council, username)

    assert counted.password_hash is None
    assert not counted.too_many
    assert finish(council, counted, username) is None


def test_a_hash_that_changed_meanwhile_opens_nothing(council: Database):
    counted = begin(council)
    with council.writing(System()) as (db, _):
        db.execute(sa.update(Person).where(Person.username == "jo").values(password_hash="new"))

    assert finish(council, counted) is None


def test_the_try_of_one_name_opens_no_other(council: Database):
    counted = begin(council, "jo")

    assert finish(council, counted, "nobody") is None


def test_five_failures_lock_a_name_for_a_quarter_of_an_hour(council: Database):
    fail(council, times=4)
    assert begin(council).password_hash == HASH  # the fifth try, itself counted before its check
    later(council, minutes=14)
    assert begin(council).password_hash is None
    later(council, minutes=1, seconds=1)
    assert begin(council).password_hash == HASH


def test_many_tries_at_once_count_before_any_is_checked(council: Database):
    counted = [begin(council) for _ in range(8)]

    assert [one.password_hash for one in counted] == [HASH] * 5 + [None] * 3


def test_trying_a_locked_name_does_not_keep_it_locked(council: Database):
    fail(council, times=5)
    for _ in range(10):
        later(council, minutes=1)
        fail(council, address="198.51.100.7")
    later(council, minutes=6)

    assert begin(council).password_hash == HASH


def test_failures_spread_over_more_than_the_window_lock_nothing(council: Database):
    for _ in range(12):
        fail(council)
        later(council, minutes=4)

    assert begin(council).password_hash == HASH


def test_a_name_that_does_not_exist_is_locked_and_delayed_alike(council: Database):
    known = [(t.delay, t.too_many) for t in (begin(council, "jo") for _ in range(7))]
    unknown = [
        (t.delay, t.too_many)
        for t in (begin(council, "nobody", address="198.51.100.7") for _ in range(7))
    ]

    assert known == unknown
    assert [delay for delay, _ in known] == [0, 1, 2, 4, 8, 0, 0]


def test_a_success_forgives_what_was_before(council: Database):
    fail(council, times=4)
    enter(council)

    assert begin(council).delay == 0
    fail(council, times=3)
    assert begin(council).password_hash == HASH


def test_a_lock_holds_for_every_way_a_name_is_typed(council: Database):
    fail(council, "JO ", times=3)
    fail(council, " Jo\x00", times=2)

    assert begin(council, "jo").password_hash is None


def test_an_address_is_sent_away_after_twenty_failures(council: Database):
    for number in range(FAILURES_PER_ADDRESS):
        assert not begin(council, f"name.{number}").too_many

    refused = begin(council, "jo")
    assert refused == SignInTry(None, too_many=True, delay=0, password_hash=None)
    assert not begin(council, "jo", address="198.51.100.7").too_many
    later(council, minutes=15, seconds=1)
    assert not begin(council, "jo").too_many


def test_an_address_counts_across_midnight(council: Database):
    at(council, NOW.replace(hour=23, minute=55))
    fail(council, "nobody", times=4)
    for number in range(FAILURES_PER_ADDRESS - 4):
        begin(council, f"name.{number}")
    at(council, (NOW + timedelta(days=1)).replace(hour=0, minute=5))

    assert begin(council, "jo").too_many


def test_successes_send_no_address_away(council: Database):
    for _ in range(FAILURES_PER_ADDRESS + 5):
        enter(council)

    assert not begin(council).too_many


def test_neither_name_nor_address_is_kept_readable(council: Database):
    fail(council, "a.name.nobody.has")

    with council.reading(System()) as (db, _):
        tries = db.execute(sa.select(LoginAttempt.name_hash, LoginAttempt.address_hash)).all()
    assert all(len(part) == 64 for row in tries for part in row)


def test_half_a_megabyte_of_marks_for_a_name_is_a_try_like_another(council: Database):
    began = process_time()

    assert begin(council, "jo" + "\u0300\u0316" * 125_000).password_hash is None
    assert process_time() - began < 1
