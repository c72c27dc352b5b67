"""A meeting as it runs: begun and ended, and for how long each item was talked about."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.meetings_agenda_steps import draw_up
from coprod_data.commands.meetings_rules import meeting_of
from coprod_data.commands.rows import kept, locked, must_be_as_opened
from coprod_data.models import AgendaItem, HeardTime, Meeting
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import LONDON, london_day
from coprod_data.rules.meeting_time import overlap, running_for
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import AHEAD
from coprod_data.vocabulary.meetings import MeetingState as S

A_MOMENT = timedelta(microseconds=1)  # a clock that was started and stopped at one moment
NOT_BEGUN = "Begin the meeting first."


def start_meeting(db: Session, actor: Actor, meeting_id: int) -> None:
    """Begin a meeting, on its day. Raises NotFound, Refused."""
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    if meeting.started_at is not None:
        raise Refused("The meeting has begun already. Reload the page.")
    if meeting.meets_on > london_day(actor.at):
        raise Refused("Its day has not come yet. Move the meeting, if it is today.")
    draw_up(db, actor, meeting)
    meeting.started_at = actor.at
    record(db, actor, EventKind.MEETING_STARTED, meeting)


def end_meeting(db: Session, actor: Actor, meeting_id: int) -> None:
    """End a meeting; what still runs is stopped. What it did not get to comes first next time.

    A meeting that nobody began here ends the same, once its day has come. Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    if meeting.meets_on > london_day(actor.at):
        raise Refused("Its day has not come yet.")
    if (running := _running(db, meeting.id)) is not None:
        _stop(running, actor.at)
    meeting.state, meeting.ended_at = S.HELD, actor.at
    db.flush()
    following = db.scalars(
        sa.select(Meeting)
        .where(Meeting.state.in_(AHEAD), Meeting.meets_on > meeting.meets_on)
        .order_by(Meeting.meets_on)
        .limit(1)
    ).first()
    if following is not None and following.published_at is not None:
        draw_up(db, actor, following)  # its agenda was out before it was known
    record(db, actor, EventKind.MEETING_ENDED, meeting)


def resume_meeting(db: Session, actor: Actor, meeting_id: int) -> None:
    """Take back, on its day, that a meeting has ended: it goes on. Raises NotFound, Refused."""
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, S.HELD)
    if meeting.meets_on != london_day(actor.at):
        raise Refused("Its day has passed. Correct its times and decisions instead.")
    meeting.ended_at = None
    meeting.state = S.PLANNED if meeting.published_at is None else S.PUBLISHED
    record(db, actor, EventKind.MEETING_RESUMED, meeting)


def start_item(db: Session, actor: Actor, item_id: int) -> None:
    """Begin to talk about an item; one that still runs stops at this moment.

    Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item, meeting = _item_of(db, item_id)
    running = _running(db, meeting.id)
    if running is not None and running.item_id == item.id:
        raise Refused("This item is running already. Reload the page.")
    if running is not None:
        _stop(running, actor.at)
    kept(db, actor, EventKind.ITEM_STARTED, HeardTime(item_id=item.id, started_at=actor.at))


def stop_item(
    db: Session, actor: Actor, item_id: int, *, stopped_at: datetime | None = None
) -> None:
    """Stop an item that runs, now or at an earlier moment when a stop was missed.

    Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item, meeting = _item_of(db, item_id)
    running = _running(db, meeting.id)
    if running is None or running.item_id != item.id:
        raise Refused("This item is not running any more. Reload the page.")
    moment = stopped_at or actor.at
    if not running.started_at < moment <= actor.at:
        raise Invalid("Write a time between its start and now.", field="stopped_at")
    running.stopped_at = moment
    record(db, actor, EventKind.ITEM_STOPPED, running)


def correct_heard(
    db: Session,
    actor: Actor,
    item_id: int,
    *,
    started_at: datetime,
    stopped_at: datetime,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say from when to when an item was talked about, in the place of what the clock says.

    `opened` is what the form showed. Raises NotFound, Refused, ChangedMeanwhile, Invalid where it
    overlaps another item, with both times.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item = locked(db, AgendaItem, item_id, "item")
    meeting = meeting_of(db, item.meeting_id, *AHEAD, S.HELD)
    if meeting.started_at is None and meeting.ended_at is None:
        raise Refused(NOT_BEGUN)
    if not started_at < stopped_at <= actor.at:
        raise Invalid("It must stop after it started, and not later than now.", field="times")
    if london_day(started_at) != meeting.meets_on:
        raise Invalid("Write times of the day of the meeting.", field="times")
    others = db.execute(
        sa.select(HeardTime.started_at, sa.func.coalesce(HeardTime.stopped_at, actor.at))
        .join(AgendaItem, AgendaItem.id == HeardTime.item_id)
        .where(AgendaItem.meeting_id == meeting.id, HeardTime.item_id != item.id)
    )
    clash = overlap((started_at, stopped_at), [(row[0], _utc(row[1])) for row in others])
    if clash is not None:
        typed = f"{_said(started_at)} to {_said(stopped_at)}"
        raise Invalid(
            f"{typed} overlaps another item, which ran from {_said(clash[0])} to "
            f"{_said(clash[1])}. Correct one of the two.",
            field="times",
        )
    rows = db.scalars(sa.select(HeardTime).filter_by(item_id=item.id).order_by(HeardTime.id)).all()
    now = {
        "started_at": rows[0].started_at if rows else None,
        "stopped_at": rows[-1].stopped_at if rows else None,
    }
    must_be_as_opened(now, opened, {"started_at": started_at, "stopped_at": stopped_at})
    for row in rows[1:]:
        db.delete(row)
    if rows:
        rows[0].started_at, rows[0].stopped_at = started_at, stopped_at
    else:
        db.add(HeardTime(item_id=item.id, started_at=started_at, stopped_at=stopped_at))
    record(db, actor, EventKind.HEARD_CORRECTED, item)


def _item_of(db: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    """Return an item of a meeting that runs; the meeting is locked, so that one clock runs."""
    item = locked(db, AgendaItem, item_id, "item")
    if item.removed_at is not None:
        raise Refused("This item was taken off the agenda.")
    meeting = meeting_of(db, item.meeting_id, *AHEAD)
    if meeting.started_at is None:
        raise Refused(NOT_BEGUN)
    return item, meeting


def _running(db: Session, meeting_id: int) -> HeardTime | None:
    return db.scalars(
        sa.select(HeardTime)
        .join(AgendaItem, AgendaItem.id == HeardTime.item_id)
        .where(AgendaItem.meeting_id == meeting_id, HeardTime.stopped_at.is_(None))
        .limit(1)
    ).first()


def _stop(row: HeardTime, moment: datetime) -> None:
    """Stop a clock; after more than a meeting lasts it was forgotten."""
    row.stopped_at = row.started_at + max(running_for(row.started_at, moment), A_MOMENT)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"
