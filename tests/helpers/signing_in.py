"""A council with three people, and how a test signs them in without the slow check."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from coprod_data.commands.auth_sessions import (
    SignedIn,
    SignInTry,
    begin_sign_in,
    sign_in,
)
from coprod_data.permissions import Role
from coprod_data.queries.auth_sessions import live_sessions, session_of_token
from coprod_data.store.actors import BySession, Public, System
from coprod_data.store.database import Database
from tests.helpers.builders import NOW, a_person

HASH = "the hash on file"


def a_council(database: Database) -> Database:
    """A manager jo, an administrator ada and an account that is disabled, at NOW."""
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


def begin(
    database: Database, username: str = "jo", address: str = "203.0.113.9", mark: str = ""
) -> SignInTry:
    with database.writing(Public()) as (db, public):
        return begin_sign_in(db, public, username=username, address=address, mark=mark)


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


def is_live(database: Database, session: SignedIn, **known: Mapping[str, datetime]) -> bool:
    with database.reading(System()) as (db, system):
        by_token = session_of_token(db, system, session.token, **known)
        by_id = live_sessions(db, system, [session.public_id], **known)
    assert (by_token is not None) is (session.public_id in by_id)
    return by_token is not None


@contextmanager
def as_person(database: Database, session: SignedIn) -> Iterator[None]:
    with database.reading(BySession(session.public_id)):
        yield
