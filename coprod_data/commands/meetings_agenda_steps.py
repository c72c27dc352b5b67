"""Steps of commands about an agenda: bring it in line with the rule, and mark what is changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings_agenda_rules import about, due_items
from coprod_data.models import AgendaItem, Meeting
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.meetings import BY_RULE, AgendaKind, AgendaTier


def draw_up(db: Session, actor: Actor, meeting: Meeting) -> None:
    """Put on an agenda what belongs there now; its command records the event."""
    due = {one.about: one for one in due_items(db, meeting, london_day(actor.at))}
    there = {about(item): item for item in items_of(db, meeting)}
    out = meeting.published_at is not None
    for key, item in there.items():
        led = item.tier in BY_RULE or item.kind is AgendaKind.CARD
        now = due.get(key)
        if item.removed_at is not None:
            continue
        if now is None and led and not out:
            db.delete(item)
        elif now is not None and (item.tier > now.tier or not out and item.tier != now.tier):
            item.tier, item.place, item.apart = now.tier, now.place, now.apart
            item.carried_from_id, item.changed_at = now.carried_from_id, change_mark(actor, meeting)
    for key, one in due.items():
        if key not in there and (not out or one.tier is AgendaTier.NOT_REACHED):
            db.add(AgendaItem(
                meeting_id=meeting.id, kind=one.kind, tier=one.tier, place=one.place,
                title=one.title, detail=one.detail, minutes=one.minutes, private=one.private,
                opportunity_id=one.opportunity_id, commitment_id=one.commitment_id,
                report_card_id=one.report_card_id, carried_from_id=one.carried_from_id,
                apart=one.apart, added_at=actor.at, changed_at=change_mark(actor, meeting),
            ))  # fmt: skip


def items_of(db: Session, meeting: Meeting) -> list[AgendaItem]:
    """Return the items of an agenda in their order, those taken off too."""
    return list(
        db.scalars(
            sa.select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.tier, AgendaItem.place, AgendaItem.id)
        )
    )


def change_mark(actor: Actor, meeting: Meeting) -> datetime | None:
    """Return when an item was changed, once the agenda is out; before that None."""
    return actor.at if meeting.published_at is not None else None
