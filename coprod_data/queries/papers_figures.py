"""What a Board paper counts between two days: cards, opportunities, outcomes, the audit.

These also answer in the database of an earlier day (`store/that_day.py`), so they read no words.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    Invitation,
    Opportunity,
    Outcome,
    PromiseTheme,
    ReportCard,
    Service,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import LONDON, days_between, london_day
from coprod_data.rules.titles import card_title, month_shown
from coprod_data.scopes.audits import handed_in
from coprod_data.scopes.opportunities import shown_state, unanswered
from coprod_data.scopes.outcomes import listed, together_by_code
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.opportunities import OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress

MOST = 60


@dataclass(frozen=True)
class CardFigure:
    """A report card that was brought to the Board."""

    id: int
    theme: str
    title: str
    shared_on: date


@dataclass(frozen=True)
class OpportunityFigure:
    """An opportunity that waits for a member; `asked` were invited and have not answered."""

    id: int
    title: str
    theme: str
    days: int
    asked: int


@dataclass(frozen=True)
class OutcomeFigure:
    """Something that changed, signed by both sides; `by_code`: the young side by code only."""

    id: int
    title: str
    change: str
    signed_on: date
    by_code: bool


@dataclass(frozen=True)
class AuditFigure:
    """A return of the newest audit: whether it was sent, and how far two views are apart."""

    id: int
    service: str
    returned: bool
    gap: int | None


@dataclass(frozen=True)
class Counted:
    """What a paper lists; `cards` and `outcomes` are those between its two days."""

    cards: tuple[CardFigure, ...]
    opportunities: tuple[OpportunityFigure, ...]
    outcomes: tuple[OutcomeFigure, ...]
    audit: tuple[AuditFigure, ...]
    audit_round: str


def counted_for_paper(db: Session, actor: Actor, *, first: date, last: date) -> Counted:
    """Return what happened from one day to another, and what was waiting at `actor.at`."""
    actor.must(Permission.PAPERS_READ)
    newest = db.execute(
        sa.select(AuditRound.id, AuditRound.title)
        .where(AuditRound.opened_on <= last)
        .order_by(AuditRound.opened_on.desc())
        .limit(1)
    ).first()
    return Counted(
        cards=tuple(_cards(db, first, last)),
        opportunities=tuple(_opportunities(db, actor.at)),
        outcomes=tuple(_outcomes(db, first, last)),
        audit=tuple(_audit(db, newest.id)) if newest else (),
        audit_round=newest.title if newest else "",
    )


def _cards(db: Session, first: date, last: date) -> list[CardFigure]:
    rows = db.execute(
        sa.select(ReportCard, PromiseTheme.title, PromiseTheme.young_title)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(ReportCard.shared_on.between(first, last))
        .order_by(PromiseTheme.position, ReportCard.shared_on, ReportCard.id)
        .limit(MOST)
    )
    return [
        CardFigure(
            card.id,
            theme,
            card_title(card.title, young, month_shown(card.shared_on, card.opened_at)),
            card.shared_on or first,
        )
        for card, theme, young in rows
    ]


def _opportunities(db: Session, now: datetime) -> list[OpportunityFigure]:
    asked = (
        sa.select(sa.func.count(Invitation.id))
        .where(Invitation.opportunity_id == Opportunity.id, unanswered())
        .correlate(Opportunity)
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(
            Opportunity.id, Opportunity.title, PromiseTheme.title.label("theme"),
            Opportunity.opened_at, asked.label("asked"),
        )
        .join(PromiseTheme, PromiseTheme.id == Opportunity.theme_id)
        .where(shown_state() == OpportunityProgress.OPEN)
        .order_by(Opportunity.opened_at, Opportunity.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        OpportunityFigure(
            row.id, row.title, row.theme,
            days_between(row.opened_at, now) if row.opened_at else 0, row.asked,
        )
        for row in rows
    ]  # fmt: skip


def _outcomes(db: Session, first: date, last: date) -> list[OutcomeFigure]:
    rows = db.execute(
        sa.select(
            Outcome.id, Opportunity.title, Outcome.what_changed, Outcome.co_signed_at,
            together_by_code().label("by_code"),
        )
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(
            listed(OutcomeProgress.CO_SIGNED),
            Outcome.co_signed_at >= _midnight(first),
            Outcome.co_signed_at < _midnight(last + timedelta(days=1)),
        )
        .order_by(Outcome.co_signed_at.desc(), Outcome.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        OutcomeFigure(
            row.id, row.title, row.what_changed, london_day(row.co_signed_at), bool(row.by_code)
        )
        for row in rows
    ]


def _audit(db: Session, round_id: int) -> list[AuditFigure]:
    own, young = aliased(AuditAnswer), aliased(AuditAnswer)
    apart = (
        sa.select(sa.func.max(own.level - young.level))
        .join(
            young,
            sa.and_(
                young.return_id == own.return_id,
                young.standard_id == own.standard_id,
                young.rater == Rater.YOUNG_AUDITORS,
            ),
        )
        .where(own.return_id == AuditReturn.id, own.rater == Rater.SERVICE)
        .correlate(AuditReturn)
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(AuditReturn.id, Service.name, handed_in().label("sent"), apart.label("gap"))
        .join(Service, Service.id == AuditReturn.service_id)
        .where(AuditReturn.round_id == round_id)
        .order_by(Service.name)
    )
    return [
        AuditFigure(row.id, row.name, bool(row.sent), row.gap if row.sent else None) for row in rows
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
