"""A card code waits to be handed over by whoever typed its entry: steps of commands."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, HandedCode
from coprod_data.permissions import Actor
from coprod_data.scopes.entries_codes import purpose
from coprod_data.store.sealed_texts import seal_text


def wait_to_hand_over(db: Session, actor: Actor, entry: CardEntry, form_id: str) -> None:
    """Let the worker who typed an entry see its code again until it is handed over."""
    sealed = seal_text(db.info["keys"], purpose(entry.id), form_id)
    db.add(HandedCode(person_id=actor.id, entry_id=entry.id, sealed=sealed, at=actor.at))


def stop_waiting(db: Session, entries: list[CardEntry]) -> None:
    """Forget the codes of these entries that are still to be handed over."""
    db.execute(sa.delete(HandedCode).where(HandedCode.entry_id.in_([one.id for one in entries])))
