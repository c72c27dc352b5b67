"""Steps on the way where people meet: sessions, meetings, papers; no rights of their own."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Group, Meeting, Paper, Venue
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.way_steps import MOST, Ids, WayStep
from coprod_data.rules.clocks import day_words
from coprod_data.scopes.papers import readable
from coprod_data.vocabulary.way import WayKind


def sessions(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these sessions, the newest first."""
    if not actor.may(Permission.SESSIONS_READ):
        return []
    rows = db.execute(
        sa.select(CoproductionSession.id, CoproductionSession.title, CoproductionSession.state)
        .where(CoproductionSession.id.in_(ids))
        .order_by(CoproductionSession.starts_at.desc(), CoproductionSession.id.desc())
        .limit(MOST + 1)
    )
    return [WayStep(WayKind.SESSION, row.id, row.title, row.state) for row in rows]


def meetings(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these meetings of the Board by their days, the newest first."""
    if not actor.may(Permission.MEETINGS_READ):
        return []
    rows = db.execute(
        sa.select(Meeting.id, Meeting.meets_on, Meeting.state)
        .where(Meeting.id.in_(ids))
        .order_by(Meeting.meets_on.desc(), Meeting.id.desc())
        .limit(MOST + 1)
    )
    return [WayStep(WayKind.MEETING, row.id, day_words(row.meets_on), row.state) for row in rows]


def papers(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return those of these papers that the reader may open, the newest first."""
    if not actor.may(Permission.PAPERS_READ):
        return []
    rows = db.execute(
        sa.select(Paper.id, Paper.title, Paper.state)
        .where(Paper.id.in_(ids), readable(actor))
        .order_by(Paper.id.desc())
        .limit(MOST + 1)
    )
    return [WayStep(WayKind.PAPER, row.id, row.title, row.state) for row in rows]


def groups(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these groups."""
    if not actor.may(Permission.GROUPS_READ):
        return []
    rows = db.execute(sa.select(Group.id, Group.name).where(Group.id.in_(ids)).order_by(Group.name))
    return [WayStep(WayKind.GROUP, row.id, row.name) for row in rows]


def venues(db: Session, actor: Actor, ids: Ids) -> list[WayStep]:
    """Return these venues."""
    if not actor.may(Permission.VENUES_READ):
        return []
    rows = db.execute(sa.select(Venue.id, Venue.name).where(Venue.id.in_(ids)).order_by(Venue.name))
    return [WayStep(WayKind.VENUE, row.id, row.name) for row in rows]
