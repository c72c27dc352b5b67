"""What is shown with an action, as selections that queries join: counts and newest texts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    Action,
    ActionUpdate,
    EntryVersion,
    Milestone,
    NotYet,
    Outcome,
    OutcomeAction,
    Person,
    YoungView,
)
from coprod_data.models import CardEntry as Words
from coprod_data.scopes.actions import (
    ended,
    from_young_people,
    live,
    on_hold,
    stuck,
    unsigned,
    without_owner,
)
from coprod_data.scopes.people import of_services_of
from coprod_data.vocabulary.actions import STAFF_OWE, Listed, Rag, Stage, WorkedOnBy

WORKED_ON = {
    Listed.TOGETHER: WorkedOnBy.JOINTLY,
    Listed.YOUNG_LED: WorkedOnBy.YOUNG_LED,
    Listed.STAFF_ONLY: WorkedOnBy.STAFF,
}
_SAID, _NAMED, _SPOKEN_OF = aliased(Words), aliased(OutcomeAction), aliased(Action)


def milestones() -> sa.Subquery:
    """Return `action_id`, `whole` and `met`: how many milestones it has and how many are met with
    evidence.
    """
    return (
        sa.select(
            Milestone.action_id,
            sa.func.count().label("whole"),
            sa.func.count(Milestone.met_on).label("met"),
        )
        .group_by(Milestone.action_id)
        .subquery("milestones")
    )


def late_milestones(today: date | sa.BindParameter[date]) -> sa.Subquery:
    """Return `action_id` and `late`: how many milestones of an unfinished action are not met, and
    their date has passed.
    """
    return (
        sa.select(Milestone.action_id, sa.func.count().label("late"))
        .join(Action, Action.id == Milestone.action_id)
        .where(Milestone.met_on.is_(None), Milestone.due_on < today, Action.stage.in_(STAFF_OWE))
        .group_by(Milestone.action_id)
        .subquery("late_milestones")
    )


def newest_update() -> sa.Subquery:
    """Return `action_id`, `id`, `text`, `at` and `name` of the newest update of each action."""
    newest = (
        sa.select(sa.func.max(ActionUpdate.id).label("id"))
        .group_by(ActionUpdate.action_id)
        .subquery("newest")
    )
    return (
        sa.select(
            ActionUpdate.action_id,
            ActionUpdate.id,
            ActionUpdate.text,
            ActionUpdate.at,
            Person.name,
        )
        .join(newest, newest.c.id == ActionUpdate.id)
        .join(Person, Person.id == ActionUpdate.person_id)
        .subquery("newest_update")
    )


def newest_words(readable: sa.ColumnElement[bool]) -> sa.Subquery:
    """Return `action_id`, `words`, `said_id` and `sent_at` of the newest words about each action.

    `readable` is the release gate's condition on CardEntry for this reader. Each action is asked by
    itself, from its newest view back, so that the cost does not grow with all views there are.
    """
    view = aliased(YoungView)
    newest = (
        sa.select(view.id)
        .join(Words, Words.id == view.words_entry_id)
        .where(view.action_id == _SPOKEN_OF.id, readable)
        .order_by(view.at.desc(), view.id.desc())
        .limit(1)
        .correlate(_SPOKEN_OF)
        .scalar_subquery()
    )
    return (
        sa.select(
            YoungView.action_id,
            EntryVersion.thinks.label("words"),
            _SAID.id.label("said_id"),
            _SAID.sent_at,
        )
        .select_from(_SPOKEN_OF)
        .join(YoungView, YoungView.id == newest)
        .join(_SAID, _SAID.id == YoungView.words_entry_id)
        .join(EntryVersion, EntryVersion.id == _SAID.released_version_id)
        .subquery("newest_words")
    )


def disputed() -> sa.ColumnElement[bool]:
    """Return the condition that a young person said "not yet" to the newest outcome naming it."""
    newest = (
        sa.select(sa.func.max(_NAMED.outcome_id))
        .where(_NAMED.action_id == Action.id)
        .correlate(Action)
        .scalar_subquery()
    )
    return sa.exists().where(
        Outcome.id == newest, Outcome.co_signed_at.is_(None), NotYet.outcome_id == Outcome.id
    )


def past_due(today: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Return the condition that the date has passed and nobody has said it is done."""
    return sa.and_(Action.stage.in_(STAFF_OWE), Action.due_on < today)


def listed(
    which: Listed,
    *,
    today: date | sa.BindParameter[date],
    moved_by: datetime | sa.BindParameter[datetime],
    me: int | sa.BindParameter[int],
) -> sa.ColumnElement[bool]:
    """Return the condition of a list of actions, and so of each count of that name."""
    match which:
        case Listed.ALL:
            return live()
        case Listed.LATE:
            return past_due(today)
        case Listed.STUCK:
            return stuck(moved_by)
        case Listed.UNSIGNED:
            return unsigned(moved_by)
        case Listed.MINE:
            return sa.and_(live(), Action.owner_id == me)
        case Listed.SERVICES:
            return sa.and_(live(), of_services_of(Action, me))
        case Listed.NO_OWNER:
            return without_owner()
        case Listed.PROPOSED:
            return Action.stage == Stage.PROPOSED
        case Listed.NOT_YOUNG:
            return sa.and_(live(), ~from_young_people())
        case Listed.TOGETHER | Listed.YOUNG_LED | Listed.STAFF_ONLY:
            return sa.and_(live(), Action.worked_on_by == WORKED_ON[which])
        case Listed.ON_HOLD:
            return on_hold()
        case Listed.ENDED:
            return ended()
        case Listed.DROPPED:
            return Action.stage == Stage.DROPPED


def true_rag(today: date | sa.BindParameter[date]) -> sa.ColumnElement[Rag | None]:
    """Return the colour to show: a green whose date has passed without a reason is none."""
    stale = sa.and_(Action.rag == Rag.GREEN, Action.rag_reason == "", Action.due_on < today)
    return sa.case((stale, None), else_=Action.rag)
