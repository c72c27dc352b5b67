"""The year's calendar: each theme of The Promise with its themed conversations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Meeting, PromiseTheme
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import A_DAY, LONDON, london_day
from coprod_data.scopes.promise import theme_in_force, themes_carried_on
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.sessions import WAS_HELD, SessionKind, SessionState


@dataclass(frozen=True)
class ThemeYear:
    """A theme's themed conversations in a year: each day, and whether it was held.

    `last_on` is the newest one held before the year, None if there was none.
    """

    theme_id: int
    theme: str
    icon: str
    days: tuple[tuple[date, bool, int], ...]
    last_on: date | None


def conversations(db: Session, actor: Actor, first: date, last: date) -> list[ThemeYear]:
    """Return, for each part of The Promise in force, its themed conversations from day to day.

    A conversation about an earlier wording of a part counts for the part that carries it on.
    """
    actor.must(Permission.SESSIONS_READ)
    pairs = themes_carried_on()
    starts = CoproductionSession.starts_at
    begins, ends = (
        datetime.combine(day, time(), LONDON).astimezone(UTC) for day in (first, last + A_DAY)
    )
    spoken = sa.and_(
        CoproductionSession.theme_id == pairs.c.then_id,
        CoproductionSession.kind == SessionKind.THEMED_CONVERSATION,
    )
    parts = db.execute(
        sa.select(PromiseTheme.id, PromiseTheme.title, PromiseTheme.icon)
        .where(theme_in_force(), PromiseTheme.catch_all.is_(False))
        .order_by(PromiseTheme.position)
    ).all()
    found = db.execute(
        sa.select(
            pairs.c.now_id, CoproductionSession.id, CoproductionSession.starts_at,
            CoproductionSession.state,
        )
        .join(CoproductionSession, spoken)
        .where(
            starts >= begins, starts < ends, CoproductionSession.state != SessionState.CANCELLED
        )
        .order_by(starts)
    ).all()  # fmt: skip
    days: dict[int, list[tuple[date, bool, int]]] = {part.id: [] for part in parts}
    for now_id, session_id, starts_at, state in found:
        if now_id in days:
            days[now_id].append((london_day(starts_at), state in WAS_HELD, session_id))
    newest = {
        row.now_id: london_day(row.newest)
        for row in db.execute(
            sa.select(pairs.c.now_id, sa.func.max(starts).label("newest"))
            .join(CoproductionSession, spoken)
            .where(starts < begins, CoproductionSession.state.in_(WAS_HELD))
            .group_by(pairs.c.now_id)
        )
    }
    return [
        ThemeYear(part.id, part.title, part.icon, tuple(days[part.id]), newest.get(part.id))
        for part in parts
    ]


def board_days(db: Session, actor: Actor, first: date, last: date) -> list[date]:
    """Return the days from one to another on which the Board met or is to meet, in their order."""
    actor.must(Permission.SESSIONS_READ)
    days = db.scalars(
        sa.select(Meeting.meets_on)
        .where(Meeting.state != MeetingState.CANCELLED, Meeting.meets_on.between(first, last))
        .order_by(Meeting.meets_on)
    )
    return list(days)
