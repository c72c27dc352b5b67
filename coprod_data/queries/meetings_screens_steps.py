"""What the screen of a meeting lists: what is stuck, what was done together, whether we listen.

All of it may be read by the public: titles that young people read, names of owners, and numbers.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    AuditReturn,
    AuditRound,
    CardShare,
    CoproductionSession,
    Opportunity,
    Outcome,
    Person,
    PromiseCommitment,
    PromiseTheme,
    Service,
)
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import LONDON, days_between, days_old_before
from coprod_data.scopes.actions import stuck, unsigned
from coprod_data.scopes.audits import handed_in
from coprod_data.scopes.outcomes import together_by_code
from coprod_data.scopes.promise import theme_in_force
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.report_cards import Body
from coprod_data.vocabulary.sessions import WAS_HELD
from coprod_data.vocabulary.settings import SettingKey

MOST = 3  # of a list: more cannot be read from the last row


@dataclass(frozen=True)
class StuckRow:
    """An action for which nothing has moved: what it is, who owns it, for how many days."""

    title: str
    owner: str
    days: int


@dataclass(frozen=True)
class Stuck:
    """The actions that waited longest of all that are stuck: `rows` of `count`, after `days`."""

    rows: tuple[StuckRow, ...]
    count: int
    days: int


@dataclass(frozen=True)
class Together:
    """What was done together since a day, by title: `rows` of `count`, the newest first.

    `by_code` of these have a young side that is by card code only. `unsigned` actions are done as
    staff say, and both sides have not signed for as long as makes an action stuck.
    """

    rows: tuple[str, ...]
    count: int
    by_code: int
    unsigned: int


@dataclass(frozen=True)
class Listening:
    """Whether we listen: sessions held and cards brought since a day; of the newest audit the
    returns sent of all, and the services that have not sent theirs.
    """

    sessions: int
    cards: int
    sent: int
    whole: int
    owed: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Say whether there is nothing to tell."""
        return not (self.sessions or self.cards or self.whole)


def any_commitment(db: Session) -> bool:
    """Say whether The Promise in force has a commitment."""
    here = sa.select(PromiseCommitment.id).join(PromiseTheme).where(theme_in_force())
    return bool(db.scalar(sa.select(here.exists())))


def what_is_stuck(db: Session, actor: Actor) -> Stuck:
    """Return what is stuck."""
    limit = setting(db, SettingKey.DRIFT_RED_DAYS)
    here = stuck(days_old_before(actor.at, limit))
    rows = db.execute(
        sa.select(Action.title, Person.name, Action.moved_at, sa.func.count().over())
        .join(Person, Person.id == Action.owner_id)
        .where(here)
        .order_by(Action.moved_at, Action.id)
        .limit(MOST)
    ).all()
    return Stuck(
        tuple(StuckRow(title, name, days_between(at, actor.at)) for title, name, at, _ in rows),
        rows[0][3] if rows else 0,
        limit,
    )


def done_together_since(db: Session, actor: Actor, day: date) -> Together:
    """Return what both sides have signed since a day, and how much waits for that."""
    signed = Outcome.co_signed_at >= datetime.combine(day, time(), LONDON)
    by_code = sa.case((together_by_code(), 1), else_=0)
    rows = db.execute(
        sa.select(
            Opportunity.title, sa.func.count().over(), sa.func.sum(by_code).over()
        )  # fmt: skip
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(signed)
        .order_by(Outcome.co_signed_at.desc(), Outcome.id.desc())
        .limit(MOST)
    ).all()
    waits = unsigned(days_old_before(actor.at, setting(db, SettingKey.DRIFT_RED_DAYS)))
    return Together(
        tuple(title for title, *_ in rows),
        rows[0][1] if rows else 0,
        rows[0][2] if rows else 0,
        db.scalar(sa.select(sa.func.count(Action.id)).where(waits)) or 0,
    )


def are_we_listening(db: Session, day: date | None) -> Listening:
    """Return what was done to listen since a day; ever, without one."""
    since = datetime.combine(day, time(), LONDON) if day else None
    held: list[Any] = [CoproductionSession.state.in_(WAS_HELD)]
    brought: list[Any] = [CardShare.body == Body.CPB]
    if day is not None:
        held.append(CoproductionSession.starts_at >= since)
        brought.append(CardShare.shared_on >= day)
    newest = sa.select(sa.func.max(AuditRound.opened_on)).correlate(None).scalar_subquery()
    audited = db.execute(
        sa.select(Service.name, handed_in())
        .join(AuditReturn, AuditReturn.service_id == Service.id)
        .join(AuditRound, AuditRound.id == AuditReturn.round_id)
        .where(AuditRound.opened_on == newest)
        .order_by(Service.name)
    ).all()
    sessions, cards = db.execute(
        sa.select(
            sa.select(sa.func.count(CoproductionSession.id)).where(*held).scalar_subquery(),
            sa.select(sa.func.count(sa.distinct(CardShare.report_card_id)))
            .where(*brought)
            .scalar_subquery(),
        )
    ).one()
    return Listening(
        sessions, cards, sum(bool(sent) for _, sent in audited), len(audited),
        tuple(name for name, sent in audited if not sent),
    )  # fmt: skip
