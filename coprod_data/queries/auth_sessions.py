"""Which sign-ins are live, asked by the door; who is signed in, asked by that person."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, CardEntry, Person, RoleGrant
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.scopes.settings import setting
from coprod_data.store.actors import ABSOLUTE_LIMIT
from coprod_data.store.card_codes import form_digest
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.settings import SettingKey


@dataclass(frozen=True)
class LiveSession:
    """A sign-in that may act at this moment."""

    public_id: str
    person_id: int
    seen_at: datetime


@dataclass(frozen=True)
class SignedInPerson:
    """Who is signed in, with the roles that count now."""

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


def session_of_token(db: Session, actor: Actor, token: str) -> LiveSession | None:
    """Return the live session that a browser's token opens, or None."""
    actor.must(Permission.SIGN_OUT)
    digest = hashlib.sha256(token.encode()).hexdigest()
    row = db.execute(_live(db, actor).where(AuthSession.token_hash == digest)).one_or_none()
    return LiveSession(row.public_id, row.person_id, row.seen_at) if row else None


def live_sessions(db: Session, actor: Actor, public_ids: Collection[str]) -> dict[str, LiveSession]:
    """Return those of these sessions that are live, by public id, in one read."""
    actor.must(Permission.SIGN_OUT)
    rows = db.execute(_live(db, actor).where(AuthSession.public_id.in_(public_ids)))
    return {row.public_id: LiveSession(row.public_id, row.person_id, row.seen_at) for row in rows}


def signed_in_person(db: Session, actor: Actor) -> SignedInPerson:
    """Return who this actor is. Raises NotAllowed for one who is nobody's account."""
    actor.must(Permission.SIGN_IN, Permission.ACCOUNT_OWN, Permission.SETTINGS_READ)
    person = db.get_one(Person, actor.id)
    return SignedInPerson(person.username, person.name, person.job, actor.roles)


def demo_people(db: Session, actor: Actor, usernames: Collection[str]) -> list[DemoPerson]:
    """Return these accounts in the order asked for, those that are not there left out."""
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


def demo_cards(db: Session, actor: Actor, form_ids: Sequence[str]) -> list[str]:
    """Return those of these fixed form ids that an invented council was played with, in order."""
    actor.must(Permission.SIGN_IN)
    keys: Keys = db.info["keys"]
    digests = {form_digest(form_id, key): form_id for key in keys.all for form_id in form_ids}
    played = db.scalars(sa.select(CardEntry.form_hash).where(CardEntry.form_hash.in_(digests)))
    found = {digests[digest] for digest in played}
    return [form_id for form_id in form_ids if form_id in found]


def _live(db: Session, actor: Actor) -> sa.Select[str, int, datetime]:
    idle = timedelta(minutes=setting(db, SettingKey.IDLE_MINUTES))
    return (
        sa.select(AuthSession.public_id, AuthSession.person_id, AuthSession.seen_at)
        .join(Person, Person.id == AuthSession.person_id)
        .where(
            AuthSession.ended_at.is_(None),
            AuthSession.began_at > actor.at - ABSOLUTE_LIMIT,
            AuthSession.seen_at > actor.at - idle,
            Person.disabled_at.is_(None),
        )
    )
