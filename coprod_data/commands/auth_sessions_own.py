"""What people do about their own sign-in: another password, fewer sessions, the password again.

The slow check of the password runs outside, between `begin_sign_in` and these.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import AuthSession, LoginAttempt, Person
from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.vocabulary.events import EventKind

WRONG = "That is not your password. Try again."


def prove_oneself(db: Session, actor: Actor, attempt_id: int, *, checked: str | None) -> None:
    """Note that the password of this session was typed again just now.

    `checked` is the hash that it matched. Raises Invalid.
    """
    actor.must(Permission.ACCOUNT_OWN)
    _own_checked(db, actor, attempt_id, checked)
    session = _own_session(db, actor)
    session.proved_at = actor.at
    record(db, actor, EventKind.PASSWORD_TYPED_AGAIN, session, person=actor.id)


def change_own_password(
    db: Session, actor: Actor, attempt_id: int, *, checked: str | None, password_hash: str
) -> None:
    """Set another password; every other session of this person ends.

    `checked` is the hash that the old password matched, `password_hash` of one that was accepted.
    Raises Invalid.
    """
    actor.must(Permission.ACCOUNT_OWN)
    person = _own_checked(db, actor, attempt_id, checked)
    person.password_hash = password_hash
    session = _own_session(db, actor)
    session.proved_at = actor.at
    record(db, actor, EventKind.PASSWORD_SET, person)
    _end_others(db, actor)


def end_own_session(db: Session, actor: Actor, number: int) -> None:
    """End one of this person's sessions, known by its number. Raises NotFound."""
    actor.must(Permission.ACCOUNT_OWN)
    session = db.scalar(
        sa.select(AuthSession).where(
            AuthSession.id == number,
            AuthSession.person_id == actor.id,
            AuthSession.ended_at.is_(None),
        )
    )
    if session is None:
        raise NotFound("That session has ended already.")
    session.ended_at = actor.at
    record(db, actor, EventKind.SESSION_ENDED, session, person=actor.id)


def end_other_sessions(db: Session, actor: Actor) -> None:
    """End every session of this person but the one in which they ask."""
    actor.must(Permission.ACCOUNT_OWN)
    _end_others(db, actor)


def _end_others(db: Session, actor: Actor) -> None:
    for session in db.scalars(
        sa.select(AuthSession).where(
            AuthSession.person_id == actor.id,
            AuthSession.public_id != actor.session_id,
            AuthSession.ended_at.is_(None),
        )
    ).all():
        session.ended_at = actor.at
        record(db, actor, EventKind.SESSION_ENDED, session, person=actor.id)


def _own_checked(db: Session, actor: Actor, attempt_id: int, checked: str | None) -> Person:
    person = db.get_one(Person, actor.id, with_for_update=True)
    if checked is None or checked != person.password_hash:
        raise Invalid(WRONG, field="current")
    db.get_one(LoginAttempt, attempt_id).succeeded = True
    return person


def _own_session(db: Session, actor: Actor) -> AuthSession:
    return db.execute(
        sa.select(AuthSession).where(AuthSession.public_id == actor.session_id)
    ).scalar_one()
