"""Wordings of The Promise in tests: their lines, and whether each action has its place."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CommitmentSuccessor,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
)
from coprod_data.scopes.promise import version_in_force
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.promise import HomeKind


def lines(db: Session, version_id: int) -> list[PromiseCommitment]:
    found = sa.select(PromiseCommitment).join(PromiseTheme)
    return list(
        db.scalars(
            found.where(PromiseTheme.version_id == version_id).order_by(
                PromiseTheme.position, PromiseCommitment.position
            )
        )
    )


def heir(db: Session, version_id: int, commitment_id: int) -> int:
    """The commitment of a copied draft that carries this one on."""
    return db.scalars(
        sa.select(CommitmentSuccessor.later_id).where(
            CommitmentSuccessor.earlier_id == commitment_id,
            CommitmentSuccessor.later_id.in_([one.id for one in lines(db, version_id)]),
        )
    ).one()


def homeless_in_the_plan(db: Session) -> list[int]:
    """Actions that count and are not under a commitment in force, or ended without a decision."""
    in_force = {one.id for one in lines(db, db.scalar(sa.select(version_in_force())) or 0)}
    decided = {
        (home.version_id, home.action_id): home.kind for home in db.scalars(sa.select(PromiseHome))
    }
    wrong = []
    for action in db.scalars(sa.select(Action)):
        if action.stage is Stage.DROPPED:
            continue
        if action.ended_with_id is not None:
            if decided.get((action.ended_with_id, action.id)) is not HomeKind.FINISH:
                wrong.append(action.id)
        elif action.commitment_id not in in_force:
            wrong.append(action.id)
    return wrong
