"""What a person is told about their own account: who reset it and when, and what is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import AccountRequest, Person, ResetLink, RoleGrant
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.account_requests import grant_waits
from coprod_data.scopes.people import watched

TOLD_FOR = timedelta(days=90)
_MAKER = aliased(Person)


@dataclass(frozen=True)
class ResetRow:
    """A password that was chosen with a link: who made or handed over the link, and when.

    `told` says that the owner has read it; `watched` that this cannot be said yet.
    """

    made_at: datetime
    by: str
    used_at: datetime
    by_second: bool
    told: bool
    watched: bool


def resets_of_mine(db: Session, actor: Actor) -> list[ResetRow]:
    """Return how this person's password was reset in the last months, the newest first."""
    actor.must(Permission.ACCOUNT_OWN)
    rows = db.execute(
        sa.select(ResetLink, _MAKER.name, watched(actor.at))
        .outerjoin(_MAKER, _MAKER.id == ResetLink.made_by_id)
        .where(
            ResetLink.person_id == actor.id,
            ResetLink.set_at > actor.at - TOLD_FOR,
        )
        .order_by(ResetLink.id.desc())
    )
    return [
        ResetRow(
            link.made_at, by or "The server", link.set_at or link.made_at, link.by_second,
            told=link.told_at is not None, watched=bool(is_watched),
        )
        for link, by, is_watched in rows
    ]  # fmt: skip


def must_be_told(db: Session, actor: Actor) -> bool:
    """Say whether this person has to read something about their account before they go on."""
    actor.must(Permission.ACCOUNT_OWN)
    reset = sa.exists().where(
        ResetLink.person_id == actor.id,
        ResetLink.set_at > actor.at - TOLD_FOR,
        ResetLink.told_at.is_(None),
    )
    asked = sa.exists().where(
        AccountRequest.person_id == actor.id, AccountRequest.settled_at.is_(None)
    )
    given = sa.exists().where(
        grant_waits(), RoleGrant.person_id == actor.id, RoleGrant.counts_at.is_not(None)
    )
    return bool(db.scalar(sa.select(sa.or_(reset, asked, given))))
