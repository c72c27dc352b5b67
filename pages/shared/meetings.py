"""Meetings in words, for cards and the page of a session: first meetings, and the Board's."""

from datetime import datetime

from coprod_data.queries.meetings import NextMeeting
from coprod_data.queries.meetings_heard import HeardRow
from coprod_data.queries.sessions_dates import DayRow, MeetingRow
from coprod_data.rules.clocks import LONDON, clock_words
from coprod_data.rules.meeting_plan import hours_words
from coprod_data.vocabulary.sessions import SessionReply, SessionState
from pages.parts.wording import day_words, say


def when_words(day: DayRow) -> str:
    """Return a day with its times: "Saturday 6 March, 11am to 12.30pm"."""
    begins = day.starts_at.astimezone(LONDON)
    return f"{day_words(begins.date())}, {_time(day.starts_at)} to {_time(day.ends_at)}"


def answered_words(meeting: MeetingRow) -> str:
    """Return what its reader answered, as a sentence to them; "" while there is no answer."""
    if meeting.answer is None:
        return ""
    if meeting.answer is SessionReply.CAN and meeting.state is not SessionState.CONFIRMED:
        return say("meet.you_can_days")
    return say(f"meet.you_{meeting.answer}")


def board_day(meeting: NextMeeting) -> str:
    """Return the day of a meeting of the Board, with its times where they are known."""
    hours = hours_words(meeting.begins, meeting.ends)
    return ", ".join(part for part in (day_words(meeting.on), hours) if part)


def heard_words(heard: HeardRow) -> str:
    """Return what the last meeting of the Board made of a card, as a sentence to its author."""
    if not heard.reached:
        return say("heard.not_yet")
    day = f"{heard.on.day} {heard.on:%B}"
    if heard.minutes == 1:
        return say("heard.one", day=day)
    return say("heard.many", day=day, minutes=str(heard.minutes))


def _time(moment: datetime) -> str:
    return clock_words(moment.astimezone(LONDON).time())
