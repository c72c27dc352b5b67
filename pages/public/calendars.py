"""Calendars: a session as a file, and one address for the calendar of a phone or computer.

Whoever has the address can read it without signing in, so it holds titles and times only. Its
token follows the question mark, as one-time links have theirs: no log of ours keeps that.
"""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coprod_data.commands.trail import note_export
from coprod_data.files.calendars import calendar_file
from coprod_data.permissions import NotFound
from coprod_data.queries.calendars import CalendarRow, calendar_read, session_for_calendar
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import BySession, Public
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, number_in_path, plain_page

SESSION = "x-coprod-session"  # only the wall sets it
GUESSES, MINUTES = 20, 15  # wrong tokens from one address
LONGEST = 100
NO_STORE = {"Cache-Control": "no-store"}
TOO_OFTEN = "Too many wrong addresses from here. Try again in 15 minutes."


@plain_page
async def calendar(request: Request) -> Response:
    """Return the calendar that the token in the address opens."""
    if not await within_limit(request, "calendar", most=GUESSES, minutes=MINUTES, count=False):
        return PlainTextResponse(TOO_OFTEN, 429, NO_STORE)
    try:
        sheet = await in_thread(_calendar, request.query_params.get("key", "")[:LONGEST])
    except NotFound as refused:
        await within_limit(request, "calendar", most=GUESSES, minutes=MINUTES)
        return PlainTextResponse(refused.sentence, 404, NO_STORE)
    return _sent(sheet, "together.ics")


@plain_page
async def one(request: Request) -> Response:
    """Return one session as a file for a calendar."""
    number = number_in_path(request, "session_id", "session")
    sheet = await in_thread(_session, request.headers[SESSION], number)
    return _sent(sheet, f"session-{number}.ics")


def _calendar(token: str) -> bytes:
    with database.reading(Public()) as (db, actor):
        rows = calendar_read(db, actor, token)
        return _file(rows, labels(db, actor).council, actor.at)


def _session(session: str, number: int) -> bytes:
    with database.reading(BySession(session)) as (db, actor):
        row = session_for_calendar(db, actor, number)
        sheet = _file([row], labels(db, actor).council, actor.at)
    with database.writing(BySession(session)) as (db, actor):
        note_export(db, actor, f"session {number}, for a calendar")
    return sheet


def _file(rows: list[CalendarRow], council: str, at: datetime) -> bytes:
    return calendar_file(rows, name=f"Together, {council}", at=at)


def _sent(sheet: bytes, name: str) -> Response:
    return Response(
        sheet,
        media_type="text/calendar; charset=utf-8",
        headers={**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'},
    )


ROUTES = [Route("/calendar.ics", calendar)]
OF_ONE = [Route("/export/session-{session_id:int}.ics", one)]
