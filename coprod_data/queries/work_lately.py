"""What somebody did with actions in the last seven days."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, Event, Milestone
from coprod_data.permissions import Actor, ActorKind, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.work import LATELY_DAYS

STEPS = (
    EventKind.ACTION_UPDATED,
    EventKind.ACTION_MOVED,
    EventKind.ACTION_HELD,
    EventKind.ACTION_TAKEN_UP,
    EventKind.ACTION_UNDONE,
    EventKind.MILESTONE_MET,
)
MOST = 20


@dataclass(frozen=True)
class LatelyRow:
    """An action, and what its reader did last with it, on which day."""

    action_id: int
    title: str
    did: EventKind
    on: date


def done_lately(db: Session, actor: Actor) -> list[LatelyRow]:
    """Return the actions that this person did something with lately, the newest first."""
    actor.must(Permission.ACTIONS_UPDATE_OWN, Permission.ACTIONS_UPDATE)
    of_milestone = sa.and_(
        Event.subject_type == Milestone.__tablename__, Milestone.id == Event.subject_id
    )
    of_action = sa.and_(Event.subject_type == Action.__tablename__, Action.id == Event.subject_id)
    rows = db.execute(
        sa.select(Event.kind, Event.at, Action.id, Action.title)
        .outerjoin(Milestone, of_milestone)
        .join(Action, sa.or_(Action.id == Milestone.action_id, of_action))
        .where(
            Event.kind.in_(STEPS),
            Event.at >= actor.at - timedelta(days=LATELY_DAYS),
            Event.actor_kind == ActorKind.PERSON,
            Event.actor_id == actor.id,
        )
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    found: dict[int, LatelyRow] = {}
    for row in rows:
        found.setdefault(row.id, LatelyRow(row.id, row.title, row.kind, london_day(row.at)))
    return list(found.values())
