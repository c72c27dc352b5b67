"""What changes once a drafted wording of The Promise is adopted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    CommitmentSuccessor,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    ReportCard,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.actions import live
from coprod_data.scopes.promise import lineage, lines_of, version_in_force
from coprod_data.vocabulary.report_cards import STANDING

Line = tuple[Any, ...]  # theme, its two names, number and wording of a commitment or None


@dataclass(frozen=True, kw_only=True)
class Adopting:
    """A draft with all its lines, and what is in force now: empty and 0 before the first Promise.

    Of `actions` that count, `left` are in the plan now and under a commitment that the draft does
    not carry on; `cards` are the open report cards.
    """

    lines: tuple[Line, ...]
    now: str
    now_since: date | None
    now_themes: int
    now_commitments: int
    actions: int
    left: int
    cards: int


def adopting(db: Session, actor: Actor, version_id: int) -> Adopting:
    """Return what adopting this draft changes, in three statements."""
    actor.must(Permission.PROMISE_ADOPT)
    lines = tuple(tuple(row) for row in db.execute(lines_of(version_id)))
    now = db.execute(
        sa.select(
            PromiseVersion.title,
            PromiseVersion.adopted_at,
            sa.func.count(PromiseTheme.id.distinct()),
            sa.func.count(PromiseCommitment.id),
        )
        .outerjoin(PromiseTheme, PromiseTheme.version_id == PromiseVersion.id)
        .outerjoin(PromiseCommitment, PromiseCommitment.theme_id == PromiseTheme.id)
        .where(PromiseVersion.id == version_in_force())
        .group_by(PromiseVersion.id, PromiseVersion.title, PromiseVersion.adopted_at)
    ).one_or_none()
    title, since, themes, commitments = now or ("", None, 0, 0)
    actions, left, cards = db.execute(_touched(version_id)).one()
    return Adopting(
        lines=lines,
        now=title,
        now_since=london_day(since) if since else None,
        now_themes=themes,
        now_commitments=commitments,
        actions=actions,
        left=left,
        cards=cards,
    )


def _touched(version_id: int) -> sa.Select[int, int, int]:
    """Select how many actions count, how many of them the plan shows now and will not, and how many
    cards are open.
    """
    then, later = lineage(), aliased(PromiseCommitment)
    carried = (
        sa.select(CommitmentSuccessor.earlier_id)
        .join(later, later.id == CommitmentSuccessor.later_id)
        .join(PromiseTheme, PromiseTheme.id == later.theme_id)
        .where(PromiseTheme.version_id == version_id)
    )
    dropped = sa.select(then.c.then_id).where(then.c.now_id.not_in(carried))
    counted = sa.select(sa.func.count(Action.id)).where(live())
    open_cards = sa.select(sa.func.count(ReportCard.id)).where(ReportCard.state.in_(STANDING))
    return sa.select(
        counted.scalar_subquery(),
        counted.where(Action.commitment_id.in_(dropped)).scalar_subquery(),
        open_cards.scalar_subquery(),
    )
