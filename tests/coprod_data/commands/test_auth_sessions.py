"""Signing in: counted before it is checked, locked after five failures, never for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from coprod_data.actors import BySession, Public, SignedOut, System
from coprod_data.commands.auth_sessions import (
    FAILURES_PER_ADDRESS,
    SignedIn,
    SignInTry,
    begin_sign_in,
    end_sessions,
    forget_ended_sessions,
    sign_in,
    sign_out,
    touch_sessions,
)
from coprod_data.commands.people import (
    disable_person,
    end_role,
    make_reset_link,
    set_password_by_link,
)
from coprod_data.database import Database
from coprod_data.models import AuthSession, Event, LoginAttempt, Person
from coprod_data.permissions import NotAllowed, Role
from coprod_data.queries.auth_sessions import live_sessions, session_of_token
from coprod_data.vocabulary import EventKind
from tests.builders import NOW, a_person

HASH = "the hash on file"


@pytest.fixture
def council(database: Database) -> Database:
    at(database, NOW)
    with database.writing(System()) as (db, _):
        a_person(db, Role.MANAGER, username="jo", password_hash=HASH)
        a_person(db, Role.ADMINISTRATOR, username="ada", password_hash=HASH)
        a_person(db, username="gone", password_hash=HASH, disabled_at=NOW)
    return database


def at(database: Database, moment: datetime) -> None:
    database.clock = lambda: moment


def later(database: Database, **by: float) -> None:
    at(database, database.clock() + timedelta(**by))


def begin(database: Database, username: str = "jo", address: str = "203.0.113.9") -> SignInTry:
    with database.writing(Public()) as (db, public):
        return begin_sign_in(db, public, username=username, address=address)


def finish(
    database: Database, counted: SignInTry, username: str = "jo", *, fits: bool = True
) -> SignedIn | None:
    checked = counted.password_hash if fits else None
    with database.writing(Public()) as (db, public):
        return sign_in(db, public, counted.attempt_id or 0, username=username, checked=checked)


def enter(database: Database, username: str = "jo") -> SignedIn:
    session = finish(database, begin(database, username), username)
    assert session
    return session


def fail(database: Database, username: str = "jo", times: int = 1, **where: str) -> None:
    for _ in range(times):
        finish(database, begin(database, username, **where), username, fits=False)


def is_live(database: Database, session: SignedIn) -> bool:
    with database.reading(System()) as (db, system):
        by_token = session_of_token(db, system, session.token)
        by_id = live_sessions(db, system, [session.public_id])
    assert (by_token is not None) is (session.public_id in by_id)
    return by_token is not None


@contextmanager
def as_person(database: Database, session: SignedIn) -> Iterator[None]:
    with database.reading(BySession(session.public_id)):
        yield


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
    fail(council, " Jo", times=2)

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


def test_signing_in_and_out_are_told_in_the_log(council: Database):
    fail(council)
    session = enter(council)
    with council.writing(System()) as (db, system):
        sign_out(db, system, session.public_id)

    with council.reading(System()) as (db, _):
        kinds = list(db.scalars(sa.select(Event.kind).order_by(Event.id)))
    assert kinds == [EventKind.SIGN_IN_REFUSED, EventKind.SIGNED_IN, EventKind.SIGNED_OUT]


@pytest.mark.parametrize("end", [sign_out, lambda db, actor, one: end_sessions(db, actor, [one])])
def test_an_ended_session_is_no_more(council: Database, end):
    session, other = enter(council), enter(council)
    with council.writing(System()) as (db, system):
        end(db, system, session.public_id)

    assert not is_live(council, session)
    assert is_live(council, other)
    with pytest.raises(SignedOut), as_person(council, session):
        pass


def test_ending_twice_is_told_once(council: Database):
    session = enter(council)
    for _ in range(2):
        with council.writing(System()) as (db, system):
            sign_out(db, system, session.public_id)

    with council.reading(System()) as (db, _):
        counted = sa.select(sa.func.count()).where(Event.kind == EventKind.SIGNED_OUT)
        assert db.scalar(counted) == 1


@pytest.mark.parametrize("what", ["disabled", "role ended", "reset link", "new password"])
def test_what_changes_a_persons_rights_ends_their_sessions(council: Database, what: str):
    session, admin = enter(council), enter(council, "ada")
    with council.writing(BySession(admin.public_id)) as (db, actor):
        jo = db.scalars(sa.select(Person.id).where(Person.username == "jo")).one()
        match what:
            case "disabled":
                disable_person(db, actor, jo)
            case "role ended":
                end_role(db, actor, jo, Role.MANAGER)
            case _:
                link = make_reset_link(db, actor, jo)
    if what == "new password":
        again = begin(council)
        with council.writing(Public()) as (db, public):
            set_password_by_link(db, public, link, "another hash")
        assert finish(council, again) is None

    assert not is_live(council, session)
    assert is_live(council, admin)


@pytest.mark.parametrize(
    ("by", "live"),
    [
        ({"minutes": 30, "seconds": -1}, True),
        ({"minutes": 30, "seconds": 1}, False),
    ],
)
def test_a_session_is_idle_after_half_an_hour(council: Database, by: dict[str, float], live: bool):
    session = enter(council)
    later(council, **by)

    assert is_live(council, session) is live


def test_who_is_still_there_is_not_idle(council: Database):
    session = enter(council)
    for _ in range(3):
        later(council, minutes=29)
        with council.writing(System()) as (db, system):
            touch_sessions(db, system, [session.public_id])

    assert is_live(council, session)


@pytest.mark.parametrize(("seconds", "live"), [(-1, True), (1, False)])
def test_a_session_is_over_after_twelve_hours(council: Database, seconds: int, live: bool):
    session = enter(council)
    later(council, hours=12, seconds=seconds)
    with council.writing(System()) as (db, system):
        touch_sessions(db, system, [session.public_id])

    assert is_live(council, session) is live
    if live:
        with as_person(council, session):
            pass
    else:
        with pytest.raises(SignedOut), as_person(council, session):
            pass


def test_an_ended_session_is_not_woken_by_a_late_touch(council: Database):
    session = enter(council)
    with council.writing(System()) as (db, system):
        sign_out(db, system, session.public_id)
        touch_sessions(db, system, [session.public_id])

    assert not is_live(council, session)


def test_only_the_server_looks_sessions_up_and_ends_them(council: Database):
    session = enter(council, "ada")

    with council.writing(BySession(session.public_id)) as (db, actor):
        for asked in (
            lambda: session_of_token(db, actor, session.token),
            lambda: live_sessions(db, actor, [session.public_id]),
            lambda: sign_out(db, actor, session.public_id),
            lambda: end_sessions(db, actor, [session.public_id]),
            lambda: touch_sessions(db, actor, [session.public_id]),
            lambda: forget_ended_sessions(db, actor),
        ):
            with pytest.raises(NotAllowed):
                asked()


def test_sessions_that_are_over_are_forgotten(council: Database):
    enter(council)
    later(council, days=60)
    stays = enter(council)
    with council.writing(System()) as (db, system):
        forget_ended_sessions(db, system)

    with council.reading(System()) as (db, _):
        assert list(db.scalars(sa.select(AuthSession.public_id))) == [stays.public_id]
