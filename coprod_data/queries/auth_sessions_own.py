"""A person's own sessions and sign-ins, for the page of their account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, Trail
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.settings import setting
from coprod_data.store.actors import ABSOLUTE_LIMIT
from coprod_data.vocabulary.settings import SettingKey
from coprod_data.vocabulary.trail import TrailKind

SHOWN = 10


@dataclass(frozen=True)
class OwnSession:
    """A browser in which the reader is signed in; `this` is the one they read with."""

    id: int
    browser: str
    began_at: datetime
    seen_at: datetime
    this: bool


@dataclass(frozen=True)
class OwnSignIn:
    """When the reader signed in, and with what browser."""

    at: datetime
    browser: str


def own_sessions(db: Session, actor: Actor) -> list[OwnSession]:
    """Return where this person is signed in now, the newest first."""
    actor.must(Permission.ACCOUNT_OWN)
    idle = timedelta(minutes=setting(db, SettingKey.IDLE_MINUTES))
    rows = db.scalars(
        sa.select(AuthSession)
        .where(
            AuthSession.person_id == actor.id,
            AuthSession.ended_at.is_(None),
            AuthSession.began_at > actor.at - ABSOLUTE_LIMIT,
        )
        .order_by(AuthSession.id.desc())
    )
    return [
        OwnSession(
            row.id, row.browser, row.began_at, row.seen_at, row.public_id == actor.session_id
        )
        for row in rows
        if row.public_id == actor.session_id or row.seen_at > actor.at - idle
    ]


def own_sign_ins(db: Session, actor: Actor) -> list[OwnSignIn]:
    """Return the last times that this person signed in, the newest first."""
    actor.must(Permission.ACCOUNT_OWN)
    rows = db.execute(
        sa.select(Trail.at, Trail.about)
        .where(Trail.person_id == actor.id, Trail.kind == TrailKind.SIGNED_IN)
        .order_by(Trail.at.desc())
        .limit(SHOWN)
    )
    return [OwnSignIn(*row) for row in rows]
