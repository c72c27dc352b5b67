"""Waits about actions: to approve, to update, and what the chair has not decided yet."""

from typing import Any

import sqlalchemy as sa

from coprod_data.models import (
    Action,
    ActionChange,
    ActionUpdate,
    Milestone,
    Opportunity,
    Person,
    PromiseCommitment,
)
from coprod_data.queries.work_steps import (
    DUE_BY,
    ME,
    MOVED_BEFORE,
    TODAY,
    UPDATED_AFTER,
    Statement,
    wait,
)
from coprod_data.scopes.actions_beside import milestones, past_due
from coprod_data.scopes.people import owned_by
from coprod_data.vocabulary.actions import CHANGED_NO_MORE, STAFF_OWE, Rag, Stage
from coprod_data.vocabulary.work import ActionWait, WorkKind


def actions_to_approve_now() -> Statement:
    """Select proposed actions, with who proposed each, what people will see, and its source."""
    return _proposed(WorkKind.APPROVE)


def actions_to_update() -> Statement:
    """Select this person's own actions that are late, red without a recovery note, unmoved or due.

    What was updated lately waits only if it is late or red without a note: an update is no
    movement, but it says how things are. `since` is when it last moved, `note` the strongest of
    these reasons (ActionWait).
    """
    steps = milestones()
    updated = (
        sa.select(sa.func.max(ActionUpdate.at))
        .where(ActionUpdate.action_id == Action.id)
        .correlate(Action)
        .scalar_subquery()
    )
    quiet = sa.or_(updated.is_(None), updated <= UPDATED_AFTER)
    reasons = (
        (past_due(TODAY), ActionWait.LATE),
        (sa.and_(Action.rag == Rag.RED, Action.rag_reason == ""), ActionWait.NO_NOTE),
        (sa.and_(Action.moved_at <= MOVED_BEFORE, quiet), ActionWait.UNMOVED),
        (sa.and_(Action.due_on <= DUE_BY, quiet), ActionWait.DUE_SOON),
    )
    return (
        _actions(
            WorkKind.ACTION,
            Action.moved_at,
            late=past_due(TODAY),
            due_on=Action.due_on,
            due_kind=Action.due_kind,
            note=sa.case(*((when, why.value) for when, why in reasons), else_=""),
            met=sa.func.coalesce(steps.c.met, 0),
            whole=sa.func.coalesce(steps.c.whole, 0),
            updated_at=updated,
            red=sa.func.coalesce(Action.rag == Rag.RED, sa.false()),
            next_on=_next(Milestone.due_on),
            next_step=sa.func.coalesce(_next(Milestone.title), ""),
        )
        .outerjoin(steps, steps.c.action_id == Action.id)
        .where(
            owned_by(Action, ME),
            Action.stage.in_(STAFF_OWE),
            sa.or_(*(when for when, _ in reasons)),
        )
    )


def approval_of_mine() -> Statement:
    """Select actions that this person proposed and the chair has not approved."""
    return _proposed(WorkKind.WAITS_CHAIR).where(Action.proposed_by_id == ME)


def changes_to_decide() -> Statement:
    """Select changes of actions that somebody else proposed and the chair has not decided."""
    return _changes(WorkKind.CHANGE, ActionChange.owner_id.is_(None), others=True)


def owners_to_decide() -> Statement:
    """Select actions that somebody else asked to hand over, and nobody has decided that."""
    return _changes(WorkKind.HAND_OVER, ActionChange.owner_id.is_not(None), others=True)


def change_of_mine() -> Statement:
    """Select changes of actions that this person proposed and the chair has not decided."""
    return _changes(WorkKind.WAITS_CHANGE, ActionChange.owner_id.is_(None))


def hand_over_of_mine() -> Statement:
    """Select actions that this person asked to hand over, and nobody has decided that."""
    return _changes(WorkKind.WAITS_HAND_OVER, ActionChange.owner_id.is_not(None))


def _next(column: Any) -> sa.ScalarSelect[Any]:
    """Select something of the milestone not met yet whose date comes first."""
    return (
        sa.select(column)
        .where(
            Milestone.action_id == Action.id,
            Milestone.met_on.is_(None),
            Milestone.due_on.is_not(None),
        )
        .order_by(Milestone.due_on, Milestone.id)
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )


def _changes(kind: WorkKind, which: sa.ColumnElement[bool], *, others: bool = False) -> Statement:
    by = ActionChange.proposed_by_id
    return (
        _actions(kind, ActionChange.proposed_at, who=Person.name, note=ActionChange.reason)
        .join(ActionChange, ActionChange.action_id == Action.id)
        .join(Person, Person.id == ActionChange.proposed_by_id)
        .where(
            ActionChange.decided_at.is_(None),
            Action.stage.not_in(CHANGED_NO_MORE),
            which,
            by != ME if others else by == ME,
        )
    )


def _proposed(kind: WorkKind) -> Statement:
    return (
        _actions(
            kind,
            Action.proposed_at,
            who=Person.name,
            note=Action.will_see,
            source_id=Action.opportunity_id,
            source=sa.func.coalesce(Opportunity.title, ""),
        )
        .outerjoin(Opportunity, Opportunity.id == Action.opportunity_id)
        .join(Person, Person.id == Action.proposed_by_id)
        .where(Action.stage == Stage.PROPOSED)
    )


def _actions(kind: WorkKind, since: Any, **more: Any) -> Statement:
    return (
        wait(kind, Action.id, Action.title, since, reference=PromiseCommitment.reference, **more)
        .select_from(Action)
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
    )
