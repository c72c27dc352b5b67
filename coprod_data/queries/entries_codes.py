"""The card codes that a worker still has to hand over."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, HandedCode
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import not_about
from coprod_data.scopes.entries_codes import purpose, waiting_for
from coprod_data.store.card_codes import spell_stored
from coprod_data.store.keys import Keys
from coprod_data.store.sealed_texts import open_text


@dataclass(frozen=True)
class WaitingCode:
    """A code to hand over, and when its entry was sent."""

    id: int
    code: str = field(repr=False)
    sent_at: datetime


def codes_under_key(db: Session, actor: Actor, key_number: str) -> int:
    """Return how many codes that still open a card were made under a key of the server."""
    actor.must(Permission.JOBS_RUN)
    mine = sa.select(sa.func.count()).where(CardEntry.code_key == key_number)
    return db.scalar(mine.where(CardEntry.code_hash.is_not(None))) or 0


def codes_to_hand_over(db: Session, actor: Actor) -> list[WaitingCode]:
    """Return the codes of entries this person typed in the last day, oldest first.

    Each is listed until it is handed over, or its entry is taken back or may be about them.
    """
    actor.must(Permission.ENTRIES_TYPE)
    keys: Keys = db.info["keys"]
    rows = db.execute(
        sa.select(
            HandedCode.id, HandedCode.sealed, HandedCode.at,
            HandedCode.entry_id, CardEntry.code_key, CardEntry.code_words, CardEntry.code_hash,
        )
        .join(CardEntry, CardEntry.id == HandedCode.entry_id)
        .where(waiting_for(actor), CardEntry.withdrawn_at.is_(None), not_about(actor))
        .order_by(HandedCode.id)
    )  # fmt: skip
    return [
        WaitingCode(
            row.id,
            spell_stored(form_id, row.code_key, row.code_words, keys, row.code_hash),
            row.at,
        )
        for row in rows
        if (form_id := open_text(keys, purpose(row.entry_id), row.sealed)) is not None
    ]
