"""What a calendar shows of sessions and meetings: title and time, no place and no young person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CalendarFeed,
    CoproductionSession,
    Event,
    Invitation,
    Meeting,
    MeetingInvited,
    Membership,
    Person,
    PromiseTheme,
    SessionTask,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import A_DAY, LONDON, london_day
from coprod_data.scopes.opportunities import members_asked
from coprod_data.scopes.people import holds
from coprod_data.scopes.sessions import WHO_READS
from coprod_data.store.one_time_links import CALENDAR, hash_of, token_again
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.meetings import MeetingReply, MeetingState
from coprod_data.vocabulary.sessions import SessionState

USUAL = timedelta(hours=2)  # where nobody wrote when a meeting ends
KEPT = timedelta(days=60)  # so long what is over stays in a calendar
MOST = 500  # rows of one calendar; the newest stay
GONE = "There is no such calendar any more. Make a new address on the page of your account."


@dataclass(frozen=True)
class CalendarRow:
    """Something in a calendar. `what` and `id` name it for good; `sequence` grows as it changes.

    `sure` is False while its day may still change, `off` says that it was cancelled. Days instead
    of moments mean that it takes the whole day.
    """

    what: str
    id: int
    made_at: datetime
    title: str
    starts_at: date
    ends_at: date
    sequence: int
    sure: bool
    off: bool


def calendar_of_mine(db: Session, actor: Actor) -> str | None:
    """Return the token of this person's calendar, None where they have none."""
    actor.must(Permission.CALENDARS_OWN)
    feed = db.scalars(
        sa.select(CalendarFeed).filter_by(person_id=actor.id, ended_at=None)
    ).first()  # fmt: skip
    if feed is None:
        return None
    return token_again(db.info["keys"], feed.id, feed.token_hash, CALENDAR)


def calendar_read(db: Session, actor: Actor, token: str) -> list[CalendarRow]:
    """Return what stands in the calendar that a token opens, the next first. Raises NotFound for
    one that has ended, or whose owner left or reads no sessions any more.
    """
    actor.must(Permission.SIGN_IN)
    owner = db.scalar(
        sa.select(CalendarFeed.person_id)
        .join(Person, Person.id == CalendarFeed.person_id)
        .where(
            CalendarFeed.token_hash == hash_of(token), CalendarFeed.ended_at.is_(None),
            holds(*WHO_READS),
        )
    )  # fmt: skip
    if owner is None:
        raise NotFound(GONE)
    rows = [row for source in SOURCES for row in source(db, owner, actor.at)]
    return sorted(rows, key=_order)[-MOST:]


def session_for_calendar(db: Session, actor: Actor, session_id: int) -> CalendarRow:
    """Return one session as a calendar shows it. Raises NotFound."""
    actor.must(Permission.CALENDARS_OWN)
    rows = _rows(db, _sessions().where(CoproductionSession.id == session_id))
    if not rows:
        raise NotFound("We could not find that session.")
    return rows[0]


def _sessions() -> Any:
    one = CoproductionSession
    return sa.select(
        sa.literal("session"), one.id, one.planned_at, one.title, one.starts_at, one.ends_at,
        one.sequence, one.state != SessionState.PLANNED, one.state == SessionState.CANCELLED,
    )  # fmt: skip


def _sessions_of(db: Session, owner: int, at: datetime) -> list[CalendarRow]:
    """Those that somebody leads, planned, has something to do before, is asked to, or that are with
    a group they are in.
    """
    task = sa.exists().where(
        SessionTask.session_id == CoproductionSession.id, SessionTask.person_id == owner
    )
    asked = sa.exists().where(Invitation.person_id == owner, members_asked())
    member = sa.exists().where(
        Membership.group_id == CoproductionSession.group_id, Membership.person_id == owner,
        sa.or_(Membership.left_on.is_(None), Membership.left_on > london_day(at)),
    )  # fmt: skip
    return _rows(
        db,
        _sessions()
        .where(
            CoproductionSession.ends_at > at - KEPT,
            sa.or_(
                CoproductionSession.facilitator_id == owner,
                CoproductionSession.planned_by_id == owner,
                task.correlate(CoproductionSession),
                asked.correlate(CoproductionSession),
                member.correlate(CoproductionSession),
            ),
        )
        .order_by(CoproductionSession.starts_at.desc())
        .limit(MOST),
    )


def _meetings_of(db: Session, owner: int, at: datetime) -> list[CalendarRow]:
    """Meetings of the Board to which somebody is invited and has not sent apologies.

    How often one was changed is how many events tell of it.
    """
    told = sa.select(sa.func.count()).where(
        Event.subject_type == Meeting.__tablename__, Event.subject_id == Meeting.id
    )
    rows = db.execute(
        sa.select(Meeting, PromiseTheme.title, told.scalar_subquery())
        .join(MeetingInvited, MeetingInvited.meeting_id == Meeting.id)
        .outerjoin(PromiseTheme, PromiseTheme.id == Meeting.theme_id)
        .where(
            MeetingInvited.person_id == owner,
            sa.or_(MeetingInvited.reply.is_(None), MeetingInvited.reply != MeetingReply.APOLOGIES),
            Meeting.meets_on > london_day(at - KEPT),
        )
        .order_by(Meeting.meets_on.desc())
        .limit(MOST)
    )
    return [_of_meeting(one, theme or "", changed) for one, theme, changed in rows]


def _of_meeting(one: Meeting, theme: str, changed: int) -> CalendarRow:
    """Return a meeting as a row; one without a time takes the whole day."""
    starts: date = one.meets_on
    ends: date = one.meets_on + A_DAY
    if one.begins:
        starts = datetime.combine(one.meets_on, time.fromisoformat(one.begins), LONDON)
        ends = starts + USUAL
        if one.ends > one.begins:
            ends = datetime.combine(one.meets_on, time.fromisoformat(one.ends), LONDON)
    board = labelled("The Board")
    return CalendarRow(
        "meeting", one.id, one.planned_at, f"{board}: {theme}" if theme else board,
        starts, ends, changed, sure=True, off=one.state is MeetingState.CANCELLED,
    )  # fmt: skip


Source = Callable[[Session, int, datetime], list[CalendarRow]]
SOURCES: tuple[Source, ...] = (_sessions_of, _meetings_of)


def _order(row: CalendarRow) -> tuple[date, str, int]:
    day = london_day(row.starts_at) if isinstance(row.starts_at, datetime) else row.starts_at
    return day, row.what, row.id


def _rows(db: Session, statement: Any) -> list[CalendarRow]:
    return [CalendarRow(*row) for row in db.execute(statement)]
