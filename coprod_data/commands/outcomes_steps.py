"""What the second signature sets off: a step of the commands that sign."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.outcomes_rules import is_complete, signature
from coprod_data.models import Action, Outcome, OutcomeAction
from coprod_data.permissions import Actor
from coprod_data.vocabulary.actions import NOT_LIVE, Stage
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.outcomes import Side


def complete(db: Session, actor: Actor, outcome: Outcome) -> None:
    """After the second signature, count the outcome as done together. The actions it names have
    moved, and those that are *done* become verified.
    """
    signed = [signature(db, outcome, side) for side in Side]
    if not all(is_complete(one) for one in signed):
        return
    outcome.co_signed_at = actor.at
    named = sa.select(OutcomeAction.action_id).where(OutcomeAction.outcome_id == outcome.id)
    live = sa.select(Action).where(Action.id.in_(named), Action.stage.not_in(NOT_LIVE))
    actions = db.scalars(live.order_by(Action.id).with_for_update()).all()
    for action in actions:
        action.moved_at = actor.at
    record(db, actor, EventKind.OUTCOME_SIGNED, outcome, together=outcome.opportunity_id)
    for action in actions:
        if action.stage is Stage.DONE:
            action.stage = Stage.VERIFIED
            record(db, actor, EventKind.ACTION_VERIFIED, action, outcome=outcome.id)
