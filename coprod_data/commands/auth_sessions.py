"""Signing in and out. A try is counted before the slow password check, so many tries at once are
all counted.

The check itself runs between `begin_sign_in` and `sign_in`, outside any transaction.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.trail import note
from coprod_data.models import AuthSession, LoginAttempt, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.sign_in_limits import (
    FAILURES_PER_ADDRESS,
    FAILURES_PER_ADDRESS_OF_KNOWN,
    WINDOW,
    Try,
    is_locked,
    unforgiven,
)
from coprod_data.rules.texts import clean_start
from coprod_data.rules.usernames import LONGEST
from coprod_data.store.actors import ABSOLUTE_LIMIT
from coprod_data.store.keys import Keys
from coprod_data.store.known_browsers import browser_of, new_mark
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.trail import TrailKind


@dataclass(frozen=True)
class SignInTry:
    """A counted try. `delay` is how many seconds to wait before the check; `too_many` means do not
    check at all.

    `password_hash` is None for an unknown, locked or disabled name: check a dummy instead, so that
    all of them take the same time.
    """

    attempt_id: int | None
    too_many: bool
    delay: int
    password_hash: str | None


@dataclass(frozen=True)
class SignedIn:
    """A new session. The token and the mark go to the browser and are not stored."""

    token: str
    public_id: str
    mark: str


def begin_sign_in(
    db: Session, actor: Actor, *, username: str, address: str, mark: str = ""
) -> SignInTry:
    """Count a try and return what to check. Never raises for a refusal.

    A browser with the `mark` of a sign-in to this account has a counter of its own, so that nobody
    who types wrong passwords elsewhere keeps its owner out. Its address has a higher limit; once it
    is locked itself, nothing is checked: it knows that the name exists.
    """
    actor.must(Permission.SIGN_IN)
    _one_at_a_time(db)
    keys: Keys = db.info["keys"]
    name = _tidy(username)
    addresses = keys.address_hashes(address, actor.at)
    since = actor.at - WINDOW
    browser = browser_of(keys, mark, name, actor.at.date())
    name_hash = keys.keyed_hash("sign-in-name", name)
    most = FAILURES_PER_ADDRESS_OF_KNOWN if browser else FAILURES_PER_ADDRESS
    sent_away = _failures(db, addresses, since) >= most
    moments = [] if sent_away else _failed_moments(db, name_hash, browser, actor.at)
    locked = is_locked(moments, actor.at)
    if sent_away or (browser and locked):
        note(db, actor, TrailKind.SIGN_IN_REFUSED, name_hash=name_hash, address_hash=addresses[0])
        return SignInTry(None, too_many=True, delay=0, password_hash=None)
    # A try at a locked name counts only against the address; otherwise anybody could keep a person
    # locked out by trying again and again.
    attempt = LoginAttempt(
        name_hash="" if locked else name_hash,
        address_hash=addresses[0],
        at=actor.at,
        succeeded=False,
        browser_hash=browser,
    )
    db.add(attempt)
    db.flush()
    person = None if locked else _person(db, name)
    recent = sum(moment > since for moment in moments)
    return SignInTry(
        attempt.id,
        too_many=False,
        delay=0 if locked or not recent else 2 ** (recent - 1),
        password_hash=person.password_hash if person else None,
    )


def sign_in(
    db: Session,
    actor: Actor,
    attempt_id: int,
    *,
    username: str,
    checked: str | None,
    better_hash: str | None = None,
    browser: str = "",
) -> SignedIn | None:
    """Open a session if `checked`, the hash that the password matched, is still the person's.

    `better_hash` replaces a hash made at a lower cost. Returns None for a refusal and never raises.
    """
    actor.must(Permission.SIGN_IN)
    keys: Keys = db.info["keys"]
    name = _tidy(username)
    person, attempt = _person(db, name), db.get_one(LoginAttempt, attempt_id)
    if checked is None or person is None or person.password_hash != checked:
        hashed, place = keys.keyed_hash("sign-in-name", name), attempt.address_hash
        note(db, actor, TrailKind.SIGN_IN_REFUSED, name_hash=hashed, address_hash=place)
        return None
    person.password_hash = better_hash or checked
    attempt.succeeded = True
    token = secrets.token_urlsafe(32)
    session = AuthSession(
        public_id=secrets.token_urlsafe(32),
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        person_id=person.id,
        began_at=actor.at,
        seen_at=actor.at,
        browser=browser[:60],
        proved_at=actor.at,
    )
    db.add(session)
    record(db, actor, EventKind.SIGNED_IN, session, person=person.id)
    note(db, actor, TrailKind.SIGNED_IN, person_id=person.id, about=browser)
    return SignedIn(token, session.public_id, new_mark(keys, name, actor.at.date()))


def sign_out(db: Session, actor: Actor, public_id: str) -> None:
    """End one session because its holder asked."""
    actor.must(Permission.SIGN_OUT)
    _end(db, actor, [public_id], EventKind.SIGNED_OUT)


def end_sessions(db: Session, actor: Actor, public_ids: Collection[str]) -> None:
    """End sessions that have been idle for too long."""
    actor.must(Permission.SIGN_OUT)
    _end(db, actor, public_ids, EventKind.SESSION_ENDED)


def touch_sessions(db: Session, actor: Actor, seen: Mapping[str, datetime]) -> None:
    """Record when the holders of these sessions were last active. Writes no event: nothing was
    decided.
    """
    actor.must(Permission.SIGN_OUT)
    for public_id, at in seen.items():
        db.execute(
            sa.update(AuthSession)
            .where(AuthSession.public_id == public_id, AuthSession.ended_at.is_(None))
            .values(seen_at=at)
        )


def forget_ended_sessions(db: Session, actor: Actor) -> None:
    """Delete sessions that nobody has been able to use for a day: ended, or past every limit."""
    actor.must(Permission.JOBS_RUN)
    day = timedelta(days=1)
    db.execute(
        sa.delete(AuthSession).where(
            sa.or_(
                AuthSession.ended_at < actor.at - day,
                AuthSession.began_at < actor.at - ABSOLUTE_LIMIT - day,
            )
        )
    )


def _end(db: Session, actor: Actor, public_ids: Collection[str], kind: EventKind) -> None:
    for session in db.scalars(
        sa.select(AuthSession).where(
            AuthSession.public_id.in_(public_ids), AuthSession.ended_at.is_(None)
        )
    ):
        session.ended_at = actor.at
        record(db, actor, kind, session, person=session.person_id)


def _one_at_a_time(db: Session) -> None:
    # SQLite lets one writer in at a time; on PostgreSQL simultaneous tries would not see each
    # other.
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("LOCK TABLE login_attempt IN EXCLUSIVE MODE"))


def _tidy(username: str) -> str:
    return clean_start(username, LONGEST + 1).lower()  # a longer one is nobody's


def _person(db: Session, username: str) -> Person | None:
    return db.scalar(
        sa.select(Person).where(Person.username == username, Person.disabled_at.is_(None))
    )


def _failures(db: Session, addresses: Collection[str], since: datetime) -> int:
    counted = sa.select(sa.func.count()).select_from(LoginAttempt)
    which = LoginAttempt.address_hash.in_(addresses), LoginAttempt.at > since
    return db.scalar(counted.where(*which, LoginAttempt.succeeded.is_(False))) or 0


def _failed_moments(db: Session, name_hash: str, browser: str, at: datetime) -> list[datetime]:
    """Return when a name failed on this counter, far enough back to find a lock."""
    rows = db.execute(
        sa.select(LoginAttempt.at, LoginAttempt.succeeded, LoginAttempt.address_hash)
        .where(
            LoginAttempt.name_hash == name_hash,
            LoginAttempt.browser_hash == browser,
            LoginAttempt.at > at - 2 * WINDOW,
        )
        .order_by(LoginAttempt.at, LoginAttempt.id)
    )
    return unforgiven(Try(*row) for row in rows)
