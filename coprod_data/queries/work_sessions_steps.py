"""Waits about sessions: when to meet, who came, the question that closes one, the write-up.

A session that is off is told to those who were asked to it. The others wait for who leads it; where
that person has left, for the Youth Voice Team.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    CoproductionSession,
    Invitation,
    Opportunity,
    Person,
    SessionAnswer,
    SessionDate,
    SessionTask,
    SessionThanks,
)
from coprod_data.queries.work_steps import (
    DUE_BY,
    LATER_AFTER,
    ME,
    NOW,
    OFF_AFTER,
    TODAY,
    Statement,
    wait,
)
from coprod_data.scopes.opportunities import members_asked
from coprod_data.scopes.sessions import days_proposed, takes_answers
from coprod_data.vocabulary.sessions import AFTER, AHEAD, WAS_HELD, SessionReply
from coprod_data.vocabulary.sessions import SessionState as S
from coprod_data.vocabulary.work import WorkKind

_LEADS = aliased(Person)
_OWED = (S.HELD, S.REVIEWED, *AHEAD)
_DUE = sa.case(
    (CoproductionSession.state == S.HELD, CoproductionSession.review_by),
    else_=CoproductionSession.write_up_by,
)


def sessions_to_finish() -> Statement:
    """Select sessions that this person leads and owes the next step of."""
    return _to_finish(WorkKind.SESSION).where(CoproductionSession.facilitator_id == ME)


def sessions_without_leader() -> Statement:
    """Select sessions with a step owed whose leader's account is closed."""
    return (
        _to_finish(WorkKind.NO_FACILITATOR)
        .join(_LEADS, _LEADS.id == CoproductionSession.facilitator_id)
        .where(_LEADS.disabled_at.is_not(None))
    )


def sessions_to_close() -> Statement:
    """Select sessions that are written up and can be closed."""
    return wait(
        WorkKind.SESSION_CLOSE, CoproductionSession.id, CoproductionSession.title,
        CoproductionSession.ends_at,
    ).where(CoproductionSession.state == S.WRITTEN_UP)  # fmt: skip


def tasks_to_do() -> Statement:
    """Select what this person is to do before a session, due within two weeks."""
    return (
        wait(
            WorkKind.SESSION_TASK, CoproductionSession.id, SessionTask.text,
            sa.null(), due_on=SessionTask.due_on, late=SessionTask.due_on < TODAY,
            note=CoproductionSession.title,
        )
        .join(CoproductionSession, CoproductionSession.id == SessionTask.session_id)
        .where(
            SessionTask.person_id == ME,
            SessionTask.done_at.is_(None),
            sa.func.coalesce(SessionTask.due_on, TODAY) <= DUE_BY,
            CoproductionSession.state.in_(AHEAD),
        )
    )  # fmt: skip


def thanks_owed() -> Statement:
    """Select sessions that this person leads at which thanks were taken and are not given yet.

    Where the leader has left, for who planned it. They are due when the write-up is.
    """
    owed = sa.exists().where(
        SessionThanks.session_id == CoproductionSession.id,
        SessionThanks.taken > SessionThanks.given,
    )
    left = sa.and_(CoproductionSession.planned_by_id == ME, _LEADS.disabled_at.is_not(None))
    return (
        wait(
            WorkKind.THANKS_OWED, CoproductionSession.id, CoproductionSession.title,
            CoproductionSession.ends_at, due_on=CoproductionSession.write_up_by,
            late=sa.func.coalesce(CoproductionSession.write_up_by < TODAY, sa.false()),
        )
        .join(_LEADS, _LEADS.id == CoproductionSession.facilitator_id)
        .where(
            sa.or_(CoproductionSession.facilitator_id == ME, left),
            CoproductionSession.state.in_(WAS_HELD), owed,
        )
    )  # fmt: skip


def meetings_to_answer() -> Statement:
    """Select first meetings that this person is asked to and has not answered, or answered "not
    now, ask me later" some days ago.
    """
    return _asked_to_meet(WorkKind.MEET_ANSWER).where(~_has_answered())


def day_of_mine() -> Statement:
    """Select first meetings that this person has answered and whose day is not fixed, with the days
    that are proposed, in no order.
    """
    days = (
        sa.select(sa.func.aggregate_strings(sa.cast(SessionDate.starts_at, sa.String), ","))
        .where(SessionDate.session_id == CoproductionSession.id)
        .correlate(CoproductionSession)
        .scalar_subquery()
    )
    return _asked_to_meet(WorkKind.WAITS_MEET, note=days).where(
        CoproductionSession.state == S.PLANNED, _has_answered()
    )


def sessions_off() -> Statement:
    """Select sessions that somebody else cancelled lately and whose day has not come: for a member
    who was asked to it, for who leads it, and for who was to do something before it.
    """
    member = sa.exists().where(Invitation.person_id == ME, members_asked(), days_proposed())
    task = sa.exists().where(
        SessionTask.session_id == CoproductionSession.id, SessionTask.person_id == ME,
        SessionTask.done_at.is_(None),
    )  # fmt: skip
    return wait(
        WorkKind.MEET_OFF, CoproductionSession.id, CoproductionSession.title,
        CoproductionSession.cancelled_at, note=CoproductionSession.why_cancelled,
    ).where(
        CoproductionSession.state == S.CANCELLED,
        CoproductionSession.starts_at > NOW,
        CoproductionSession.cancelled_at > OFF_AFTER,
        CoproductionSession.cancelled_by_id != ME,
        sa.or_(
            CoproductionSession.facilitator_id == ME,
            task.correlate(CoproductionSession),
            member.correlate(CoproductionSession),
        ),
    )  # fmt: skip


def days_to_choose() -> Statement:
    """Select sessions whose day is not chosen, to which a young person and a member answered, or
    somebody that no day suits.
    """
    given = sa.exists().where(SessionAnswer.session_id == CoproductionSession.id)
    both = sa.and_(
        given.where(SessionAnswer.young_id.is_not(None)),
        given.where(SessionAnswer.invitation_id.is_not(None)),
    )
    other = given.where(SessionAnswer.answer != SessionReply.CAN)
    return wait(
        WorkKind.MEET_CHOOSE, CoproductionSession.id, CoproductionSession.title, sa.null(),
    ).where(
        CoproductionSession.state == S.PLANNED, takes_answers(NOW), sa.or_(both, other)
    )  # fmt: skip


def _asked_to_meet(kind: WorkKind, **more: Any) -> Statement:
    """Select first meetings to which this person is asked and whose days are still to come."""
    return (
        wait(kind, CoproductionSession.id, Opportunity.title, sa.null(), **more)
        .join(Opportunity, Opportunity.id == CoproductionSession.opportunity_id)
        .join(Invitation, members_asked())
        .where(Invitation.person_id == ME, takes_answers(NOW))
    )


def _has_answered() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        SessionAnswer.session_id == CoproductionSession.id,
        SessionAnswer.invitation_id == Invitation.id,
        sa.or_(SessionAnswer.answer != SessionReply.LATER, SessionAnswer.answered_at > LATER_AFTER),
    )


def _to_finish(kind: WorkKind) -> Statement:
    """Select what was to be held by now, or was held and waits for an answer or a write-up."""
    late = sa.and_(CoproductionSession.state.in_(AFTER), _DUE < TODAY)
    return wait(
        kind, CoproductionSession.id, CoproductionSession.title, CoproductionSession.ends_at,
        note=sa.type_coerce(CoproductionSession.state, sa.String), due_on=_DUE,
        late=sa.func.coalesce(late, sa.false()),
    ).where(
        CoproductionSession.state.in_(_OWED),
        CoproductionSession.ends_at <= NOW,
    )  # fmt: skip
