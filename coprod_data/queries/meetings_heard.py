"""What became of a young person's entry at a meeting: on which day, and for how long."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AgendaItem, CardEntry, HeardTime, Meeting, OpportunitySource
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.meeting_time import REACHED, whole_minutes
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse


@dataclass(frozen=True)
class HeardRow:
    """The last meeting that had an entry on its agenda: its day, whether the Board got to it, and
    for how many minutes.
    """

    on: date
    reached: bool
    minutes: int


def heard_of_entry(db: Session, actor: Actor, entry_id: int) -> HeardRow | None:
    """Return what the last meeting made of an entry that the Board may read, by its report card or
    by an opportunity that comes from it; None where no meeting had it.
    """
    actor.must(Permission.ENTRIES_OWN)
    entry = CardEntry
    from_it = sa.select(OpportunitySource.opportunity_id).where(
        sa.or_(
            OpportunitySource.entry_id == entry.id,
            OpportunitySource.report_card_id == entry.report_card_id,
        )
    )
    rows = db.execute(
        sa.select(Meeting.meets_on, HeardTime.started_at, HeardTime.stopped_at)
        .select_from(entry)
        .join(
            AgendaItem,
            sa.or_(
                AgendaItem.report_card_id == entry.report_card_id,
                AgendaItem.opportunity_id.in_(from_it.correlate(entry)),
            ),
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(HeardTime, HeardTime.item_id == AgendaItem.id)
        .where(
            entry.id == entry_id,
            released(ConsentUse.BOARD),
            Meeting.ended_at.is_not(None),
            AgendaItem.removed_at.is_(None),
        )
        .order_by(Meeting.meets_on.desc())
    ).all()
    if not rows:
        return None
    last = rows[0].meets_on
    seconds = sum(
        (row.stopped_at - row.started_at).total_seconds()
        for row in rows
        if row.meets_on == last and row.stopped_at
    )
    return HeardRow(last, seconds >= REACHED.total_seconds(), whole_minutes(seconds))
