"""What an administrator is told of the LADO's notices: how many entries, and when it was sent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Notice, ToldToLado
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.second_person_lado import cards_to_tell_of, for_the_lado


@dataclass(frozen=True)
class LeftToLado:
    """How many entries wait that nobody on duty may read, and of how many nobody of the two teams
    may; when the last notice of them was sent, if all of them are told of in one that was.
    """

    count: int
    unreadable: int
    sent_at: datetime | None


def left_to_lado(db: Session, actor: Actor) -> LeftToLado | None:
    """Return what waits for somebody whom the LADO asks for; None while nothing does."""
    actor.must(Permission.PEOPLE_MANAGE)
    found = for_the_lado(db, actor.at).values()
    if not found:
        return None
    cards = {one.card_id for one in found}
    told = sa.select(ToldToLado.card_id, Notice.sent_at).join(
        Notice, Notice.id == ToldToLado.notice_id
    )
    sent = [row.sent_at for row in db.execute(told) if row.sent_at and row.card_id in cards]
    return LeftToLado(
        count=len(found),
        unreadable=sum(one.unreadable for one in found),
        sent_at=max(sent) if len(sent) == len(cards) else None,
    )


def lado_is_due(db: Session, actor: Actor) -> bool:
    """Say whether there is a card that the LADO is to be told of now."""
    actor.must(Permission.JOBS_RUN)
    return bool(cards_to_tell_of(db, actor.at))
