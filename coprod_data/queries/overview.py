"""The Board's overview: what is waiting, and the counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CardEntry,
    CoproductionSession,
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
    days_old_before,
    london_day,
)
from coprod_data.rules.statements import statement
from coprod_data.scopes.actions import stuck, unsigned
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.entries import flagged, may_open, reply_owed
from coprod_data.scopes.entries import waiting as entry_waits
from coprod_data.scopes.entries_readers import about_nobody
from coprod_data.scopes.opportunities import shown_state, unanswered
from coprod_data.scopes.outcomes import listed, together_by_code
from coprod_data.scopes.report_cards import listed as cards_listed
from coprod_data.scopes.report_cards import progress
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.opportunities import JOINABLE, OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed
from coprod_data.vocabulary.sessions import SessionState
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey

Condition = sa.ColumnElement[bool]
Statement = sa.Select[*tuple[Any, ...]]

_ANY_OPEN = sa.select(sa.exists().where(Opportunity.state.in_(JOINABLE)))


@dataclass(frozen=True)
class Wait:
    """One wait: how many are waiting, the longest wait in days, how many are over our target.

    `target` is in days, for unread entries and sessions in working days; 0 where there is none.
    """

    count: int
    longest: int
    late: int
    target: int


@dataclass(frozen=True)
class Waits:
    """The waits that the Board's overview shows."""

    unread: Wait
    opportunities: Wait
    invitations: Wait
    actions: Wait
    unsigned: Wait
    replies: Wait
    disputed: Wait
    reviews: Wait
    write_ups: Wait


@dataclass(frozen=True)
class Numbers:
    """Counts of cards and results: `together` is co-signed, `answered` are cards that only staff
    have answered.

    `together_by_code` of those co-signed have a young side that is by card code only.

    `to_be_signed` are waiting for a signature; outcomes that a young person sent back are in Waits.
    `any_open` says whether any opportunity is open or being worked on.
    """

    cards: int
    cards_this_cycle: int
    together: int
    together_by_code: int
    answered: int
    to_be_signed: int
    any_open: bool


def waits(db: Session, actor: Actor) -> Waits:
    """Return the eight waits, in two statements, or three for those who check entries.

    `disputed` are outcomes that a young person sent back with "not yet" and nobody has proposed
    again; `reviews` are sessions at which nobody has yet answered what could be done together.
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
        SettingKey.SESSION_REVIEW_DAYS,
        SettingKey.SESSION_WRITE_UP_DAYS,
        *DUTY_HOURS,
    )
    hours = hours_in(targets)
    target = {
        "unread": targets[SettingKey.READ_WORKING_DAYS],
        "opportunities": targets[SettingKey.OPPORTUNITY_TIERS][0],
        "invitations": targets[SettingKey.INVITATION_DAYS],
        "actions": targets[SettingKey.DRIFT_RED_DAYS],
        "unsigned": targets[SettingKey.DRIFT_RED_DAYS],
        "replies": targets[SettingKey.REPLY_RED_DAYS],
        "reviews": targets[SettingKey.SESSION_REVIEW_DAYS],
        "write_ups": targets[SettingKey.SESSION_WRITE_UP_DAYS],
    }
    late = {
        "read_by": before_working_days(actor.at, target["unread"], hours),
        "flagged_by": before_working_hours(actor.at, targets[SettingKey.READ_FLAGGED_HOURS], hours),
        "open_since": days_old_before(actor.at, target["opportunities"]),
        "asked_by": days_old_before(actor.at, target["invitations"]),
        "moved_by": days_old_before(actor.at, target["actions"]),
        "dealt_by": days_old_before(actor.at, target["replies"]),
        "today": london_day(actor.at),
    }
    rows = list(db.execute(_clocks(), late))
    if actor.may(Permission.ENTRIES_QUEUE):  # exactly what their own lists hold comes last
        rows += db.execute(sa.union_all(*_of_entries(may_open(actor))), late)
    return Waits(
        **{
            row.name: Wait(
                count=row.number,
                longest=days_between(row.oldest, actor.at) if row.oldest else 0,
                late=row.late,
                target=target.get(row.name, 0),
            )
            for row in rows
        }
    )


def numbers(db: Session, actor: Actor) -> Numbers:
    """Return the counts, in three statements; each is the length of the list it opens."""
    actor.must(Permission.OVERVIEW_READ)
    today = london_day(actor.at)
    cards, this_cycle, answered = db.execute(_cards(today)).one()
    together, proposed, by_code = db.execute(_concluded()).one()
    return Numbers(
        cards=cards,
        cards_this_cycle=this_cycle,
        together=together,
        together_by_code=by_code,
        answered=answered,
        to_be_signed=proposed,
        any_open=bool(db.scalar(_ANY_OPEN)),
    )


@statement
def _clocks() -> sa.CompoundSelect[*tuple[Any, ...]]:
    return sa.union_all(
        *_of_entries(about_nobody()),
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
            unanswered(),
        ),
        _clock(
            "actions",
            Action.moved_at,
            sa.true(),
            stuck(sa.bindparam("moved_by")),
        ),
        _clock("unsigned", Action.moved_at, sa.true(), unsigned(sa.bindparam("moved_by"))),
        _clock("disputed", _not_yet_since(), sa.false(), listed(OutcomeProgress.DISPUTED)),
        _of_sessions("reviews", CoproductionSession.review_by, SessionState.HELD),
        _of_sessions("write_ups", CoproductionSession.write_up_by, SessionState.REVIEWED),
    )


def _of_entries(*known: Condition) -> tuple[Statement, Statement]:
    """Select the two waits of entries, of those that `known` lets a reader know of."""
    sent = CardEntry.waits_since  # words that were taken back in wait again, as in Checking
    in_haste = sa.and_(flagged(), sent < sa.bindparam("flagged_by"))
    return (
        _clock(
            "unread",
            sent,
            sa.or_(sent < sa.bindparam("read_by"), in_haste),
            entry_waits(),
            *known,
        ),
        _clock(
            "replies",
            CardEntry.dealt_at,
            CardEntry.dealt_at < sa.bindparam("dealt_by"),
            reply_owed(),
            *known,
        ),
    )


def _of_sessions(name: str, due: Any, state: SessionState) -> Statement:
    late = due < sa.bindparam("today", type_=sa.Date)
    return _clock(name, CoproductionSession.ends_at, late, CoproductionSession.state == state)


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


def _cards(today: date) -> Statement:
    """Select how many cards were shared, were shared lately, and only staff have answered."""
    cards = sa.func.count(ReportCard.id)
    return sa.select(
        cards.filter(cards_listed(CardsListed.SHARED, today)),
        cards.filter(cards_listed(CardsListed.NEW, today)),
        cards.filter(progress() == CardProgress.ANSWERED.value),
    )


@statement
def _concluded() -> Statement:
    """Select how many outcomes both sides signed, are waiting for a signature, and are by code."""
    outcomes = sa.func.count(Outcome.id)
    return sa.select(
        outcomes.filter(listed(OutcomeProgress.CO_SIGNED)),
        outcomes.filter(listed(OutcomeProgress.STAFF_SAY_DONE)),
        outcomes.filter(together_by_code()),
    )
