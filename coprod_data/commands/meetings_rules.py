"""Which meeting a command may work on, and on which day it may be. Nothing here writes."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn
from coprod_data.commands.rows import known, locked
from coprod_data.models import Meeting, MeetingInvited
from coprod_data.permissions import Invalid, NotFound, Refused
from coprod_data.vocabulary.meetings import MeetingState


def meeting_of(db: Session, meeting_id: int, *states: MeetingState) -> Meeting:
    """Return a meeting, locked, in one of these states, else in any. Raises NotFound, Refused."""
    meeting = locked(db, Meeting, meeting_id, "meeting")
    if states and meeting.state not in states:
        raise Refused(f"This meeting is already: {meeting.state.words.lower()}. Reload the page.")
    return meeting


def must_be_a_free_day(db: Session, day: date, *, beside: Meeting | None = None) -> None:
    """Check that no other meeting is on a day; whoever asks at the same moment waits.

    Raises Invalid.
    """
    in_turn(db, "new meeting")
    others = sa.select(Meeting.id).where(
        Meeting.meets_on == day,
        Meeting.state != MeetingState.CANCELLED,
        sa.true() if beside is None else Meeting.id != beside.id,
    )
    if db.scalar(others.limit(1)) is not None:
        raise Invalid("There is already a meeting on that day.", field="day")


def seat_of(db: Session, meeting: Meeting, person_id: int) -> MeetingInvited:
    """Return what is kept of somebody who is invited to a meeting. Raises NotFound."""
    seat = known(db, MeetingInvited, meeting_id=meeting.id, person_id=person_id)
    if seat is None:
        raise NotFound("They are not invited to this meeting.")
    return seat
