"""Which sign-ins are live, asked by the door; who is signed in, asked by that person."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, CardEntry, Person, RoleGrant
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.settings import setting
from coprod_data.store.actors import ABSOLUTE_LIMIT
from coprod_data.store.card_codes import form_digest, spell_stored
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.settings import SettingKey

NOBODY: Mapping[str, datetime] = {}


@dataclass(frozen=True)
class LiveSession:
    """A sign-in that may act at this moment."""

    public_id: str
    person_id: int
    seen_at: datetime


@dataclass(frozen=True)
class SignedInPerson:
    """Who is signed in, with the roles they have now."""

    username: str
    name: str
    job: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class DemoPerson:
    """An account of the demonstration, as the sign-in page lists it."""

    username: str
    name: str
    job: str
    roles: frozenset[Role]


def session_of_token(
    db: Session, actor: Actor, token: str, *, seen: Mapping[str, datetime] = NOBODY
) -> LiveSession | None:
    """Return the live session that a browser's token opens, or None.

    `seen` says when the holders of some sessions were last active, where that is not yet saved.
    """
    actor.must(Permission.SIGN_OUT)
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = _live(db, actor, AuthSession.token_hash == digest, seen)
    return next(iter(found.values()), None)


def held_before(db: Session, actor: Actor, token: str) -> int | None:
    """Return whose session a browser's token opened, also one that has ended; None if not known."""
    actor.must(Permission.SIGN_OUT)
    digest = hashlib.sha256(token.encode()).hexdigest()
    return db.scalar(sa.select(AuthSession.person_id).where(AuthSession.token_hash == digest))


def live_sessions(
    db: Session,
    actor: Actor,
    public_ids: Collection[str],
    *,
    seen: Mapping[str, datetime] = NOBODY,
) -> dict[str, LiveSession]:
    """Return those of these sessions that are live, by public id, in one read.

    `seen` is that of `session_of_token`.
    """
    actor.must(Permission.SIGN_OUT)
    return _live(db, actor, AuthSession.public_id.in_(public_ids), seen)


def signed_in_person(db: Session, actor: Actor) -> SignedInPerson:
    """Return who this actor is. Raises NotAllowed for an actor without an account."""
    actor.must(Permission.SIGN_IN, Permission.ACCOUNT_OWN, Permission.SETTINGS_READ)
    person = db.get_one(Person, actor.id)
    return SignedInPerson(person.username, person.name, person.job, actor.roles)


def idle_end(
    db: Session, actor: Actor, public_id: str, *, at_most: timedelta | None = None
) -> datetime | None:
    """Return when this person's own session ends if they do nothing, or None without one.

    `at_most` is a shorter limit, where one counts.
    """
    actor.must(Permission.ACCOUNT_OWN)
    idle = timedelta(minutes=setting(db, SettingKey.IDLE_MINUTES))
    seen_at = db.scalar(
        sa.select(AuthSession.seen_at).where(
            AuthSession.public_id == public_id,
            AuthSession.person_id == actor.id,
            AuthSession.ended_at.is_(None),
        )
    )
    return None if seen_at is None else seen_at + min(idle, at_most or idle)


def demo_people(db: Session, actor: Actor, usernames: Collection[str]) -> list[DemoPerson]:
    """Return those of these accounts that exist, in the order asked for."""
    actor.must(Permission.SIGN_IN)
    roles: dict[int, set[Role]] = {}
    rows = db.execute(
        sa.select(Person, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.username.in_(usernames),
            Person.disabled_at.is_(None),
            RoleGrant.ended_at.is_(None),
            RoleGrant.confirmed_at.is_not(None),
        )
    ).all()
    people = {person.username: person for person, _ in rows}
    for person, role in rows:
        roles.setdefault(person.id, set()).add(role)
    return [
        DemoPerson(person.username, person.name, person.job, frozenset(roles[person.id]))
        for person in (people[name] for name in usernames if name in people)
    ]


def demo_cards(db: Session, actor: Actor, form_ids: Sequence[str]) -> dict[str, str]:
    """Return the card codes of the played council, by their fixed form ids and in that order."""
    actor.must(Permission.SIGN_IN)
    keys: Keys = db.info["keys"]
    digests = {form_digest(form_id, key): form_id for key in keys.all for form_id in form_ids}
    played = db.execute(
        sa.select(
            CardEntry.form_hash, CardEntry.code_key, CardEntry.code_words, CardEntry.code_hash
        ).where(CardEntry.form_hash.in_(digests))
    )
    found = {digests[row.form_hash]: row for row in played}
    return {
        form_id: spell_stored(form_id, row.code_key, row.code_words, keys, row.code_hash)
        for form_id in form_ids
        if (row := found.get(form_id)) is not None
    }


def _live(
    db: Session, actor: Actor, which: sa.ColumnElement[bool], seen: Mapping[str, datetime]
) -> dict[str, LiveSession]:
    idle = timedelta(minutes=setting(db, SettingKey.IDLE_MINUTES))
    rows = db.execute(
        sa.select(AuthSession.public_id, AuthSession.person_id, AuthSession.seen_at)
        .join(Person, Person.id == AuthSession.person_id)
        .where(
            which,
            AuthSession.ended_at.is_(None),
            AuthSession.began_at > actor.at - ABSOLUTE_LIMIT,
            Person.disabled_at.is_(None),
        )
    )
    found = (
        LiveSession(public_id, person_id, max(seen_at, seen.get(public_id, seen_at)))
        for public_id, person_id, seen_at in rows
    )
    return {one.public_id: one for one in found if one.seen_at > actor.at - idle}
