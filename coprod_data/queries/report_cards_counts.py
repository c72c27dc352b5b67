"""Whether the counts kept on report cards match a recount."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, ReportCard
from coprod_data.models.report_cards import VOICE_COUNTS
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import summed_up
from coprod_data.scopes.report_cards import counted_voices


def miscounted_cards(db: Session, actor: Actor) -> list[int]:
    """Return in order the ids of report cards whose counts do not match their entries.

    A card is also returned when an entry on it is marked as summed up and has no such summary, or
    the other way round.
    """
    actor.must(Permission.JOBS_RUN)
    counted = counted_voices().subquery()
    differs = [
        getattr(ReportCard, name) != sa.func.coalesce(counted.c[name], 0) for name in VOICE_COUNTS
    ]
    mistold = sa.select(CardEntry.report_card_id).where(CardEntry.summed_up != summed_up())
    return list(
        db.scalars(
            sa.select(ReportCard.id)
            .outerjoin(counted, counted.c.report_card_id == ReportCard.id)
            .where(sa.or_(*differs, ReportCard.id.in_(mistold)))
            .order_by(ReportCard.id)
        )
    )
