"""An action is put on hold, dropped or taken up again: a decision, with a reason people read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import action_of, must_be_unchanged, must_write
from coprod_data.commands.actions_stopping_steps import (
    must_be_possible,
    open_change,
    set_stage,
)
from coprod_data.commands.left_words import must_be_for_young_people
from coprod_data.commands.rows import kept
from coprod_data.models import Action, ActionChange
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.vocabulary.actions import STOPS, Stage
from coprod_data.vocabulary.events import EventKind

WHY = "Say why, for the people waiting for it."


def drop_action(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Take an action out of the plan, or turn a proposed one down, with a reason.

    `opened` is that of `update_action`. Raises NotFound, Invalid, ChangedMeanwhile, and Refused
    once it is dropped or signed off.
    """
    actor.must(Permission.ACTIONS_APPROVE)
    _set_stage(db, actor, action_of(db, action_id), Stage.DROPPED, reason, opened)


def hold_action(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Put an action on hold, with a reason: until it is taken up again no clock of it runs, and it
    has no colour.

    `opened` is that of `update_action`. Raises NotFound, Invalid, ChangedMeanwhile, and Refused
    where nothing is owed, or while a proposed change of it is waiting.
    """
    actor.must(Permission.ACTIONS_APPROVE)
    action = action_of(db, action_id)
    _must_have_no_open_change(db, action)
    _set_stage(db, actor, action, Stage.ON_HOLD, reason, opened)


def take_up_action(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Take up an action that is on hold, at the stage it had; its clocks begin again today.

    `opened` is that of `update_action`. Raises NotFound, Invalid, ChangedMeanwhile, and Refused
    where it is not on hold, or while a proposed change of it is waiting.
    """
    actor.must(Permission.ACTIONS_APPROVE)
    action = action_of(db, action_id)
    _must_have_no_open_change(db, action)
    _set_stage(db, actor, action, Stage.IN_PROGRESS, reason, opened)


def propose_stage(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    stage: Stage,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Propose to the chair to put one's own action on hold, to drop it, or to take it up again,
    which *in progress* asks for. Returns the change's id.

    The Youth Voice Team may propose it for any action. `opened` is that of `update_action`. Raises
    NotFound, NotAllowed, Invalid, ChangedMeanwhile, and Refused where that is not possible or a
    change is waiting already.
    """
    actor.must(Permission.ACTIONS_CHANGE_PROPOSE)
    action = action_of(db, action_id)
    must_write(db, actor, action)
    if open_change(db, action) is not None:
        raise Refused("A change of this action is already waiting for the chair.")
    if stage not in (*STOPS, Stage.IN_PROGRESS) or action.stage is Stage.PROPOSED:
        raise Refused("The chair has not approved this action yet.")
    must_be_possible(action, stage)
    must_be_unchanged(db, action, opened)
    must_be_for_young_people(db, actor, reason, "reason")
    change = ActionChange(
        action_id=action.id,
        commitment_id=action.commitment_id,
        title=action.title,
        will_see=action.will_see,
        due_on=action.due_on,
        due_wording=action.due_wording,
        due_kind=action.due_kind,
        stage=stage,
        reason=required_text(reason, "reason", WHY),
        proposed_at=actor.at,
        proposed_by_id=actor.id,
    )
    return kept(db, actor, EventKind.ACTION_CHANGE_PROPOSED, change, action_id=action.id)


def _must_have_no_open_change(db: Session, action: Action) -> None:
    if open_change(db, action) is not None:
        raise Refused(
            "A change of this action is waiting for your decision. Decide about it first."
        )


def _set_stage(
    db: Session,
    actor: Actor,
    action: Action,
    stage: Stage,
    reason: str,
    opened: Mapping[str, Any] | None,
) -> None:
    must_be_possible(action, stage)
    must_be_unchanged(db, action, opened)
    text = required_text(reason, "reason", WHY)
    set_stage(db, actor, action, stage, text, by_id=actor.id)
