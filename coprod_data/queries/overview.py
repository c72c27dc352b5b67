"""The Board's picture: what waits, and the counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.clocks import before_working_hours, days_between, london_day
from coprod_data.models import (
    Action,
    Answer,
    CardEntry,
    Invitation,
    Opportunity,
    Outcome,
    ReportCard,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import flagged, reply_owed
from coprod_data.scopes.entries import waiting as entry_waits
from coprod_data.scopes.opportunities import shown_state
from coprod_data.targets import settings
from coprod_data.vocabulary import (
    CardState,
    OpportunityState,
    SettingKey,
    Stage,
)

MOVABLE = (Stage.AGREED, Stage.IN_PROGRESS, Stage.ON_HOLD, Stage.DONE)
CYCLE = timedelta(days=91)


@dataclass(frozen=True)
class Wait:
    """One clock: how many wait, the longest wait in days, how many are past their time."""

    count: int
    longest: int
    late: int


@dataclass(frozen=True)
class Waits:
    """Every wait has a clock; these stand on the Board's own screen."""

    unread: Wait
    opportunities: Wait
    invitations: Wait
    actions: Wait
    replies: Wait


@dataclass(frozen=True)
class Numbers:
    """Counts of cards and results: `together` is co-signed, `answers` is staff alone."""

    cards: int
    cards_this_cycle: int
    cards_by_cycle: tuple[int, ...]
    together: int
    together_this_cycle: int
    answers: int
    to_be_signed: int


def waits(db: Session, actor: Actor) -> Waits:
    """Return the five clocks, each in one statement."""
    actor.must(Permission.OVERVIEW_READ)
    targets = settings(
        db,
        SettingKey.READ_WORKING_DAYS,
        SettingKey.READ_FLAGGED_HOURS,
        SettingKey.OPPORTUNITY_TIERS,
        SettingKey.INVITATION_DAYS,
        SettingKey.DRIFT_RED_DAYS,
    )
    read_by = before_working_hours(actor.at, targets[SettingKey.READ_WORKING_DAYS] * 8)
    flagged_by = before_working_hours(actor.at, targets[SettingKey.READ_FLAGGED_HOURS])
    return Waits(
        unread=_wait(
            db,
            actor.at,
            CardEntry.sent_at,
            sa.or_(
                CardEntry.sent_at < read_by,
                sa.and_(flagged(), CardEntry.sent_at < flagged_by),
            ),
            entry_waits(),
        ),
        opportunities=_wait(
            db,
            actor.at,
            Opportunity.opened_at,
            Opportunity.opened_at < _days_ago(actor, targets[SettingKey.OPPORTUNITY_TIERS][0]),
            shown_state() == OpportunityState.OPEN,
        ),
        invitations=_wait(
            db,
            actor.at,
            Invitation.asked_at,
            Invitation.asked_at < _days_ago(actor, targets[SettingKey.INVITATION_DAYS]),
            Invitation.reply.is_(None),
            Invitation.asked_by_id.is_not(None),
        ),
        actions=_wait(
            db,
            actor.at,
            Action.moved_at,
            sa.true(),
            Action.stage.in_(MOVABLE),
            Action.moved_at < _days_ago(actor, targets[SettingKey.DRIFT_RED_DAYS]),
        ),
        replies=_wait(
            db,
            actor.at,
            CardEntry.released_at,
            CardEntry.released_at < _days_ago(actor, 28),
            reply_owed(),
        ),
    )


def numbers(db: Session, actor: Actor) -> Numbers:
    """Return the counts beside the words, with four quarters of cards shared, oldest first."""
    actor.must(Permission.OVERVIEW_READ)
    today = london_day(actor.at)
    starts = [today - CYCLE * back for back in range(4, -1, -1)]
    handed = ReportCard.state.in_((CardState.SHARED, CardState.CLOSED))
    cards, *cycles = db.execute(
        sa.select(
            sa.func.count(ReportCard.id),
            *(
                sa.func.count(ReportCard.id).filter(
                    ReportCard.shared_on > begins, ReportCard.shared_on <= ends
                )
                for begins, ends in zip(starts, starts[1:], strict=False)
            ),
        ).where(handed)
    ).one()
    together, this_cycle, proposed = db.execute(
        sa.select(
            sa.func.count(Outcome.id).filter(Outcome.co_signed_at.is_not(None)),
            sa.func.count(Outcome.id).filter(Outcome.co_signed_at > actor.at - CYCLE),
            sa.func.count(Outcome.id).filter(Outcome.co_signed_at.is_(None)),
        )
    ).one()
    return Numbers(
        cards=cards,
        cards_this_cycle=cycles[-1],
        cards_by_cycle=tuple(cycles),
        together=together,
        together_this_cycle=this_cycle,
        answers=db.scalar(sa.select(sa.func.count(Answer.id))) or 0,
        to_be_signed=proposed,
    )


def _wait(
    db: Session,
    now: datetime,
    since: sa.orm.InstrumentedAttribute[datetime] | sa.orm.InstrumentedAttribute[datetime | None],
    late: sa.ColumnElement[bool],
    *conditions: sa.ColumnElement[bool],
) -> Wait:
    count, oldest, overdue = db.execute(
        sa.select(sa.func.count(), sa.func.min(since), sa.func.count().filter(late)).where(
            *conditions
        )
    ).one()
    return Wait(count=count, longest=days_between(oldest, now) if oldest else 0, late=overdue)


def _days_ago(actor: Actor, days: int) -> datetime:
    return actor.at - timedelta(days=days)
