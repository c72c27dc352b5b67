"""Waits about meetings of the Board: who comes, what was decided, a paper to sign, an office."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import (
    AgendaItem,
    Decision,
    Event,
    Meeting,
    MeetingInvited,
    Paper,
    Person,
    Post,
)
from coprod_data.queries.work_steps import (
    ASKED_AFTER,
    DUE_BY,
    ME,
    NEVER,
    OFF_AFTER,
    TODAY,
    Statement,
    wait,
)
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import AHEAD, TO_BE_DONE, MeetingReply, MeetingState
from coprod_data.vocabulary.papers import PaperState
from coprod_data.vocabulary.posts import Office
from coprod_data.vocabulary.work import WorkKind


def meetings_to_come_to() -> Statement:
    """Select meetings of the next two weeks that this person is asked to and has not answered."""
    return (
        wait(WorkKind.MEETING_COMES, Meeting.id, _where(), NEVER, due_on=Meeting.meets_on)
        .join(MeetingInvited, MeetingInvited.meeting_id == Meeting.id)
        .where(
            MeetingInvited.person_id == ME,
            MeetingInvited.reply.is_(None),
            Meeting.state.in_(AHEAD),
            Meeting.meets_on >= TODAY,
            Meeting.meets_on <= DUE_BY,
        )
    )


def meetings_off() -> Statement:
    """Select meetings that somebody else cancelled lately and whose day has not come, for those
    invited to them who did not send apologies.
    """
    newest = (
        sa.select(sa.func.max(Event.id))
        .where(
            Event.kind == EventKind.MEETING_CANCELLED,
            Event.subject_type == Meeting.__tablename__,
            Event.subject_id == Meeting.id,
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    return (
        wait(
            WorkKind.MEETING_OFF, Meeting.id, _where(), Event.at,
            due_on=Meeting.meets_on, note=Meeting.why_cancelled,
        )
        .join(MeetingInvited, MeetingInvited.meeting_id == Meeting.id)
        .join(Event, Event.id == newest)
        .where(
            MeetingInvited.person_id == ME,
            sa.func.coalesce(MeetingInvited.reply, "") != MeetingReply.APOLOGIES,
            Meeting.state == MeetingState.CANCELLED,
            Meeting.meets_on >= TODAY,
            Event.at > OFF_AFTER,
            Event.actor_id != ME,
        )
    )  # fmt: skip


def agendas_too_long() -> Statement:
    """Select meetings to come whose agenda has more minutes than they last, for those who keep
    meetings. `met` are the minutes planned, `whole` those that the meeting has.
    """
    planned = (
        sa.select(sa.func.coalesce(sa.func.sum(AgendaItem.minutes), 0))
        .where(AgendaItem.meeting_id == Meeting.id, AgendaItem.removed_at.is_(None))
        .correlate(Meeting)
        .scalar_subquery()
    )
    lasts = _minute_of(Meeting.ends) - _minute_of(Meeting.begins)
    return wait(
        WorkKind.AGENDA_LONG, Meeting.id, _where(), NEVER,
        due_on=Meeting.meets_on, met=planned, whole=lasts,
    ).where(
        Meeting.state.in_(AHEAD),
        Meeting.meets_on >= TODAY,
        Meeting.begins != "",
        Meeting.ends != "",
        planned > lasts,
    )  # fmt: skip


def _told() -> Any:
    """The words of a decision; without the public none, since the Overview is shown in rooms."""
    return sa.case((AgendaItem.private, "Decided without the public"), else_=Decision.wording)


def decisions_to_confirm() -> Statement:
    """Select decisions that were written down and wait for the chair."""
    wrote = aliased(Person)
    return (
        wait(
            WorkKind.DECISION_CONFIRM, Decision.meeting_id, _told(),
            Decision.recorded_at, who=wrote.name,
        )
        .join(wrote, wrote.id == Decision.recorded_by_id)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(Decision.confirmed_at.is_(None))
    )  # fmt: skip


def decisions_to_carry_out() -> Statement:
    """Select what meetings decided that this person does, late or due within two weeks."""
    return wait(
        WorkKind.DECISION_DUE, Decision.meeting_id, _told(), NEVER,
        due_on=Decision.due_on, late=sa.func.coalesce(Decision.due_on < TODAY, sa.false()),
    ).join(AgendaItem, AgendaItem.id == Decision.item_id).where(
        Decision.owner_id == ME,
        Decision.confirmed_at.is_not(None),
        Decision.action_id.is_(None),
        Decision.done_at.is_(None),
        Decision.result.in_(TO_BE_DONE),
        sa.or_(
            sa.func.coalesce(Decision.due_on, TODAY) <= DUE_BY,
            Decision.confirmed_at > ASKED_AFTER,  # they hear of it, however far its day is
        ),
    )  # fmt: skip


def papers_to_sign() -> Statement:
    """Select papers that wait for whoever holds the post of executive director today."""
    held = Post.office == Office.EXECUTIVE_DIRECTOR, Post.began_on <= TODAY, _open_today()
    newest = sa.select(Post.person_id).where(*held).order_by(Post.began_on.desc(), Post.id.desc())
    author = aliased(Person)
    return (
        wait(
            WorkKind.PAPER_SIGN, Paper.id, Paper.title, Paper.submitted_at, who=author.name,
            due_on=Meeting.meets_on,
        )
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(author, author.id == Paper.author_id)
        .where(Paper.state == PaperState.SUBMITTED, newest.limit(1).scalar_subquery() == ME)
    )  # fmt: skip


def offices_to_fill() -> Statement:
    """Select offices whose holder's account is closed, for those who record who holds them."""
    return (
        wait(WorkKind.EMPTY_OFFICE, Post.id, Person.name, Person.disabled_at, who=Person.name,
             note=sa.type_coerce(Post.office, sa.String))
        .join(Person, Person.id == Post.person_id)
        .where(Post.ended_on.is_(None), Person.disabled_at.is_not(None))
    )  # fmt: skip


def _minute_of(clock: Any) -> Any:
    """Return the minute of the day of a time that is written as "17:30"."""
    hours, minutes = (
        sa.cast(sa.func.nullif(sa.func.substr(clock, at, 2), ""), sa.Integer) for at in (1, 4)
    )
    return hours * 60 + minutes


def _where() -> Any:
    return sa.func.coalesce(sa.func.nullif(Meeting.place, ""), "the place is not known yet")


def _open_today() -> sa.ColumnElement[bool]:
    return sa.or_(Post.ended_on.is_(None), Post.ended_on >= TODAY)
