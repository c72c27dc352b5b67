"""The Board's overview: what is waiting, and the counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    Answer,
    CardEntry,
    Invitation,
    NotYet,
    Opportunity,
    Outcome,
    ReportCard,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import (
    before_working_days,
    before_working_hours,
    days_between,
    london_day,
)
from coprod_data.rules.statements import statement
from coprod_data.scopes.actions import in_motion
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.entries import flagged, reply_owed
from coprod_data.scopes.entries import waiting as entry_waits
from coprod_data.scopes.opportunities import shown_state
from coprod_data.scopes.outcomes import sent_back, together_by_code, waits_for_signatures
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.opportunities import JOINABLE, OpportunityProgress
from coprod_data.vocabulary.report_cards import CardState
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey

Condition = sa.ColumnElement[bool]
Statement = sa.Select[*tuple[Any, ...]]

CYCLE, CYCLES = timedelta(days=91), 4

_BESIDE = sa.select(
    sa.select(sa.func.count(Answer.id)).scalar_subquery(),
    sa.exists().where(Opportunity.state.in_(JOINABLE)),
)


@dataclass(frozen=True)
class Wait:
    """One wait: how many are waiting, the longest wait in days, how many are overdue."""

    count: int
    longest: int
    late: int


@dataclass(frozen=True)
class Waits:
    """The waits that the Board's overview shows."""

    unread: Wait
    opportunities: Wait
    invitations: Wait
    actions: Wait
    replies: Wait
    disputed: Wait


@dataclass(frozen=True)
class Numbers:
    """Counts of cards and results: `together` is co-signed, `answers` is by staff only.

    `together_by_code` of those co-signed have a young side that is by card code only.

    `to_be_signed` are waiting for a signature; outcomes that a young person sent back are in Waits.
    `any_open` says whether any opportunity is open or being worked on.
    """

    cards: int
    cards_this_cycle: int
    cards_by_cycle: tuple[int, ...]
    together: int
    together_by_code: int
    together_this_cycle: int
    answers: int
    to_be_signed: int
    any_open: bool


def waits(db: Session, actor: Actor) -> Waits:
    """Return the six waits, in two statements.

    `disputed` are outcomes that a young person sent back with "not yet" and nobody has proposed
    again.
    """
    actor.must(Permission.OVERVIEW_READ)
    targets = settings(
        db,
        SettingKey.READ_WORKING_DAYS,
        SettingKey.READ_FLAGGED_HOURS,
        SettingKey.OPPORTUNITY_TIERS,
        SettingKey.INVITATION_DAYS,
        SettingKey.DRIFT_RED_DAYS,
        SettingKey.REPLY_RED_DAYS,
        *DUTY_HOURS,
    )
    hours = hours_in(targets)
    late = {
        "read_by": before_working_days(actor.at, targets[SettingKey.READ_WORKING_DAYS], hours),
        "flagged_by": before_working_hours(actor.at, targets[SettingKey.READ_FLAGGED_HOURS], hours),
        "open_since": _days_ago(actor, targets[SettingKey.OPPORTUNITY_TIERS][0]),
        "asked_by": _days_ago(actor, targets[SettingKey.INVITATION_DAYS]),
        "moved_by": _days_ago(actor, targets[SettingKey.DRIFT_RED_DAYS]),
        "dealt_by": _days_ago(actor, targets[SettingKey.REPLY_RED_DAYS]),
    }
    return Waits(
        **{
            row.name: Wait(
                count=row.number,
                longest=days_between(row.oldest, actor.at) if row.oldest else 0,
                late=row.late,
            )
            for row in db.execute(_clocks(), late)
        }
    )


def numbers(db: Session, actor: Actor) -> Numbers:
    """Return the counts, with the cards shared in four quarters, oldest first."""
    actor.must(Permission.OVERVIEW_READ)
    today = london_day(actor.at)
    starts = {f"start_{back}": today - CYCLE * back for back in range(CYCLES + 1)}
    handed_over, concluded = _counts()
    cards, *cycles = db.execute(handed_over, starts).one()
    together, this_cycle, proposed, by_code = db.execute(
        concluded, {"since": actor.at - CYCLE}
    ).one()
    answers, any_open = db.execute(_BESIDE).one()
    return Numbers(
        cards=cards,
        cards_this_cycle=cycles[-1],
        cards_by_cycle=tuple(cycles),
        together=together,
        together_by_code=by_code,
        together_this_cycle=this_cycle,
        answers=answers,
        to_be_signed=proposed,
        any_open=any_open,
    )


@statement
def _clocks() -> sa.CompoundSelect[*tuple[Any, ...]]:
    sent = CardEntry.sent_at
    later = sa.orm.aliased(Outcome)
    anew = sa.exists().where(later.opportunity_id == Outcome.opportunity_id, later.id > Outcome.id)
    signed_or_proposed_anew = sa.or_(Outcome.co_signed_at.is_not(None), anew)
    in_haste = sa.and_(flagged(), sent < sa.bindparam("flagged_by"))
    return sa.union_all(
        _clock(
            "unread",
            sent,
            sa.or_(sent < sa.bindparam("read_by"), in_haste),
            entry_waits(),
        ),
        _clock(
            "opportunities",
            Opportunity.opened_at,
            Opportunity.opened_at < sa.bindparam("open_since"),
            shown_state() == OpportunityProgress.OPEN,
        ),
        _clock(
            "invitations",
            Invitation.asked_at,
            Invitation.asked_at < sa.bindparam("asked_by"),
            Invitation.reply.is_(None),
            Invitation.asked_by_id.is_not(None),
        ),
        _clock(
            "actions",
            Action.moved_at,
            sa.true(),
            in_motion(),
            Action.moved_at < sa.bindparam("moved_by"),
        ),
        _clock(
            "replies",
            CardEntry.dealt_at,
            CardEntry.dealt_at < sa.bindparam("dealt_by"),
            reply_owed(),
        ),
        _clock("disputed", _not_yet_since(), sa.false(), sent_back(), ~signed_or_proposed_anew),
    )


def _not_yet_since() -> sa.ScalarSelect[datetime]:
    first = sa.select(sa.func.min(NotYet.at)).where(NotYet.outcome_id == Outcome.id)
    return first.correlate(Outcome).scalar_subquery()


def _clock(name: str, since: Any, late: Condition, *conditions: Condition) -> Statement:
    """Select how many are waiting, since when the first of them, and how many are late."""
    return sa.select(
        sa.literal(name).label("name"),
        sa.func.count().label("number"),
        sa.func.min(since).label("oldest"),
        sa.func.count().filter(late).label("late"),
    ).where(*conditions)


@statement
def _counts() -> tuple[Statement, Statement]:
    """Select cards shared, in total and by cycle; outcomes signed, recently signed, proposed."""
    shared, cards = ReportCard.shared_on, sa.func.count(ReportCard.id)
    cycles = [
        cards.filter(
            shared > sa.bindparam(f"start_{back}"), shared <= sa.bindparam(f"start_{back - 1}")
        )
        for back in range(CYCLES, 0, -1)
    ]
    handed = ReportCard.state.in_((CardState.SHARED, CardState.CLOSED))
    signed, outcomes = Outcome.co_signed_at, sa.func.count(Outcome.id)
    return (
        sa.select(cards, *cycles).where(handed),
        sa.select(
            outcomes.filter(signed.is_not(None)),
            outcomes.filter(signed > sa.bindparam("since")),
            outcomes.filter(waits_for_signatures()),
            outcomes.filter(together_by_code()),
        ),
    )


def _days_ago(actor: Actor, days: int) -> datetime:
    return actor.at - timedelta(days=days)
