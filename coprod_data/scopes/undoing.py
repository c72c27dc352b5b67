"""What was done last with an action, and whether its doer may undo it: statements, no reads."""

from datetime import timedelta

import sqlalchemy as sa

from coprod_data.models import ActionChange, Event, Milestone, Outcome, OutcomeAction
from coprod_data.models.events_about import Subjects, events_about
from coprod_data.permissions import Actor, ActorKind
from coprod_data.vocabulary.events import EventKind

UNDO_MINUTES = 10
UNDONE = (
    EventKind.ACTION_UPDATED,
    EventKind.ACTION_MOVED,
    EventKind.ACTION_APPROVED,
    EventKind.MILESTONE_MET,
)
NO_STEPS = (EventKind.VIEW_GIVEN, EventKind.VIEW_TAKEN_BACK)  # young people's, beside it


def of_action(action_id: int) -> tuple[Subjects, ...]:
    """Return what events about an action are about: itself, its milestones and its changes."""
    steps = sa.select(Milestone.id).where(Milestone.action_id == action_id)
    changes = sa.select(ActionChange.id).where(ActionChange.action_id == action_id)
    return ("action", action_id), ("milestone", steps), ("action_change", changes)


def last_step(action_id: int) -> sa.Select[Event]:
    """Return a selection of the newest event about an action."""
    event = events_about(*of_action(action_id))
    return sa.select(event).where(event.kind.not_in(NO_STEPS)).order_by(event.id.desc()).limit(1)


def may_undo(actor: Actor, event: Event) -> bool:
    """Say whether this is a step of the actor's own that is young enough to be undone."""
    own = event.actor_kind is ActorKind.PERSON and event.actor_id == actor.person_id
    young = actor.at - event.at < timedelta(minutes=UNDO_MINUTES)
    return own and young and event.kind in UNDONE


def rests_on(action_id: int, event: Event) -> sa.Select[bool]:
    """Return a selection of whether an outcome that names the action was proposed since."""
    return sa.select(
        sa.exists().where(
            OutcomeAction.action_id == action_id,
            Outcome.id == OutcomeAction.outcome_id,
            Outcome.proposed_at >= event.at,
        )
    )
