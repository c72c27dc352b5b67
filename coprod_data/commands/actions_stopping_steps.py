"""What a decision to stop an action, or to take it up again, does: a step of those commands."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import must_be_open
from coprod_data.commands.event_log import record
from coprod_data.commands.left_words import must_be_for_young_people
from coprod_data.models import Action, ActionChange, ActionUpdate
from coprod_data.permissions import Actor, Refused
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.events import EventKind

_DONE = {
    Stage.ON_HOLD: EventKind.ACTION_HELD,
    Stage.DROPPED: EventKind.ACTION_DROPPED,
    Stage.IN_PROGRESS: EventKind.ACTION_TAKEN_UP,
}


def must_be_possible(action: Action, stage: Stage) -> None:
    """Check that an action can be put on hold, dropped, or taken up again, which *in progress*
    asks for. Raises Refused.
    """
    if stage is Stage.DROPPED and action.stage is Stage.PROPOSED:
        return
    must_be_open(action)
    if stage is Stage.ON_HOLD and not action.stage.owed:
        held = action.stage is Stage.ON_HOLD
        raise Refused(
            "This action is on hold already."
            if held
            else "Staff say this is done, so nothing is left to put on hold."
        )
    if stage is Stage.IN_PROGRESS and action.stage is not Stage.ON_HOLD:
        raise Refused("This action is not on hold any more.")


def set_stage(
    db: Session, actor: Actor, action: Action, stage: Stage, reason: str, *, by_id: int
) -> None:
    """Do what was decided, with the reason of whoever gave it. Raises Refused, Invalid.

    An action that is taken up again has the stage from which it was put on hold; its owner says
    what its colour is.
    """
    must_be_possible(action, stage)
    must_be_for_young_people(db, actor, reason, "reason")
    if stage is Stage.ON_HOLD:
        action.held_at, action.held_from = actor.at, action.stage
    before = action.held_from or Stage.IN_PROGRESS
    if stage is not Stage.ON_HOLD:
        action.held_at = action.held_from = None
    action.stage = before if stage is Stage.IN_PROGRESS else stage
    action.moved_at = actor.at
    action.rag, action.rag_reason = None, ""
    db.add(ActionUpdate(action_id=action.id, text=reason, person_id=by_id, at=actor.at))
    record(db, actor, _DONE[stage], action)


def open_change(db: Session, action: Action) -> ActionChange | None:
    """Return the change of an action that the chair has not decided, if there is one."""
    return db.scalars(
        sa.select(ActionChange).where(
            ActionChange.action_id == action.id, ActionChange.decided_at.is_(None)
        )
    ).first()
