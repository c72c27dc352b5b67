"""Words leave the wall of a session for good: a step of what else happens to their entry."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, RoomWords
from coprod_data.permissions import Actor


def off_the_wall(db: Session, actor: Actor, entries: Iterable[CardEntry]) -> None:
    """Keep the words of these entries off the wall for good, also where they are not on it yet.

    The caller records the event.
    """
    ids = [entry.id for entry in entries]
    rows = sa.select(RoomWords).where(RoomWords.entry_id.in_(ids), RoomWords.kept_off_at.is_(None))
    for words in db.scalars(rows.with_for_update()):
        words.kept_off_at = actor.at
