"""A card code after it was made: kept by its author, or handed over by a worker."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, HandedCode
from coprod_data.permissions import Actor, NotFound, Permission, Refused
from coprod_data.scopes.entries import own
from coprod_data.scopes.entries_codes import HAND_OVER_WITHIN, waiting_for
from coprod_data.vocabulary.events import EventKind


def keep_code(db: Session, actor: Actor) -> None:
    """Note that the holder of a card code has it, so that no page shows it any more.

    Raises NotFound, and Refused once the entry was taken back.
    """
    actor.must(Permission.ENTRIES_OWN)
    entry = db.scalar(
        sa.select(CardEntry).where(CardEntry.id == actor.entry_id, own(actor)).with_for_update()
    )
    if entry is None:
        raise NotFound("We cannot find that card.")
    if entry.withdrawn_at is not None:
        raise Refused("You took this card back. Nobody can read it any more.")
    if entry.code_kept_at is None:
        entry.code_kept_at = actor.at
        record(db, actor, EventKind.CODE_KEPT, entry)


def hand_over_code(db: Session, actor: Actor, waiting_id: int) -> None:
    """Forget a code that this worker has handed over. Doing it twice is once."""
    actor.must(Permission.ENTRIES_TYPE)
    db.execute(sa.delete(HandedCode).where(HandedCode.id == waiting_id, waiting_for(actor)))


def forget_handed_codes(db: Session, actor: Actor) -> None:
    """Delete what would show a code to hand over, a day after it was made."""
    actor.must(Permission.JOBS_RUN)
    db.execute(sa.delete(HandedCode).where(HandedCode.at <= actor.at - HAND_OVER_WITHIN))
