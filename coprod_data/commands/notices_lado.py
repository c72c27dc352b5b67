"""The notice to the council's LADO, who has no account: made and forgotten by the job."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.models import CardEntry, Notice, ToldToLado
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries_family import main_id
from coprod_data.scopes.second_person_lado import cards_to_tell_of, needs_somebody
from coprod_data.vocabulary.notices import NoticeKind


def tell_the_lado(db: Session, actor: Actor) -> int:
    """Make one notice of all cards that the LADO is to be told of, each once. Returns how many.

    One that was given up is made anew.
    """
    actor.must(Permission.JOBS_RUN)
    in_turn(db, "notices")
    cards = cards_to_tell_of(db, actor.at)
    if not cards:
        return 0
    db.execute(sa.delete(ToldToLado).where(ToldToLado.card_id.in_(cards)))
    notice = Notice(kind=NoticeKind.LADO, made_at=actor.at, due_at=actor.at)
    db.add(notice)
    db.flush()
    db.add_all(ToldToLado(card_id=card_id, notice_id=notice.id) for card_id in sorted(cards))
    return 1


def forget_told(db: Session, actor: Actor) -> None:
    """Forget that the LADO was told of a card, once nobody has to read or end anything of it."""
    actor.must(Permission.JOBS_RUN)
    if db.scalar(sa.select(sa.exists().where(ToldToLado.card_id.is_not(None)))):
        waits = sa.select(main_id(CardEntry)).where(needs_somebody())
        db.execute(sa.delete(ToldToLado).where(ToldToLado.card_id.not_in(waits)))
