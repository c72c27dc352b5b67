"""Texts of staff that wait for other words, and what ends the wait of any of them."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Rewording
from coprod_data.permissions import Actor
from coprod_data.scopes.staff_texts import TextKey
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.rewordings import TextEnd


def stop_rewording(db: Session, actor: Actor, texts: Iterable[TextKey]) -> None:
    """End the wait of texts that are no longer in their places, and erase what was kept of them."""
    for place, row_id in texts:
        for waiting in db.scalars(
            sa.select(Rewording).where(
                Rewording.place == place,
                Rewording.row_id == row_id,
                Rewording.settled_at.is_(None),
            )
        ):
            waiting.settled_at, waiting.settled_by_id = actor.at, actor.person_id
            waiting.ending, waiting.text, waiting.spans = TextEnd.GONE, None, []
            owe_wiping(db, actor.at)
