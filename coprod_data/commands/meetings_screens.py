"""The screen of a meeting: turned to the next question, for every screen that shows it."""

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.meetings_rules import meeting_of
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.meeting_screens import Place
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import AHEAD, MeetingState


def turn_meeting_screen(db: Session, actor: Actor, meeting_id: int, *, to: str, seen: str) -> None:
    """Turn the screen of a meeting to another place. `seen` is the one that it was turned to.

    A press on what is not there any more turns nothing: two people pressed at once. What was
    decided can still be shown once the meeting has ended. Raises NotFound, NotAllowed, Refused of a
    cancelled meeting, Invalid.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD, MeetingState.HELD)
    place = str(Place.read(to))
    if meeting.on_screen == seen and place != seen:
        meeting.on_screen = place
        record(db, actor, EventKind.MEETING_SCREEN_TURNED, meeting)
