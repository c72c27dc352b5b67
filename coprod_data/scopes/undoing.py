"""What was done last with an action, and whether its doer may undo it: statements, no reads."""

from collections.abc import Sequence
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
    EventKind.ACTION_DROPPED,
    EventKind.ACTION_HELD,
    EventKind.ACTION_TAKEN_UP,
    EventKind.MILESTONE_ADDED,
    EventKind.MILESTONE_MET,
)
# Each of these rests on what was said before it; any other step ends an undo only where it changed
# the same row.
ONE_ON_ANOTHER = (
    EventKind.ACTION_UPDATED,
    EventKind.ACTION_MOVED,
    EventKind.ACTION_APPROVED,
    EventKind.ACTION_DROPPED,
    EventKind.ACTION_HELD,
    EventKind.ACTION_TAKEN_UP,
    EventKind.ACTION_VERIFIED,
    EventKind.MILESTONE_MET,
    EventKind.UPDATE_CORRECTED,
)
NO_STEPS = (EventKind.VIEW_GIVEN, EventKind.VIEW_TAKEN_BACK)  # young people's, beside it
MOST_STEPS = 50


def of_action(action_id: int) -> tuple[Subjects, ...]:
    """Return what events about an action are about: itself, its milestones and its changes."""
    steps = sa.select(Milestone.id).where(Milestone.action_id == action_id)
    changes = sa.select(ActionChange.id).where(ActionChange.action_id == action_id)
    return ("action", action_id), ("milestone", steps), ("action_change", changes)


def last_steps(action_id: int) -> sa.Select[Event]:
    """Return a selection of the newest events about an action, newest first."""
    event = events_about(*of_action(action_id))
    newest = sa.select(event).where(event.kind.not_in(NO_STEPS)).order_by(event.id.desc())
    return newest.limit(MOST_STEPS)


def last_moved(action_id: int) -> sa.Select[Event]:
    """Return a selection of the newest event that changed an action's stage by hand."""
    moved = sa.select(Event).where(
        Event.subject_type == "action",
        Event.subject_id == action_id,
        Event.kind == EventKind.ACTION_MOVED,
    )
    return moved.order_by(Event.id.desc()).limit(1)


def step_to_undo(actor: Actor, newest: Sequence[Event]) -> Event | None:
    """Return the newest step that the actor may undo, of the newest events about an action.

    It is their own and young enough, and no later step rests on it. A step that was undone and its
    undoing count as if neither had been.
    """
    gone = {event.changes.get("undone") for event in newest if _is_undoing(event)}
    left = [event for event in newest if event.id not in gone and not _is_undoing(event)]
    for place, event in enumerate(left):
        if may_undo(actor, event) and not any(_rests(later, event) for later in left[:place]):
            return event
    return None


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


def _is_undoing(event: Event) -> bool:
    return event.kind is EventKind.ACTION_UNDONE


def _rests(later: Event, event: Event) -> bool:
    if later.kind in ONE_ON_ANOTHER and event.kind in ONE_ON_ANOTHER:
        return True
    return not _touched(later).isdisjoint(_touched(event))


def _touched(event: Event) -> set[str]:
    """Return what an event changed: columns of the action itself, other rows as a whole."""
    named = {name for name in event.changes if ":" in name}
    rows = {name if name.startswith("action:") else name.partition(".")[0] for name in named}
    own = event.subject_type != "action"
    return rows | ({f"{event.subject_type}:{event.subject_id}"} if own else set())
