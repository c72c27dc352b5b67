"""What the council learns of each way of asking: whom it reached, and who replied, each time.

The same people come to a stand and get a letter. So no number of one session is added to another's,
not even of one channel: the times are listed, and the most at one time is told.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, SessionCame, SessionReach
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.session_reach import Reach, channel_of
from coprod_data.rules.small_numbers import SMALLEST, per_hundred, shown
from coprod_data.scopes.sessions import may_change
from coprod_data.vocabulary.sessions import WAS_HELD, AttendeeKind, SessionChannel

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ReachRow:
    """One session: whom it reached and who replied, None for fewer than five, and both where one to
    four young people came: less the others who did, they would be what is left. Where all but one
    to four replied, how many did is hidden too. `per_hundred` is how many replied of each hundred,
    None where one of the two is hidden or fewer than ten were.
    """

    session_id: int
    title: str
    day: date
    reached: int | None
    replies: int | None
    per_hundred: int | None


@dataclass(frozen=True)
class ChannelRow:
    """A way of asking: how many sessions of a year it was, and those whose reach is recorded.

    `best` is the session at which most of each hundred replied, None where that is not known.
    """

    channel: SessionChannel
    sessions: int
    times: tuple[ReachRow, ...]
    best: ReachRow | None


def channels(db: Session, actor: Actor) -> list[ChannelRow]:
    """Return each way of asking that was used in twelve months, the one that worked best first."""
    actor.must(Permission.SESSIONS_READ)
    rows = db.execute(
        sa.select(
            CoproductionSession.id, CoproductionSession.title, CoproductionSession.kind,
            CoproductionSession.way, CoproductionSession.starts_at, CoproductionSession.group_id,
            SessionReach,
            SessionCame.number.label("young"),
        )
        .outerjoin(SessionReach, SessionReach.session_id == CoproductionSession.id)
        .outerjoin(
            SessionCame,
            sa.and_(
                SessionCame.session_id == CoproductionSession.id,
                SessionCame.kind == AttendeeKind.YOUNG_PEOPLE,
            ),
        )
        .where(
            CoproductionSession.state.in_(WAS_HELD),
            CoproductionSession.starts_at > actor.at - A_YEAR,
        )
        .order_by(CoproductionSession.starts_at.desc())
    )  # fmt: skip
    counted: defaultdict[SessionChannel, int] = defaultdict(int)
    times: defaultdict[SessionChannel, list[ReachRow]] = defaultdict(list)
    for row in rows:
        channel = channel_of(row.kind, row.way, with_group=row.group_id is not None)
        counted[channel] += 1
        if row.SessionReach is not None:
            times[channel].append(_row(row))
    found = [
        ChannelRow(channel, counted[channel], tuple(times[channel]), _best(times[channel]))
        for channel in SessionChannel
        if counted[channel]
    ]
    return sorted(found, key=lambda one: -(one.best.per_hundred or 0) if one.best else 1)


def reach_of(db: Session, actor: Actor, session_id: int) -> Reach | None:
    """Return whom a session reached as those who may change it recorded it; None for others."""
    actor.must(Permission.SESSIONS_READ)
    session = db.get(CoproductionSession, session_id)
    if session is None or not may_change(actor, session):
        return None
    return Reach.of(db.scalar(sa.select(SessionReach).filter_by(session_id=session_id)))


def _row(row: Any) -> ReachRow:
    reach: SessionReach = row.SessionReach
    few = row.young is not None and shown(row.young) is None
    reached, replies = (None if few else shown(one) for one in (reach.reached, reach.replies))
    if 0 < reach.reached - reach.replies < SMALLEST:
        replies = None
    rate = None if reached is None else per_hundred(replies, reached)
    return ReachRow(row.id, row.title, london_day(row.starts_at), reached, replies, rate)


def _best(times: list[ReachRow]) -> ReachRow | None:
    told = [one for one in times if one.per_hundred is not None]
    return max(told, key=lambda one: one.per_hundred or 0, default=None)
