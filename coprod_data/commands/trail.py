"""The trail of sign-ins, refusals and exports: noted by any command, deleted in time."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Trail
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.retention import old_trail, over_before
from coprod_data.vocabulary.trail import TrailKind


def note(
    db: Session,
    actor: Actor,
    kind: TrailKind,
    *,
    person_id: int | None = None,
    name_hash: str = "",
    address_hash: str = "",
    about: str = "",
) -> None:
    """Add a row to the trail, for the actor where no other person is named."""
    db.add(
        Trail(
            kind=kind,
            at=actor.at,
            person_id=person_id if person_id is not None else actor.person_id,
            name_hash=name_hash,
            address_hash=address_hash,
            about=about[:120],
        )
    )


def note_export(db: Session, actor: Actor, what: str) -> None:
    """Note that somebody took a file away: a table by its name, a paper or a session by its number.

    A young person's copy of their own card is not noted: it is theirs.
    """
    actor.must(Permission.EXPORTS_READ)
    note(db, actor, TrailKind.EXPORTED, about=what)


def forget_trail(db: Session, actor: Actor) -> int:
    """Delete the rows whose time is over. Returns how many."""
    actor.must(Permission.JOBS_RUN)
    old = old_trail(over_before(db, actor.at))
    return len(db.scalars(sa.delete(Trail).where(old).returning(Trail.id)).all())
