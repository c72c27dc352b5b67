"""Words that only safeguarding opens: on hold, or taken back before two people had read them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Person, SafeguardingHold
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import LONDON, london_day

TAKEN_BACK = "They took this back. Safeguarding reads it first."


def why_sealed(db: Session, actor: Actor, entry: CardEntry) -> str:
    """Return why nobody but safeguarding opens an entry, or nothing where that is not so."""
    held = db.execute(
        sa.select(SafeguardingHold.opened_at, Person.name)
        .join(Person, Person.id == SafeguardingHold.opened_by_id)
        .where(
            SafeguardingHold.entry_id.in_([entry.id, entry.about_id, entry.held_with_id]),
            SafeguardingHold.closed_at.is_(None),
        )
        .order_by(SafeguardingHold.entry_id != entry.id)
        .limit(1)
    ).first()
    if held is None:
        return TAKEN_BACK if entry.kept_unread else ""
    when = held.opened_at.astimezone(LONDON)
    day = "" if when.date() == london_day(actor.at) else f" on {when.day} {when:%B}"
    return f"{held.name} held this{day} at {when:%H:%M}. Safeguarding reads it now."
