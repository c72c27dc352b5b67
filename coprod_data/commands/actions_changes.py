"""An action goes to another owner, or gets another date, wording or commitment."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_rules import action_of, must_keep_actions, must_write
from coprod_data.commands.actions_steps import (
    Wanted,
    apply_change,
    as_it_is,
    must_say_what_was_opened,
    wanted,
)
from coprod_data.commands.actions_stopping_steps import open_change, set_stage
from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, locked, must_be_as_opened, plan_in_turn
from coprod_data.models import Action, ActionChange, Service
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.scopes.actions import own, without_owner
from coprod_data.scopes.one_person import same_person
from coprod_data.vocabulary.actions import CHANGED_NO_MORE, DueKind
from coprod_data.vocabulary.events import EventKind


def hand_over_action(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    owner_id: int,
    service_id: int | None = None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Give an action to another owner, and to another service if one is named.

    Where its owner has left, an administrator may do so too, and a manager of its service. `opened`
    holds the `owner_id` and `service_id` that the form showed. Raises NotFound, NotAllowed,
    Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_HAND_OVER, Permission.OWNERS_FIND)
    action = action_of(db, action_id)
    if action.stage in CHANGED_NO_MORE:
        raise Refused("This action is finished, so it stays with its owner.")
    if not actor.may(Permission.ACTIONS_HAND_OVER):
        theirs = sa.true() if actor.may(Permission.PEOPLE_MANAGE) else own(actor)
        left = sa.select(sa.exists().where(Action.id == action.id, without_owner(), theirs))
        if not db.scalar(left):
            raise NotAllowed("Ask the chair or the Youth Voice Team to give this to somebody else.")
    now = {"owner_id": action.owner_id, "service_id": action.service_id}
    must_be_as_opened(now, opened, {"owner_id": owner_id, "service_id": service_id})
    must_keep_actions(db, owner_id)
    asked = open_change(db, action)
    if asked is not None and asked.owner_id is not None:  # what somebody asked for is over
        asked.agreed = True if asked.owner_id == owner_id else None
        asked.decided_at, asked.decided_by_id = actor.at, actor.id
    if service_id is None and action.service_id is None:
        raise Invalid("Choose the service that is responsible.", field="service")
    if service_id is not None and service_id != action.service_id:
        service = db.get(Service, service_id)
        if service is None or service.retired_at is not None:
            raise Invalid("Choose a service.", field="service")
        action.service_id = service.id
    action.owner_id = owner_id
    record_if_changed(db, actor, EventKind.ACTION_HANDED_OVER, action)


def ask_to_hand_over(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    owner_id: int,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Ask the chair or the Youth Voice Team to give one's own action to somebody. Returns the id of
    the change.

    `opened` holds the `owner_id` that the form showed. Raises NotFound, NotAllowed, Invalid,
    Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ACTIONS_CHANGE_PROPOSE)
    action = _changeable(db, action_id)
    must_write(db, actor, action)
    if open_change(db, action) is not None:
        raise Refused("A change of this action is already waiting to be decided.")
    must_be_as_opened({"owner_id": action.owner_id}, opened, {"owner_id": owner_id})
    must_keep_actions(db, owner_id)
    if owner_id == action.owner_id:
        raise Invalid("They own it already. Choose somebody else.", field="owner")
    change = _change(actor, action, as_it_is(action), reason)
    change.owner_id = owner_id
    return kept(db, actor, EventKind.ACTION_CHANGE_PROPOSED, change, action_id=action.id)


def change_action(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    commitment_id: int,
    title: str,
    will_see: str,
    due_on: date | None,
    due_wording: str = "",
    due_kind: DueKind = DueKind.DAY,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change date, wording or commitment of an action, with the reason or the decision behind it.

    The first date stays beside the new one. `opened` holds what the form showed of these. Raises
    NotFound, Invalid, ChangedMeanwhile, and Refused for what is finished, while a proposed change
    is waiting, and for the wording and commitment once an outcome names it.
    """
    actor.must(Permission.ACTIONS_APPROVE)
    plan_in_turn(db)
    action = _changeable(db, action_id)
    if open_change(db, action) is not None:
        raise Refused(
            "A change of this action is waiting for your decision. Decide about it first."
        )
    must_say_what_was_opened(action, opened)
    new = wanted(db, action, commitment_id, title, will_see, due_on, due_wording, due_kind)
    change = _change(actor, action, new, reason)
    change.agreed, change.decided_at, change.decided_by_id = True, actor.at, actor.id
    db.add(change)
    apply_change(action, new)
    record(db, actor, EventKind.ACTION_CHANGED, action)


def propose_change(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    commitment_id: int,
    title: str,
    will_see: str,
    due_on: date | None,
    due_wording: str = "",
    due_kind: DueKind = DueKind.DAY,
    reason: str,
    opened: Mapping[str, Any] | None = None,
) -> int:
    """Propose another date, wording or commitment for one's own action. Returns the change's id.

    The Youth Voice Team may propose it for any action. `opened` is that of `change_action`. Raises
    NotFound, NotAllowed, and Invalid, Refused and ChangedMeanwhile as `change_action` does.
    """
    actor.must(Permission.ACTIONS_CHANGE_PROPOSE)
    plan_in_turn(db)
    action = _changeable(db, action_id)
    must_write(db, actor, action)
    if open_change(db, action) is not None:
        raise Refused("A change of this action is already waiting for the chair.")
    must_say_what_was_opened(action, opened)
    new = wanted(db, action, commitment_id, title, will_see, due_on, due_wording, due_kind)
    change = _change(actor, action, new, reason)
    return kept(db, actor, EventKind.ACTION_CHANGE_PROPOSED, change, action_id=action.id)


def decide_change(
    db: Session, actor: Actor, change_id: int, *, agreed: bool, answer: str = ""
) -> None:
    """Agree to a proposed change, which then counts, or turn it down with an answer.

    One that puts the action on hold, drops it or takes it up again is done with its reason, which
    young people whose card it came from read. About another owner the Youth Voice Team decides too.

    Raises NotFound, NotAllowed for one's own, Invalid, Refused.
    """
    actor.must(Permission.ACTIONS_APPROVE, Permission.ACTIONS_HAND_OVER)
    plan_in_turn(db)
    change = locked(db, ActionChange, change_id, "change")
    if change.owner_id is None:
        actor.must(Permission.ACTIONS_APPROVE)
    action = action_of(db, change.action_id)
    if change.decided_at is not None:
        raise Refused("This change has been decided already.")
    if same_person(db, actor.id, change.proposed_by_id):
        raise NotAllowed("You proposed this change, so somebody else decides about it.")
    said = "" if agreed else required_text(answer, "answer", "Say why not, for the owner.")
    if agreed and (action.stage in CHANGED_NO_MORE or action.ended_with_id is not None):
        raise Refused("This action is finished, so it cannot be changed.")
    if not agreed:
        change.agreed, change.decided_at, change.decided_by_id = False, actor.at, actor.id
        change.answer = said
        record(db, actor, EventKind.ACTION_CHANGE_REFUSED, change, action_id=action.id)
        return
    if change.stage is not None:
        change.agreed, change.decided_at, change.decided_by_id = True, actor.at, actor.id
        set_stage(db, actor, action, change.stage, change.reason, by_id=change.proposed_by_id)
        return
    if change.owner_id is not None:
        must_keep_actions(db, change.owner_id)
        change.agreed, change.decided_at, change.decided_by_id = True, actor.at, actor.id
        action.owner_id = change.owner_id
        record(
            db, actor, EventKind.ACTION_HANDED_OVER, action, proposed_by=change.proposed_by_id
        )  # fmt: skip
        return
    new = wanted(
        db, action, change.commitment_id, change.title, change.will_see, change.due_on,
        change.due_wording, change.due_kind,
    )  # fmt: skip
    change.agreed, change.decided_at, change.decided_by_id = True, actor.at, actor.id
    apply_change(action, new)
    record(db, actor, EventKind.ACTION_CHANGED, action, proposed_by=change.proposed_by_id)


def take_back_change(db: Session, actor: Actor, change_id: int) -> None:
    """Take back a change that one proposed oneself, before the chair has decided.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ACTIONS_CHANGE_PROPOSE)
    change = locked(db, ActionChange, change_id, "change")
    if change.proposed_by_id != actor.id:
        raise NotAllowed("Somebody else proposed this change, so only they can take it back.")
    if change.decided_at is not None:
        raise Refused("This change has been decided already.")
    change.decided_at, change.decided_by_id = actor.at, actor.id
    record(
        db, actor, EventKind.ACTION_CHANGE_TAKEN_BACK, change, action_id=change.action_id
    )  # fmt: skip


def _changeable(db: Session, action_id: int) -> Action:
    action = action_of(db, action_id)
    if action.stage in CHANGED_NO_MORE or action.ended_with_id is not None:
        raise Refused("This action is finished, so it cannot be changed.")
    return action


def _change(actor: Actor, action: Action, new: Wanted, reason: str) -> ActionChange:
    return ActionChange(
        action_id=action.id,
        **new._asdict(),
        reason=required_text(reason, "reason", "Say why, or which decision it follows."),
        proposed_at=actor.at,
        proposed_by_id=actor.id,
    )
