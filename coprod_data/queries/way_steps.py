"""Steps on the way: the rows of each kind that a reader may open; no rights of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    Opportunity,
    Outcome,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.titles import both_names, card_title, month_shown
from coprod_data.scopes.opportunities import shown_state as opportunity_state
from coprod_data.scopes.outcomes import shown_state
from coprod_data.scopes.promise import theme_in_force
from coprod_data.scopes.report_cards import progress, visible_to
from coprod_data.scopes.ties import CARDS
from coprod_data.vocabulary.base import Worded
from coprod_data.vocabulary.opportunities import OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardProgress
from coprod_data.vocabulary.way import WayKind

Ids = Any  # a selection of one column, or a list of numbers

MOST = 20  # of each kind


@dataclass(frozen=True)
class WayStep:
    """A thing on the way that the reader may open; `state` is how it reads, where it has one."""

    kind: WayKind
    id: int
    words: str
    state: Worded | None = None


@dataclass(frozen=True)
class Way:
    """What a thing comes from, a level for each kind, and what came of it.

    Of one kind at most the newest twenty came of it; `more` says that there are others. `plan`: the
    reader reads the action plan.
    """

    up: tuple[tuple[WayStep, ...], ...]
    down: tuple[WayStep, ...]
    more: bool
    plan: bool

    @classmethod
    def of(
        cls, actor: Actor, up: Iterable[Sequence[WayStep]], down: Iterable[Sequence[WayStep]]
    ) -> "Way":
        """Return a way of these levels, the empty ones left out."""
        came = list(down)
        return cls(
            tuple(tuple(level[:MOST]) for level in up if level),
            tuple(step for level in came for step in level[:MOST]),
            any(len(level) > MOST for level in came),
            actor.may(Permission.ACTIONS_READ),
        )


def theme_of(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return the theme in force that young people know by the name of these."""
    named = sa.select(PromiseTheme.young_title).where(PromiseTheme.id.in_(ids))
    return _themes(db, actor, PromiseTheme.young_title.in_(named))


def themes_of_commitments(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return the themes of these commitments in force."""
    of = sa.select(PromiseCommitment.theme_id).where(PromiseCommitment.id.in_(ids))
    return _themes(db, actor, PromiseTheme.id.in_(of))


def _themes(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[WayStep]:
    adult = actor.may(Permission.ACTIONS_READ)
    if not adult and not any(actor.may(right) for right in CARDS):
        return []
    rows = db.scalars(
        sa.select(PromiseTheme).where(which, theme_in_force()).order_by(PromiseTheme.position)
    )
    return [
        WayStep(
            WayKind.THEME,
            row.id,
            both_names(row.title, row.young_title) if adult else row.young_title,
        )
        for row in rows
    ]


def commitments(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these commitments."""
    if not actor.may(Permission.ACTIONS_READ):
        return []
    rows = db.scalars(
        sa.select(PromiseCommitment)
        .where(PromiseCommitment.id.in_(ids))
        .order_by(PromiseCommitment.reference)
        .limit(MOST + 1)
    )
    return [WayStep(WayKind.COMMITMENT, row.id, f"{row.reference} {row.wording}") for row in rows]


def cards(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return those of these report cards that the reader may open, the newest first."""
    if not any(actor.may(right) for right in CARDS):
        return []
    rows = db.execute(
        sa.select(
            ReportCard.id,
            ReportCard.title,
            ReportCard.shared_on,
            ReportCard.opened_at,
            PromiseTheme.young_title,
            progress().label("state"),
        )
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(ReportCard.id.in_(ids), visible_to(actor))
        .order_by(ReportCard.id.desc())
        .limit(MOST + 1)
    )
    return [
        WayStep(
            WayKind.REPORT_CARD,
            row.id,
            card_title(row.title, row.young_title, month_shown(row.shared_on, row.opened_at)),
            CardProgress(row.state),
        )
        for row in rows
    ]


def opportunities(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these opportunities, the newest first."""
    if not actor.may(Permission.OPPORTUNITIES_READ):
        return []
    rows = db.execute(
        sa.select(Opportunity.id, Opportunity.title, opportunity_state().label("state"))
        .where(Opportunity.id.in_(ids))
        .order_by(Opportunity.id.desc())
        .limit(MOST + 1)
    )
    return [
        WayStep(WayKind.OPPORTUNITY, row.id, row.title, OpportunityProgress(row.state))
        for row in rows
    ]


def actions(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these actions, the newest first."""
    if not actor.may(Permission.ACTIONS_READ):
        return []
    rows = db.execute(
        sa.select(Action.id, Action.title, Action.stage)
        .where(Action.id.in_(ids))
        .order_by(Action.id.desc())
        .limit(MOST + 1)
    )
    return [WayStep(WayKind.ACTION, row.id, row.title, row.stage) for row in rows]


def outcomes(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these outcomes, the newest first; their page is for those who read opportunities."""
    if not (actor.may(Permission.OUTCOMES_READ) and actor.may(Permission.OPPORTUNITIES_READ)):
        return []
    rows = db.execute(
        sa.select(Outcome.id, Outcome.what_changed, shown_state().label("state"))
        .where(Outcome.id.in_(ids))
        .order_by(Outcome.id.desc())
        .limit(MOST + 1)
    )
    return [
        WayStep(WayKind.OUTCOME, row.id, row.what_changed, OutcomeProgress(row.state))
        for row in rows
    ]
