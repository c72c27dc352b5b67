"""Which session a command may work on, and in which state. Nothing here writes."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import known, locked, must_be_promised_theme
from coprod_data.models import (
    CardEntry,
    CoproductionSession,
    FeedbackWaiting,
    Group,
    Opportunity,
    Person,
    RoomScreen,
    SessionDate,
    SessionFeedback,
    Venue,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused
from coprod_data.rules.session_plan import SessionPlan
from coprod_data.scopes.sessions import may_change, plans_sessions, was_planned_ahead
from coprod_data.vocabulary.sessions import WAS_HELD, SessionState


def session_of(
    db: Session, actor: Actor, session_id: int, *states: SessionState
) -> CoproductionSession:
    """Return a session that this actor may change, locked, in one of these states, else in any.

    Who may not change every session changes those they lead or planned. Raises NotFound,
    NotAllowed, Refused.
    """
    session = locked(db, CoproductionSession, session_id, "session")
    if not may_change(actor, session):
        raise NotAllowed(
            "Only the person who leads this session, or the Youth Voice Team, may change it."
        )
    if states and session.state not in states:
        raise Refused(f"This session is already: {session.state.words.lower()}. Reload the page.")
    return session


def must_be_there(db: Session, plan: SessionPlan, before: CoproductionSession | None) -> None:
    """Check that everything a plan names is there and may be chosen; what was chosen before may.

    Raises NotFound, Invalid.
    """
    if before is None or plan.theme_id != before.theme_id:
        must_be_promised_theme(db, plan.theme_id)
    if before is None or plan.facilitator_id != before.facilitator_id:
        must_plan_sessions(
            db, plan.facilitator_id or 0,
            "Choose a worker or a manager. Young people are credited below by first name.",
            field="facilitator_id",
        )  # fmt: skip
    venue = known(db, Venue, id=plan.venue_id) if plan.venue_id else None
    if plan.venue_id and (venue is None or venue.closed_at and not _was(before, plan, "venue_id")):
        raise NotFound("This venue is not used any more. Choose another.", field="venue_id")
    group = known(db, Group, id=plan.group_id) if plan.group_id else None
    if plan.group_id and (group is None or group.closed_at and not _was(before, plan, "group_id")):
        raise NotFound("This group does not meet any more. Choose another.", field="group_id")
    asked = before is not None and known(db, SessionDate, session_id=before.id)
    if asked and not _was(before, plan, "opportunity_id"):
        raise Invalid(
            "Those in this work were asked for a day. Cancel this session and plan another.",
            field="opportunity_id",
        )
    if plan.opportunity_id and known(db, Opportunity, id=plan.opportunity_id) is None:
        raise NotFound("We could not find that opportunity.", field="opportunity_id")


def must_say_since(db: Session, session: CoproductionSession, plan: SessionPlan) -> None:
    """Check that a group which was asked before is told what came of it, in a series once: before
    its first workshop with this group. Raises Invalid.
    """
    if plan.group_id is None or plan.since_last:
        return
    if session.series_id is not None and db.scalar(
        sa.select(CoproductionSession.id).where(
            CoproductionSession.series_id == session.series_id,
            CoproductionSession.series_place < session.series_place,
            CoproductionSession.group_id == plan.group_id,
            CoproductionSession.state != SessionState.CANCELLED,
        )
        .limit(1)
    ):  # fmt: skip
        return
    before = sa.select(CoproductionSession.id).where(
        CoproductionSession.group_id == plan.group_id,
        CoproductionSession.state.in_(WAS_HELD),
        CoproductionSession.starts_at < session.starts_at,
        CoproductionSession.id != session.id,
    )
    if db.scalar(before.limit(1)) is not None:
        raise Invalid(
            "They were asked before. Say first what happened after the last one.",
            field="since_last",
        )


def must_plan_sessions(db: Session, person_id: int, why: str, *, field: str) -> None:
    """Check that an open account may plan sessions; who may not could neither see nor tick it.

    Raises NotFound, Invalid.
    """
    plans = db.scalar(sa.select(plans_sessions()).where(Person.id == person_id))
    if plans is None:
        raise NotFound("We could not find that account.", field=field)
    if not plans:
        raise Invalid(why, field=field)


def must_stay_on_its_day(db: Session, session: CoproductionSession) -> None:
    """Go on only where nobody has joined in: what was sent belongs to the day on which it was sent.

    Raises Refused.
    """
    joined = (CardEntry, FeedbackWaiting, SessionFeedback, RoomScreen)
    found = (sa.exists().where(one.session_id == session.id) for one in joined)
    if any(db.execute(sa.select(*found)).one()):
        raise Refused(
            "People have joined in already, and what they said was for that day. Record who came, "
            "and plan a new session for the other day."
        )


def must_be_planned_ahead(session: CoproductionSession) -> None:
    """Go on only where a session was planned before it began. Raises Refused."""
    if not was_planned_ahead(session):
        raise Refused("It was written down after it had begun, so phones cannot join it.")


def _was(before: CoproductionSession | None, plan: SessionPlan, name: str) -> bool:
    return before is not None and getattr(before, name) == getattr(plan, name)
