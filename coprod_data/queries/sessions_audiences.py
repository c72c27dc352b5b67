"""Groups that already meet, to go to first: how often each was asked, and what it was told."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Group
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.sessions import WAS_HELD

A_YEAR = timedelta(days=365)
OF_YOUNG_PEOPLE = (
    GroupKind.YOUNG_PEOPLE,
    GroupKind.ACTION,
    GroupKind.PARENTS_CARERS,
    GroupKind.PANEL,
)


@dataclass(frozen=True)
class AudienceRow:
    """A group: when and where it meets, how many sessions were held with it in twelve months, the
    day of the newest, and what was heard at that one, "" while that is not written up.
    """

    id: int
    name: str
    meets: str
    asked: int
    last_on: date | None
    last_heard: str


def audiences(db: Session, actor: Actor) -> list[AudienceRow]:
    """Return the groups with young people or families that still meet, the least asked first."""
    actor.must(Permission.SESSIONS_READ)
    held = sa.and_(
        CoproductionSession.group_id == Group.id, CoproductionSession.state.in_(WAS_HELD)
    )
    lately = CoproductionSession.starts_at > actor.at - A_YEAR
    newest = sa.select(sa.func.max(CoproductionSession.starts_at)).where(held)
    heard = (
        sa.select(CoproductionSession.heard)
        .where(held)
        .order_by(CoproductionSession.starts_at.desc(), CoproductionSession.id.desc())
        .limit(1)
    )
    asked = sa.select(sa.func.count()).select_from(CoproductionSession).where(held, lately)
    rows = db.execute(
        sa.select(
            Group.id, Group.name, Group.meets, asked.scalar_subquery().label("asked"),
            newest.scalar_subquery().label("newest"), heard.scalar_subquery().label("heard"),
        )
        .where(Group.closed_at.is_(None), Group.kind.in_(OF_YOUNG_PEOPLE))
    ).all()  # fmt: skip
    found = [
        AudienceRow(
            id=row.id,
            name=row.name,
            meets=row.meets or "",
            asked=row.asked,
            last_on=london_day(row.newest) if row.newest else None,
            last_heard=row.heard or "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.asked, row.last_on or date.min, row.name))
