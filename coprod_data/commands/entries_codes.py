"""What happens to a card code after it is made: its author keeps it, or a worker hands it over."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, HandedCode
from coprod_data.permissions import Actor, NotFound, Permission, Refused
from coprod_data.scopes.entries import own
from coprod_data.scopes.entries_codes import HAND_OVER_WITHIN, waiting_for
from coprod_data.vocabulary.events import EventKind


def keep_code(db: Session, actor: Actor) -> None:
    """Record that the author has their card code, so that no page shows it again.

    Raises NotFound, and Refused once the entry was taken back.
    """
    actor.must(Permission.ENTRIES_OWN)
    entry = db.scalar(
        sa.select(CardEntry).where(CardEntry.id == actor.entry_id, own(actor)).with_for_update()
    )
    if entry is None:
        raise NotFound("We cannot find that card.")
    if entry.withdrawn_at is not None:
        raise Refused("You took this card back.")
    if entry.code_kept_at is None:
        entry.code_kept_at = actor.at
        record(db, actor, EventKind.CODE_KEPT, entry)


def hand_over_code(db: Session, actor: Actor, waiting_id: int) -> None:
    """Forget a code that this worker has handed over. A second call changes nothing."""
    actor.must(Permission.ENTRIES_TYPE)
    db.execute(sa.delete(HandedCode).where(HandedCode.id == waiting_id, waiting_for(actor)))


def forget_handed_codes(db: Session, actor: Actor) -> None:
    """Delete the codes that were not handed over within a day."""
    actor.must(Permission.JOBS_RUN)
    db.execute(sa.delete(HandedCode).where(HandedCode.at <= actor.at - HAND_OVER_WITHIN))
