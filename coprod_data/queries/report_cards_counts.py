"""Whether the counts that stand on report cards are what a recount gives."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import ReportCard
from coprod_data.models.report_cards import VOICE_COUNTS
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import counted_voices


def miscounted_cards(db: Session, actor: Actor) -> list[int]:
    """Return the ids of report cards whose counts are not what their entries give, in order."""
    actor.must(Permission.JOBS_RUN)
    counted = counted_voices().subquery()
    differs = [
        getattr(ReportCard, name) != sa.func.coalesce(counted.c[name], 0) for name in VOICE_COUNTS
    ]
    return list(
        db.scalars(
            sa.select(ReportCard.id)
            .outerjoin(counted, counted.c.report_card_id == ReportCard.id)
            .where(sa.or_(*differs))
            .order_by(ReportCard.id)
        )
    )
