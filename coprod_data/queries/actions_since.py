"""What was done in the plan since a day, and what did not move."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    Milestone,
    Opportunity,
    Outcome,
    OutcomeAction,
    PromiseCommitment,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.actions import ended, in_motion, live
from coprod_data.scopes.promise import lineage

LONDON = ZoneInfo("Europe/London")
MOST = 200  # of each list


@dataclass(frozen=True)
class DoneRow:
    """One thing that was done on a day: its words, and the number of what it belongs to."""

    id: int
    title: str
    words: str
    on: date


@dataclass(frozen=True)
class SinceThen:
    """What was done from `day` on, the newest first, and the actions that owe movement and had
    none, the longest first. At most 200 of each.
    """

    day: date
    milestones: tuple[DoneRow, ...]
    outcomes: tuple[DoneRow, ...]
    taken_up: tuple[DoneRow, ...]
    still: tuple[DoneRow, ...]

    @property
    def nothing(self) -> bool:
        """Say whether nothing was done."""
        return not (self.milestones or self.outcomes or self.taken_up)


@dataclass(frozen=True)
class SinceNumbers:
    """How many rows each list of `SinceThen` has from `day` on; 200 means 200 or more."""

    day: date
    milestones: int
    outcomes: int
    taken_up: int
    still: int


def since_then(
    db: Session, actor: Actor, day: date, *, commitment_id: int | None = None
) -> SinceThen:
    """Return what was done from this day on, in four statements; of one commitment, if named."""
    actor.must(Permission.ACTIONS_READ)
    parts = _parts(day, commitment_id)
    return SinceThen(day=day, **{name: _rows(db, part) for name, part in parts.items()})


def since_numbers(db: Session, actor: Actor, day: date) -> SinceNumbers:
    """Count what was done from this day on, in one statement."""
    actor.must(Permission.ACTIONS_READ)
    counted = (
        sa.select(sa.func.count())
        .select_from(part.order_by(None).limit(MOST).subquery())
        .scalar_subquery()
        .label(name)
        for name, part in _parts(day, None).items()
    )
    return SinceNumbers(day=day, **db.execute(sa.select(*counted)).one()._mapping)


def _parts(day: date, commitment_id: int | None) -> dict[str, sa.Select[int, str, str, Any]]:
    """Select each list, as wide as a `DoneRow`: by the name that `SinceThen` has for it."""
    moment = datetime.combine(day, time(), LONDON)
    then = lineage()
    here: sa.ColumnElement[bool] = sa.true()
    if commitment_id is not None:
        worded = sa.select(then.c.then_id).where(then.c.now_id == commitment_id)
        here = Action.commitment_id.in_(worded)
    return {
        "milestones": (
            sa.select(Action.id, Action.title, Milestone.title.label("words"), Milestone.met_on)
            .join(Action, Action.id == Milestone.action_id)
            .where(Milestone.met_on >= day, sa.or_(live(), ended()), here)
            .order_by(Milestone.met_on.desc(), Milestone.id.desc())
        ),
        "outcomes": (
            sa.select(Opportunity.id, Opportunity.title, Outcome.what_changed, Outcome.co_signed_at)
            .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
            .where(
                Outcome.co_signed_at >= moment,
                sa.true()
                if commitment_id is None
                else Outcome.id.in_(
                    sa.select(OutcomeAction.outcome_id)
                    .join(Action, Action.id == OutcomeAction.action_id)
                    .where(here)
                ),
            )
            .order_by(Outcome.co_signed_at.desc(), Outcome.id.desc())
        ),
        "taken_up": (
            sa.select(
                Opportunity.id, Opportunity.title, Opportunity.help_wanted, Opportunity.working_at
            )
            .where(
                Opportunity.working_at >= moment,
                sa.true()
                if commitment_id is None
                else Opportunity.id.in_(sa.select(Action.opportunity_id).where(here)),
            )
            .order_by(Opportunity.working_at.desc(), Opportunity.id.desc())
        ),
        "still": (
            sa.select(
                Action.id,
                Action.title,
                (PromiseCommitment.reference + " " + PromiseCommitment.wording).label("words"),
                Action.moved_at,
            )
            .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
            .where(in_motion(), Action.moved_at < moment, here)
            .order_by(Action.moved_at, Action.id)
        ),
    }


def _rows(db: Session, found: sa.Select[int, str, str, Any]) -> tuple[DoneRow, ...]:
    return tuple(
        DoneRow(number, title, words, london_day(at) if isinstance(at, datetime) else at)
        for number, title, words, at in db.execute(found.limit(MOST))
    )
