"""Card codes still to be handed over: who may see them, for how long, and how they are sealed."""

from datetime import timedelta

import sqlalchemy as sa

from coprod_data.models import HandedCode
from coprod_data.permissions import Actor

HAND_OVER_WITHIN = timedelta(hours=24)


def waiting_for(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that this worker typed the entry and may still hand over its code."""
    return sa.and_(HandedCode.person_id == actor.id, HandedCode.at > actor.at - HAND_OVER_WITHIN)


def purpose(entry_id: int) -> str:
    """Return the purpose for sealing a form's id, so that it opens for its own entry only."""
    return f"handed code {entry_id}"
