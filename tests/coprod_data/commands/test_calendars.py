"""The address of a person's calendar opens titles and times of their own sessions until it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from coprod_data.commands.calendars import end_calendar, make_calendar
from coprod_data.commands.groups import add_group, add_member
from coprod_data.commands.meetings import cancel_meeting, plan_meeting, reply_to_meeting
from coprod_data.commands.people import disable_person, enable_person
from coprod_data.commands.sessions import (
    cancel_session,
    confirm_session,
    move_session,
    restore_session,
)
from coprod_data.commands.sessions_dates import propose_days
from coprod_data.files.calendars import calendar_file
from coprod_data.models import CalendarFeed
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.calendars import (
    CalendarRow,
    calendar_of_mine,
    calendar_read,
    session_for_calendar,
)
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.meetings import MeetingReply
from tests.helpers.builders import NOW, TODAY, somebody, the_public
from tests.helpers.meetings import a_meeting
from tests.helpers.sessions import DAY, HOUR, a_session
from tests.helpers.working_together import work


def read(db: Session, actor: Actor) -> list[CalendarRow]:
    return calendar_read(db, the_public(), calendar_of_mine(db, actor) or "")


def test_it_has_what_one_leads_or_is_asked_to_and_a_groups_until_it_ends(db: Session):
    together = work(db)
    mine = a_session(db, together.worker)
    asked = a_session(db, together.worker, opportunity_id=together.opportunity.id)
    propose_days(db, together.worker, asked, days=[(NOW + DAY, NOW + DAY + HOUR)])
    group_id = add_group(db, together.worker, name="Voices", kind=GroupKind.ACTION)
    with_group = a_session(db, together.worker, group_id=group_id)
    other = somebody(db, Role.BOARD_MEMBER)
    add_member(
        db, together.worker, group_id, person_id=other.id, kind=MemberKind.MEMBER,
        sector=Sector.COUNCIL, joined_on=NOW.date(),
    )  # fmt: skip
    for actor in (together.worker, together.member, other):
        make_calendar(db, actor)

    assert {row.id for row in read(db, together.worker)} == {mine, asked, with_group}
    assert [row.id for row in read(db, together.member)] == [asked]
    assert [row.id for row in read(db, other)] == [with_group]
    before = calendar_of_mine(db, together.member) or ""
    assert before not in {row.token_hash for row in db.query(CalendarFeed)}
    make_calendar(db, together.member)
    assert [row.id for row in read(db, together.member)] == [asked]
    end_calendar(db, together.member)
    end_calendar(db, together.member)

    assert calendar_of_mine(db, together.member) is None
    for token in (before, "", "guessed"):
        with pytest.raises(NotFound):
            calendar_read(db, the_public(), token)
    boss, theirs = somebody(db, Role.ADMINISTRATOR), calendar_of_mine(db, other) or ""
    disable_person(db, boss, other.id)
    enable_person(db, boss, other.id)  # the address does not come back with the account
    with pytest.raises(NotFound):
        calendar_read(db, the_public(), theirs)
    for nobody in (somebody(db, Role.YOUNG_PERSON), somebody(db, Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            make_calendar(db, nobody)


def test_a_meeting_of_the_board_is_in_it_until_one_sends_apologies(db: Session):
    chair, member = somebody(db, Role.CHAIR), somebody(db, Role.BOARD_MEMBER)
    number = a_meeting(db, chair)  # every member is invited
    whole_day = plan_meeting(
        db, chair, meets_on=TODAY + 9 * DAY, plan=MeetingPlan(place="Town Hall, room 4")
    )
    make_calendar(db, member)
    first, second = read(db, member)
    assert (first.what, first.id, second.id) == ("meeting", number, whole_day)
    sheet = calendar_file([first, second], name="Together, Town", at=NOW).decode()
    assert "DTSTART;TZID=Europe/London:" in sheet
    assert f"DTSTART;VALUE=DATE:{TODAY + 9 * DAY:%Y%m%d}" in sheet
    assert "Town Hall" not in sheet

    cancel_meeting(db, chair, number, why="The hall is shut.")
    reply_to_meeting(db, member, whole_day, reply=MeetingReply.APOLOGIES)
    [left] = read(db, member)
    assert (left.id, left.off, left.sequence > first.sequence) == (number, True, True)


def test_the_same_session_keeps_its_name_and_each_change_has_a_higher_sequence(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    autumn = datetime(2026, 10, 20, 15, 30, tzinfo=UTC)  # 16:30 in London until the 25th
    number = a_session(db, worker, starts_at=autumn, title="Tea, at\nfour; talk")
    seen: list[tuple[str, str, int, str]] = []

    def look() -> None:
        row = session_for_calendar(db, worker, number)
        sheet = Calendar.from_ical(calendar_file([row], name="Together, Town", at=NOW))
        [event] = sheet.walk("VEVENT")
        said = {"UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "SEQUENCE", "STATUS", "CLASS"}
        assert set(event) == said  # no place, no text, nobody
        assert event["dtstart"].params["TZID"] == "Europe/London"
        begins = event.decoded("dtstart")
        assert (begins.hour, begins.minute) == (16, 30)
        seen.append((event["uid"], event["status"], event["sequence"], f"{begins:%z}"))

    look()
    confirm_session(db, worker, number)
    look()
    winter = autumn + timedelta(days=7, hours=1)
    move_session(
        db, worker, number, starts_at=winter, ends_at=winter + 2 * HOUR, why="The hall is shut."
    )  # fmt: skip
    look()
    cancel_session(db, worker, number, why="Nobody could come.")
    db.flush()
    assert session_for_calendar(db, worker, number).off
    look()
    restore_session(db, worker, number)
    look()

    uids, states, counts, offsets = zip(*seen, strict=True)
    assert len(set(uids)) == 1
    assert states == ("TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED", "TENTATIVE")
    assert sorted(set(counts)) == list(counts)
    assert offsets == ("+0100", "+0100", "+0000", "+0000", "+0000")
