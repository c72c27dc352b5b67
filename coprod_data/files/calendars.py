"""What a person takes part in, as a calendar file."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Component, Event, Timezone

from coprod_data.queries.calendars import CalendarRow
from coprod_data.rules.clocks import LONDON

SUMMER, WINTER = timedelta(hours=1), timedelta(0)
ASK_AGAIN = timedelta(hours=1)  # how often a calendar should read the address


def calendar_file(rows: Iterable[CalendarRow], *, name: str, at: datetime) -> bytes:
    """Return rows as a calendar with times in London. Each has a title and a time, nothing else.

    The same thing has the same UID for good; one that was moved or cancelled says so with a higher
    SEQUENCE, and a cancelled one stays in it.
    """
    sheet = Calendar()
    sheet.add("prodid", "-//Together//co-production//EN")
    sheet.add("version", "2.0")
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", name)
    sheet.add("x-wr-timezone", LONDON.key)
    sheet.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    sheet.add_component(_LONDON)
    for row in rows:
        sheet.add_component(_event(row, at))
    return bytes(sheet.to_ical())


def _event(row: CalendarRow, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{row.what}-{row.id}-{row.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}@together")
    event.add("summary", f"Cancelled: {row.title}" if row.off else row.title)
    for name, when in (("dtstart", row.starts_at), ("dtend", row.ends_at)):
        event.add(name, when.astimezone(LONDON) if isinstance(when, datetime) else when)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if row.off else "CONFIRMED" if row.sure else "TENTATIVE")
    event.add("class", "PRIVATE")
    return event


def _london() -> Component:
    """Return the time zone as calendars want it spelled out: when summer time begins and ends."""
    return Timezone.from_ical(
        "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nTZNAME:BST\r\n"
        "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
        "END:DAYLIGHT\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nTZNAME:GMT\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


_LONDON = _london()
