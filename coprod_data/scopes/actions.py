"""Who may touch which actions, and which of them count: conditions in SQL, no reads."""

from datetime import datetime

import sqlalchemy as sa

from coprod_data.models import (
    Action,
    CardEntry,
    Milestone,
    OpportunitySource,
    OpportunityYoung,
    Person,
    YoungView,
)
from coprod_data.permissions import KEEPERS, Actor, ActorKind, Permission
from coprod_data.scopes.people import holds, owned_by
from coprod_data.vocabulary.actions import AT_REST, CHANGED_NO_MORE, FINISHED, NOT_LIVE, Stage

Condition = sa.ColumnElement[bool]


def live() -> Condition:
    """Return the condition that an action counts: the chair agreed to it, it was not dropped, and
    it did not end with an earlier wording of The Promise.
    """
    return sa.and_(Action.stage.not_in(NOT_LIVE), Action.ended_with_id.is_(None))


def ended() -> Condition:
    """Return the condition that an action ended, done, with an earlier wording of The Promise."""
    return Action.ended_with_id.is_not(None)


def in_motion() -> Condition:
    """Return the condition that somebody owes movement on an action: nobody while it is on hold."""
    return sa.and_(Action.stage.not_in(AT_REST), Action.ended_with_id.is_(None))


def on_hold() -> Condition:
    """Return the condition that an action counts and waits by decision: no clock runs."""
    return sa.and_(Action.stage == Stage.ON_HOLD, Action.ended_with_id.is_(None))


def stuck(moved_by: datetime | sa.BindParameter[datetime]) -> Condition:
    """Return the condition that staff owe movement and there was none since `moved_by`."""
    return sa.and_(in_motion(), Action.stage != Stage.DONE, Action.moved_at < moved_by)


def unsigned(moved_by: datetime | sa.BindParameter[datetime]) -> Condition:
    """Return the condition that staff say it is done, and nothing has moved since `moved_by`: both
    sides have not signed.
    """
    return sa.and_(in_motion(), Action.stage == Stage.DONE, Action.moved_at < moved_by)


def from_young_people() -> Condition:
    """Return the condition that an action came out of words or a card of young people."""
    theirs = sa.or_(
        OpportunitySource.entry_id.is_not(None), OpportunitySource.report_card_id.is_not(None)
    )
    return sa.exists().where(OpportunitySource.opportunity_id == Action.opportunity_id, theirs)


def shown() -> Condition:
    """Return the condition that an action has a milestone met with evidence."""
    return sa.exists().where(Milestone.action_id == Action.id, Milestone.met_on.is_not(None))


def without_evidence() -> Condition:
    """Return the condition that an action reads as done, and nothing shows it.

    Only an action that was done before evidence was asked for can be so.
    """
    return sa.and_(Action.stage.in_(FINISHED), ~shown())


def begun() -> Condition:
    """Return the condition that something has moved since the action was agreed."""
    return sa.or_(Action.stage != Stage.AGREED, Action.moved_at > Action.proposed_at)


def last_moved() -> sa.ColumnElement[datetime]:
    """Return when something last moved in a group of actions; what is on hold moves nothing.

    That one was proposed or agreed is no movement while staff owe movement on another that has
    begun. Where none has, the clock runs from the newest proposal.
    """
    owed = sa.and_(begun(), in_motion())
    since = sa.case((Action.stage != Stage.ON_HOLD, Action.moved_at))
    moved = sa.case((sa.and_(begun(), Action.stage != Stage.ON_HOLD), Action.moved_at))
    some = sa.func.count(sa.case((owed, 1))) > 0
    return sa.case((some, sa.func.max(moved)), else_=sa.func.max(since))


def unfinished() -> Condition:
    """Return the condition that an action may still change, and so may its owner."""
    return sa.and_(Action.stage.not_in(CHANGED_NO_MORE), Action.ended_with_id.is_(None))


def without_owner() -> Condition:
    """Return the condition that an action still needs somebody: it has no owner yet, or its owner
    can no longer act, because their account is closed or they keep no action any more.
    """
    owners = sa.select(Person.id).where(holds(*KEEPERS)).correlate(None)
    nobody = sa.or_(Action.owner_id.is_(None), Action.owner_id.not_in(owners))
    return sa.and_(unfinished(), nobody)


def own(actor: Actor) -> Condition:
    """Return the condition that the actor owns an action or is responsible for its service."""
    return sa.false() if actor.person_id is None else owned_by(Action, actor.person_id)


def to_view(actor: Actor) -> Condition:
    """Return the condition that a young person may say how an action feels.

    With an account: every live action. With a card code: those that came out of the card, unless it
    was taken back, or a worker typed it: that worker knows the code too.
    """
    if not actor.may(Permission.ACTIONS_VIEW):
        return sa.false()
    if actor.kind is not ActorKind.CARD_CODE:
        return live()
    stands = sa.exists().where(
        CardEntry.id == actor.entry_id,
        CardEntry.withdrawn_at.is_(None),
        CardEntry.typed_by_id.is_(None),
    )
    return sa.and_(live(), stands, out_of_card(actor.entry_id))


def given_by(actor: Actor) -> Condition:
    """Return the condition that a view is this young person's own: by account, else by code."""
    if actor.person_id is not None:
        return YoungView.person_id == actor.person_id
    return YoungView.entry_id == actor.entry_id


def out_of_card(entry_id: int | None) -> Condition:
    """Return the condition that an action came out of an entry, or of work its writer is in."""
    from_it = sa.select(OpportunitySource.opportunity_id).where(
        OpportunitySource.entry_id == entry_id
    )
    taken_part = sa.select(OpportunityYoung.opportunity_id).where(
        OpportunityYoung.entry_id == entry_id
    )
    return sa.or_(Action.opportunity_id.in_(from_it), Action.opportunity_id.in_(taken_part))
