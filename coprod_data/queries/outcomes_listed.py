"""Lists of outcomes, a row each: done together, waiting for a signature, sent back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, Outcome
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.statements import statement
from coprod_data.scopes.outcomes import listed, together_by_code
from coprod_data.scopes.promise import same_theme
from coprod_data.vocabulary.outcomes import OutcomeProgress

PAGE_SIZE = 50
LISTED = (OutcomeProgress.CO_SIGNED, OutcomeProgress.STAFF_SAY_DONE, OutcomeProgress.DISPUTED)


@dataclass(frozen=True)
class ListedOutcome:
    """An outcome in one line; `days` counts from when staff said that it is done.

    `by_code`: both sides signed it, the young side by card code only.
    """

    id: int
    opportunity_id: int
    title: str
    what_changed: str
    signed_on: date | None
    by_code: bool
    days: int


def outcomes_listed(
    db: Session,
    actor: Actor,
    outcome_list: OutcomeProgress,
    *,
    theme_id: int | None = None,
    by_code: bool = False,
    page: int = 1,
) -> list[ListedOutcome]:
    """Return 50 outcomes of a list: the newest signed first, of the others the oldest.

    `by_code` leaves those whose young side is by card code only.
    """
    actor.must(Permission.OUTCOMES_READ)
    asked = {"theme_id": theme_id, "skipped": PAGE_SIZE * (page - 1)}
    return [
        ListedOutcome(
            id=row.id,
            opportunity_id=row.opportunity_id,
            title=row.title,
            what_changed=row.what_changed,
            signed_on=london_day(row.co_signed_at) if row.co_signed_at else None,
            by_code=row.by_code,
            days=days_between(row.proposed_at, actor.at),
        )
        for row in db.execute(_listed(outcome_list, theme_id is not None, by_code), asked)
    ]


def outcomes_counted(
    db: Session, actor: Actor, *, theme_id: int | None = None
) -> dict[OutcomeProgress, int]:
    """Return how many outcomes `outcomes_listed` has in each list."""
    actor.must(Permission.OUTCOMES_READ)
    numbers = db.execute(_counted(theme_id is not None), {"theme_id": theme_id}).one()
    return dict(zip(LISTED, numbers, strict=True))


def counted_by_code(db: Session, actor: Actor, *, theme_id: int | None = None) -> int:
    """Return how many outcomes done together have a young side that is by card code only."""
    actor.must(Permission.OUTCOMES_READ)
    counted = (
        sa.select(sa.func.count(Outcome.id))
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(together_by_code(), *_of_theme(theme_id is not None))
    )
    return db.scalar(counted, {"theme_id": theme_id}) or 0


@statement
def _listed(which: OutcomeProgress, of_theme: bool, by_code: bool) -> sa.Select[*tuple[Any, ...]]:
    order = (Outcome.co_signed_at.desc(), Outcome.proposed_at, Outcome.id)
    return (
        sa.select(
            Outcome.id,
            Outcome.opportunity_id,
            Opportunity.title,
            Outcome.what_changed,
            Outcome.co_signed_at,
            Outcome.proposed_at,
            together_by_code().label("by_code"),
        )
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(listed(which), *_of_theme(of_theme), *([together_by_code()] if by_code else []))
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset(sa.bindparam("skipped", type_=sa.Integer))
    )


@statement
def _counted(of_theme: bool) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(*(sa.func.count(sa.case((listed(which), 1))) for which in LISTED))
        .select_from(Outcome)
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(*_of_theme(of_theme))
    )


def _of_theme(of_theme: bool) -> list[sa.ColumnElement[bool]]:
    theme = sa.bindparam("theme_id", type_=sa.Integer)
    return [Opportunity.theme_id.in_(same_theme(theme))] if of_theme else []
