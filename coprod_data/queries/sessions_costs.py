"""What sessions cost: of one, and miles and money by quarter for a paper of the Board.

Meals and thanks count young people. So they are told only to those who may change the session, who
counted them; no total of several sessions has them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, SessionCost, SessionThanks
from coprod_data.models.sessions_told import five_came, money_told
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import LONDON, london_day
from coprod_data.rules.session_costs import Costs, Thanks
from coprod_data.scopes.sessions import may_change
from coprod_data.vocabulary.sessions import WAS_HELD, ThanksKind

QUARTERS = 4


@dataclass(frozen=True)
class SessionBill:
    """What a session cost; `exact` says that meals and thanks are told to this reader, `part` that
    money for meals and travel is not, because few young people came.
    """

    costs: Costs
    recorded: bool
    thanks: dict[ThanksKind, Thanks]
    exact: bool
    part: bool


@dataclass(frozen=True)
class QuarterRow:
    """A quarter of a year: how many sessions were held, of how many the cost is recorded."""

    first: date
    sessions: int
    recorded: int
    miles: int
    pence: int


def bill_of(db: Session, actor: Actor, session_id: int) -> SessionBill:
    """Return what a session cost, and the thanks for it."""
    actor.must(Permission.SESSIONS_READ)
    session = db.get(CoproductionSession, session_id)
    exact = session is not None and may_change(actor, session)
    row = db.scalars(sa.select(SessionCost).filter_by(session_id=session_id)).one_or_none()
    costs = Costs.of(row)
    thanks: dict[ThanksKind, Thanks] = {}
    part = not exact and not _five_came(db, session_id)
    if exact:
        rows = db.scalars(sa.select(SessionThanks).filter_by(session_id=session_id))
        thanks = {one.kind: Thanks.of(one) for one in rows}
    else:
        few = {"meals_pence": 0, "travel_pence": 0} if part else {}
        costs = Costs(**{**costs.values, "meals": 0, **few})
    return SessionBill(costs, row is not None, thanks, exact, part)


def costs_by_quarter(db: Session, actor: Actor) -> list[QuarterRow]:
    """Return the last four quarters, this one first: sessions held, miles and money."""
    actor.must(Permission.SESSIONS_READ)
    first = _first_of_quarter(london_day(actor.at))
    rows = []
    after = _next_quarter(first)
    for _ in range(QUARTERS):
        rows.append((first, after))
        first, after = _quarter_before(first), first
    cells = [
        sa.select(
            sa.literal(place).label("place"),
            sa.func.count(CoproductionSession.id).label("sessions"),
            sa.func.count(SessionCost.id).label("recorded"),
            sa.func.coalesce(sa.func.sum(SessionCost.miles), 0).label("miles"),
            sa.func.coalesce(sa.func.sum(money_told()), 0).label("pence"),
        )
        .select_from(CoproductionSession)
        .outerjoin(SessionCost, SessionCost.session_id == CoproductionSession.id)
        .where(
            CoproductionSession.state.in_(WAS_HELD),
            CoproductionSession.starts_at >= _moment(begins),
            CoproductionSession.starts_at < _moment(ends),
        )
        for place, (begins, ends) in enumerate(rows)
    ]
    found = {row.place: row for row in db.execute(sa.union_all(*cells))}
    return [
        QuarterRow(
            begins, found[place].sessions, found[place].recorded, found[place].miles,
            found[place].pence,
        )
        for place, (begins, _) in enumerate(rows)
    ]  # fmt: skip


def _five_came(db: Session, session_id: int) -> bool:
    return bool(db.scalar(sa.select(five_came()).where(CoproductionSession.id == session_id)))


def _first_of_quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _quarter_before(first: date) -> date:
    return date(first.year - 1, 10, 1) if first.month == 1 else date(first.year, first.month - 3, 1)


def _next_quarter(first: date) -> date:
    return date(first.year + 1, 1, 1) if first.month == 10 else date(first.year, first.month + 3, 1)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
