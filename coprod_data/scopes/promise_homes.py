"""Where each action goes when a draft of The Promise is adopted: conditions in SQL, no reads."""

from datetime import datetime

import sqlalchemy as sa

from coprod_data.models import (
    Action,
    CommitmentSuccessor,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
)
from coprod_data.scopes.promise import version_in_force
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.promise import HomeKind


def needs_home() -> sa.ColumnElement[bool]:
    """Return the condition that a new wording must say where an action goes: it was not dropped,
    and it did not end with an earlier wording.
    """
    return sa.and_(Action.stage != Stage.DROPPED, Action.ended_with_id.is_(None))


def commitments_of(version_id: int | sa.ScalarSelect[int]) -> sa.Select[int]:
    """Select the ids of the commitments of a version."""
    return (
        sa.select(PromiseCommitment.id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(PromiseTheme.version_id == version_id)
    )


def homes_in(version_id: int) -> sa.Select[int, int, str | None, int | None]:
    """Select what becomes of every action that needs a home: its id, its commitment now, how it
    ends or moves, and the commitment of this draft that it moves to.

    It is as decided, else it moves to the only successor of its commitment. One without any of
    these has no home yet: its last two values are null.
    """
    only = (
        sa.select(
            CommitmentSuccessor.earlier_id,
            sa.func.min(CommitmentSuccessor.later_id).label("later_id"),
        )
        .where(CommitmentSuccessor.later_id.in_(commitments_of(version_id)))
        .group_by(CommitmentSuccessor.earlier_id)
        .having(sa.func.count() == 1)
        .subquery("only_successor")
    )
    decided = PromiseHome.kind.is_not(None)
    moves = only.c.later_id.is_not(None)
    return (
        sa.select(
            Action.id,
            Action.commitment_id,
            sa.case(
                (decided, sa.cast(PromiseHome.kind, sa.String)), (moves, HomeKind.MOVE.value)
            ).label("how"),
            sa.case((decided, PromiseHome.commitment_id), else_=only.c.later_id).label("home_id"),
        )
        .outerjoin(
            PromiseHome,
            sa.and_(PromiseHome.action_id == Action.id, PromiseHome.version_id == version_id),
        )
        .outerjoin(only, only.c.earlier_id == Action.commitment_id)
        .where(needs_home())
        .order_by(Action.id)
    )


def stayed_behind(action_id: int, since: datetime) -> sa.Select[bool]:
    """Return a selection of whether a wording was adopted at this moment or later in which the
    action has no commitment: a step of that time, undone, would bring it back under none.
    """
    return sa.select(
        sa.and_(
            sa.exists().where(PromiseVersion.adopted_at >= since),
            sa.exists().where(
                Action.id == action_id,
                Action.commitment_id.not_in(commitments_of(version_in_force())),
            ),
        )
    )
