"""The way to where people meet and what came of it: a session, a meeting, a paper and so on.

Each read returns only what its reader may open.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CoproductionSession, Decision, Meeting, Paper, SessionFound
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.way_steps import Way, actions, opportunities, theme_of
from coprod_data.queries.way_together_steps import groups, meetings, papers, sessions, venues


def way_of_session(db: Session, actor: Actor, session_id: int) -> Way:
    """Return the theme of a session, the opportunity that it works on, its group and its venue, and
    the opportunities that were found there.
    """
    actor.must(Permission.SESSIONS_READ)
    row = db.get(CoproductionSession, session_id)
    if row is None:
        return Way.of(actor, [], [])
    found = sa.select(SessionFound.opportunity_id).where(SessionFound.session_id == session_id)
    return Way.of(
        actor,
        [theme_of(db, actor, [row.theme_id]) if row.theme_id else [],
         opportunities(db, actor, [row.opportunity_id]) if row.opportunity_id else [],
         groups(db, actor, [row.group_id]) if row.group_id else [],
         venues(db, actor, [row.venue_id]) if row.venue_id else []],
        [opportunities(db, actor, found)],
    )  # fmt: skip


def way_of_meeting(db: Session, actor: Actor, meeting_id: int) -> Way:
    """Return the theme of a meeting, its papers, and the actions that it decided."""
    actor.must(Permission.MEETINGS_READ)
    theme = sa.select(Meeting.theme_id).where(Meeting.id == meeting_id)
    written = sa.select(Paper.id).where(Paper.meeting_id == meeting_id)
    decided = sa.select(Decision.action_id).where(
        Decision.meeting_id == meeting_id, Decision.action_id.is_not(None)
    )
    return Way.of(
        actor,
        [theme_of(db, actor, theme)],
        [papers(db, actor, written), actions(db, actor, decided)],
    )


def way_of_paper(db: Session, actor: Actor, paper_id: int) -> Way:
    """Return the meeting that a paper is for, and its theme."""
    actor.must(Permission.PAPERS_READ)
    meeting = sa.select(Paper.meeting_id).where(Paper.id == paper_id)
    theme = sa.select(Meeting.theme_id).where(Meeting.id.in_(meeting))
    return Way.of(actor, [theme_of(db, actor, theme), meetings(db, actor, meeting)], [])


def way_of_group(db: Session, actor: Actor, group_id: int) -> Way:
    """Return the sessions of a group."""
    actor.must(Permission.GROUPS_READ)
    held = sa.select(CoproductionSession.id).where(CoproductionSession.group_id == group_id)
    return Way.of(actor, [], [sessions(db, actor, held)])


def way_of_venue(db: Session, actor: Actor, venue_id: int) -> Way:
    """Return the sessions at a venue."""
    actor.must(Permission.VENUES_READ)
    there = sa.select(CoproductionSession.id).where(CoproductionSession.venue_id == venue_id)
    return Way.of(actor, [], [sessions(db, actor, there)])
