"""What a session should lead to, the series it is in, and the rules that its group agreed."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Group, SessionGoal
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.sessions import GoalReached, SessionState


@dataclass(frozen=True)
class GoalRow:
    """What a session should lead to; `reached` is None until somebody said whether it did."""

    id: int
    text: str
    reached: GoalReached | None


@dataclass(frozen=True)
class SeriesRow:
    """A workshop of a series, in its place."""

    id: int
    place: int
    title: str
    starts_at: datetime
    state: SessionState


@dataclass(frozen=True)
class AgreedRules:
    """Ground rules as a group agreed them last: who, and on which day."""

    group: str
    rules: str
    on: date


def goals(db: Session, actor: Actor, session_id: int) -> list[GoalRow]:
    """Return what a session should lead to, as it was written."""
    actor.must(Permission.SESSIONS_READ)
    rows = db.scalars(
        sa.select(SessionGoal).filter_by(session_id=session_id).order_by(SessionGoal.id)
    )
    return [GoalRow(row.id, row.text, row.reached) for row in rows]


def series(db: Session, actor: Actor, series_id: int) -> list[SeriesRow]:
    """Return the workshops of a series in their order."""
    actor.must(Permission.SESSIONS_READ)
    one = CoproductionSession
    rows = db.execute(
        sa.select(one.id, one.series_place, one.title, one.starts_at, one.state)
        .where(one.series_id == series_id, one.series_place.is_not(None))
        .order_by(one.series_place)
    )
    return [SeriesRow(row[0], row[1] or 0, row[2], row[3], row[4]) for row in rows]


def rules_agreed(db: Session, actor: Actor, group_id: int) -> AgreedRules | None:
    """Return the ground rules that a group agreed last, None where it agreed none."""
    actor.must(Permission.SESSIONS_READ)
    one = CoproductionSession
    row = db.execute(
        sa.select(Group.name, one.ground_rules, one.rules_agreed_at)
        .join(Group, Group.id == one.group_id)
        .where(one.group_id == group_id, one.rules_agreed_at.is_not(None))
        .order_by(one.rules_agreed_at.desc(), one.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row[2] is None:
        return None
    return AgreedRules(row[0], row[1], london_day(row[2]))
