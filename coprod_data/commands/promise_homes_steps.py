"""What adopting a wording of The Promise does with each action: a step of that command."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import Action, ActionChange, ActionUpdate, Milestone, PromiseHome
from coprod_data.permissions import Actor, Refused
from coprod_data.scopes.promise_homes import homes_in
from coprod_data.vocabulary.actions import FINISHED, Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.promise import HomeKind

Home = tuple[Any, ...]  # an action, its commitment now, how it moves or ends, its new commitment


def homes_now(db: Session, version_id: int) -> tuple[Home, ...]:
    """Return what becomes of every action once this draft is adopted, as it is decided now."""
    return tuple(tuple(row) for row in db.execute(homes_in(version_id)))


def is_shown(db: Session, action_id: int) -> bool:
    """Say whether a milestone of an action is met, with evidence."""
    met = sa.exists().where(Milestone.action_id == action_id, Milestone.met_on.is_not(None))
    return bool(db.scalar(sa.select(met)))


def must_not_be_signed(action: Action) -> None:
    """Check that no outcome of an action that is to be dropped was signed. Raises Refused."""
    if action.stage is Stage.VERIFIED:
        raise Refused(
            f"Both sides have signed “{action.title}”, so it cannot be dropped. "
            "Move it, or finish it."
        )


def send_home(db: Session, actor: Actor, version_id: int, homes: Sequence[Home]) -> None:
    """Move or end each action as decided, one event for each. Raises Refused.

    A change that waits for the chair follows its action. The reason of one that is dropped is its
    last update, so that everybody who follows it reads why.
    """
    decided = sa.select(PromiseHome).where(PromiseHome.version_id == version_id)
    reasons = {home.action_id: home.reason for home in db.scalars(decided)}
    for action_id, _, how, home_id in homes:
        action = db.get_one(Action, action_id, with_for_update=True, populate_existing=True)
        kind = HomeKind(how)
        if kind is HomeKind.MOVE:
            action.commitment_id = home_id
            _follow(db, action_id, home_id)
            record(db, actor, EventKind.ACTION_CARRIED_OVER, action)
        elif kind is HomeKind.FINISH:
            if not is_shown(db, action_id):
                raise Refused(
                    f"“{action.title}” is to be finished, but no milestone of it is met with "
                    "evidence any more. Decide about it again."
                )
            if action.stage not in FINISHED:
                action.stage, action.moved_at = Stage.DONE, actor.at
                action.held_at = action.held_from = None
            action.rag, action.rag_reason = None, ""
            action.ended_with_id = version_id
            record(db, actor, EventKind.ACTION_ENDED, action)
        else:
            must_not_be_signed(action)  # perhaps since it was decided
            action.stage, action.moved_at = Stage.DROPPED, actor.at
            action.held_at = action.held_from = None
            action.rag, action.rag_reason = None, ""
            db.add(
                ActionUpdate(
                    action_id=action_id, text=reasons[action_id], person_id=actor.id, at=actor.at
                )
            )
            record(db, actor, EventKind.ACTION_DROPPED, action)


def _follow(db: Session, action_id: int, home_id: int) -> None:
    """Let a change that waits keep its new date and words, under the commitment of today.

    One that wanted another commitment of the earlier wording goes where the action went.
    """
    for change in db.scalars(
        sa.select(ActionChange).where(
            ActionChange.action_id == action_id, ActionChange.decided_at.is_(None)
        )
    ):
        change.commitment_id = home_id
