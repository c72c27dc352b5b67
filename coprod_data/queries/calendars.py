"""What a calendar shows of a person's sessions: title and time, no place and no young person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CalendarFeed,
    CoproductionSession,
    Invitation,
    Membership,
    Person,
    SessionTask,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.opportunities import members_asked
from coprod_data.scopes.people import holds
from coprod_data.scopes.sessions import WHO_READS
from coprod_data.store.one_time_links import CALENDAR, hash_of, token_again
from coprod_data.vocabulary.sessions import SessionState

KEPT = timedelta(days=60)  # so long what is over stays in a calendar
MOST = 500  # rows of one calendar; the newest stay
GONE = "There is no such calendar any more. Make a new address on the page of your account."


@dataclass(frozen=True)
class CalendarRow:
    """Something in a calendar. `what` and `id` name it for good; `sequence` grows as it changes.

    `sure` is False while its day may still change, `off` says that it was cancelled.
    """

    what: str
    id: int
    made_at: datetime
    title: str
    starts_at: datetime
    ends_at: datetime
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
    rows = [
        row
        for source in SOURCES
        for row in _rows(db, source(owner, actor.at - KEPT, london_day(actor.at)))
    ]
    return sorted(rows, key=lambda row: (row.starts_at, row.what, row.id))[-MOST:]


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


def _sessions_of(owner: int, since: datetime, today: date) -> Any:
    """Those that somebody leads, planned, has something to do before, is asked to, or that are with
    a group they are in.
    """
    task = sa.exists().where(
        SessionTask.session_id == CoproductionSession.id, SessionTask.person_id == owner
    )
    asked = sa.exists().where(Invitation.person_id == owner, members_asked())
    member = sa.exists().where(
        Membership.group_id == CoproductionSession.group_id, Membership.person_id == owner,
        sa.or_(Membership.left_on.is_(None), Membership.left_on > today),
    )  # fmt: skip
    return (
        _sessions()
        .where(
            CoproductionSession.ends_at > since,
            sa.or_(
                CoproductionSession.facilitator_id == owner,
                CoproductionSession.planned_by_id == owner,
                task.correlate(CoproductionSession),
                asked.correlate(CoproductionSession),
                member.correlate(CoproductionSession),
            ),
        )
        .order_by(CoproductionSession.starts_at.desc())
        .limit(MOST)
    )


Source = Callable[[int, datetime, date], Any]
SOURCES: tuple[Source, ...] = (_sessions_of,)  # each selects the columns of CalendarRow


def _rows(db: Session, statement: Any) -> list[CalendarRow]:
    return [CalendarRow(*row) for row in db.execute(statement)]
