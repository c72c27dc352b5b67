"""From a session, a card code or the public to the Actor of one transaction.

`actor_for` is the one read without an actor, because it makes the actor. It is called only by
`database.reading` and `database.writing`, inside the transaction in which the actor acts. A job
asks for a person, and only reads, as `acting_for` says.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, CardEntry, Person, RoleGrant, Setting
from coprod_data.permissions import Actor, ActorKind, NotAllowed, NotFound, Permission, Role
from coprod_data.store.card_codes import Digests, code_digests
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.settings import Mode, SettingKey

ABSOLUTE_LIMIT = timedelta(hours=12)


@dataclass(frozen=True)
class BySession:
    """A person, by the public id of their signed-in session."""

    public_id: str


@dataclass(frozen=True)
class ByCode:
    """The holder of a card code, as typed. Make one for each request and use it throughout.


    It keeps the slow digests of the code, so that they are made once for all transactions of one
    request and are gone after it.
    """

    code: str = field(repr=False)
    _made: dict[Keys, Digests] = field(default_factory=dict, init=False, repr=False, compare=False)

    def digests(self, keys: Keys) -> Digests:
        """Return (key number, digest) for every key still kept; slow the first time."""
        if keys not in self._made:
            self._made[keys] = code_digests(self.code, keys)
        return self._made[keys]


@dataclass(frozen=True)
class Public:
    """Anybody."""


@dataclass(frozen=True)
class System:
    """The server itself: jobs, the wall, the command line. `username` names who ran a command."""

    username: str | None = None


@dataclass(frozen=True)
class Played:
    """A person of an invented council on a day of the seed.

    With `username` None it is the holder of an entry's code, or else the public.
    """

    username: str | None
    at: datetime
    entry_id: int | None = None


Who = BySession | ByCode | Public | System | Played


class SignedOut(NotAllowed):
    """The session has ended, or there never was one."""


_COUNTS_NOW = sa.and_(RoleGrant.ended_at.is_(None), RoleGrant.confirmed_at.is_not(None))
# Built once, because every read and write begins with it. It gives one row for each role, or one
# row without a role.
_IN_SESSION = (
    sa.select(
        Person.id,
        Person.name,
        RoleGrant.role,
        sa.func.coalesce(
            AuthSession.proved_at, AuthSession.began_at, type_=AuthSession.began_at.type
        ).label("proved_at"),
    )
    .join(AuthSession, AuthSession.person_id == Person.id)
    .outerjoin(RoleGrant, sa.and_(RoleGrant.person_id == Person.id, _COUNTS_NOW))
    .where(
        AuthSession.public_id == sa.bindparam("public_id"),
        AuthSession.ended_at.is_(None),
        AuthSession.began_at > sa.bindparam("long_ago"),
        Person.disabled_at.is_(None),
    )
)


_MODE = sa.select(Setting.value).where(Setting.key == SettingKey.MODE)
_ROLES = sa.select(RoleGrant.role).where(
    RoleGrant.person_id == sa.bindparam("person_id"), _COUNTS_NOW
)
_ACCOUNT = sa.select(Person.id, Person.name).where(
    Person.username == sa.bindparam("username"), Person.disabled_at.is_(None)
)


def prepare(who: Who, keys: Keys) -> Digests:
    """Return (key number, digest) pairs of a typed card code; slow on purpose, so call it before
    the transaction.
    """
    return who.digests(keys) if isinstance(who, ByCode) else []


def actor_for(db: Session, who: Who, now: datetime, digests: Digests) -> Actor:
    """Make the actor of this transaction. Raises SignedOut, NotFound, NotAllowed."""
    match who:
        case BySession():
            return _by_session(db, who, now)
        case ByCode():
            return _by_code(db, digests, now)
        case Public():
            return Actor(kind=ActorKind.PUBLIC, at=now, recorded_at=now)
        case System(username=None):
            return Actor(kind=ActorKind.SYSTEM, at=now, recorded_at=now, name="The server")
        case System():
            return _named(db, who.username, now, now)
        case Played():
            if stored_mode(db) is not Mode.DEMO:
                raise NotAllowed("Only a demo database can be given a past day.")
            if who.username is None:
                kind = ActorKind.PUBLIC if who.entry_id is None else ActorKind.CARD_CODE
                at = who.at.astimezone(UTC)
                return Actor(kind=kind, at=at, recorded_at=now, entry_id=who.entry_id)
            return _named(db, who.username, who.at, now)


def acting_for(system: Actor, person_id: int, roles: frozenset[Role]) -> Actor:
    """Return the actor that a person would be now, for a job that asks what waits for them.

    Raises NotAllowed for anybody but the server itself.
    """
    system.must(Permission.JOBS_RUN)
    return Actor(
        kind=ActorKind.PERSON,
        at=system.at,
        recorded_at=system.recorded_at,
        person_id=person_id,
        roles=roles,
    )


def stored_mode(db: Session) -> Mode | None:
    """Return the mode of this database, which never changes, or None before its first start."""
    value = db.scalar(_MODE)
    return Mode(value) if value else None


def roles_of(db: Session, person_id: int) -> frozenset[Role]:
    """Return the roles somebody has now: given, confirmed, not ended."""
    return frozenset(db.scalars(_ROLES, {"person_id": person_id}))


def _by_session(db: Session, who: BySession, now: datetime) -> Actor:
    asked = {"public_id": who.public_id, "long_ago": now - ABSOLUTE_LIMIT}
    rows = db.execute(_IN_SESSION, asked).all()
    if not rows:
        raise SignedOut("We signed you out. Sign in and you will come back to this page.")
    return Actor(
        kind=ActorKind.PERSON,
        at=now,
        recorded_at=now,
        person_id=rows[0].id,
        name=rows[0].name,
        roles=frozenset(row.role for row in rows if row.role),
        session_id=who.public_id,
        proved_at=rows[0].proved_at,
    )


def _by_code(db: Session, digests: Digests, now: datetime) -> Actor:
    entry_id = db.scalar(
        sa.select(CardEntry.id).where(
            CardEntry.about_id.is_(None),
            sa.tuple_(CardEntry.code_key, CardEntry.code_hash).in_(digests),
        )
    )
    if entry_id is None:
        raise NotFound("We do not know that code. Check each word and try again.", field="code")
    return Actor(kind=ActorKind.CARD_CODE, at=now, recorded_at=now, entry_id=entry_id)


def _named(db: Session, username: str | None, at: datetime, now: datetime) -> Actor:
    row = db.execute(_ACCOUNT, {"username": username}).one_or_none()
    if row is None:
        raise NotFound(f"There is no account with the username {username}.")
    return Actor(
        kind=ActorKind.PERSON,
        at=at.astimezone(UTC),
        recorded_at=now,
        person_id=row.id,
        name=row.name,
        roles=roles_of(db, row.id),
    )
