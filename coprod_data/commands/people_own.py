"""What a person does about their own account."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import ResetLink
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.people import watched
from coprod_data.vocabulary.events import EventKind


def note_resets_read(db: Session, actor: Actor) -> None:
    """Note that this person has read who reset their password. A second press changes nothing.

    Where one person alone made the link, it stays to be read for seven days: whoever signs in first
    may be who made it.
    """
    actor.must(Permission.ACCOUNT_OWN)
    unread = db.scalars(
        sa.select(ResetLink).where(
            ResetLink.person_id == actor.id,
            ResetLink.set_at.is_not(None),
            ResetLink.told_at.is_(None),
            ~watched(actor.at),
        )
    ).all()
    for link in unread:
        link.told_at = actor.at
        record(db, actor, EventKind.RESET_READ, link)
