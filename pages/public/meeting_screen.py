"""The screen of a meeting of the Board: one question at a time, on a projector and every phone.

A page of its own without Streamlit. It asks for itself every few seconds and shows the part that
changed, so another screen follows, and while a server or a network is away it stays as it is. All
that is ever sent to it may be shown to a room.
"""

from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.meetings_screens import turn_meeting_screen
from coprod_data.commands.opportunities_joining import offer_to_join
from coprod_data.permissions import Refused
from coprod_data.queries.meetings_screens import SAID_YES, ScreenOfMeeting, meeting_screen
from coprod_data.rules.meeting_screens import first_words
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.meetings import DecisionResult, MeetingScreen
from pages.parts.plain import in_thread, page, plain_page
from pages.parts.plain_form import form
from pages.parts.times import in_month, on
from pages.public.room import AWAKE, NO_STORE, SESSION

ICONS = Path(__file__).parents[1] / "static" / "icons"
MOST_ROWS = 3  # of a list: more cannot be read from the last row


@plain_page
async def screen(request: Request) -> Response:
    """Show what the screen of a meeting asks now."""
    shown = await in_thread(_now, request.headers[SESSION], _number(request))
    return await _page(request, shown)


@plain_page
async def turn(request: Request) -> Response:
    """Turn every screen of the meeting to the place beside this one."""
    data = await form(request)
    to, seen = str(data.get("to", ""))[:40], str(data.get("seen", ""))[:40]
    await in_thread(_turn, request.headers[SESSION], _number(request), to, seen)
    return _again(request)


@plain_page
async def offer(request: Request) -> Response:
    """Say "I'll do it" for whoever is signed in on this device."""
    data = await form(request)
    number = str(data.get("opportunity", ""))
    chosen = int(number) if number.isdecimal() and len(number) < 10 else 0
    session, meeting_id = request.headers[SESSION], _number(request)
    try:
        await in_thread(_offer, session, chosen)
    except Refused as refused:
        shown = await in_thread(_now, session, meeting_id)
        return await _page(request, shown, fault=refused.sentence)
    return _again(request)


async def _page(request: Request, shown: ScreenOfMeeting, fault: str = "") -> Response:
    if shown.runs and (awake := request.scope.get(AWAKE)):
        awake()
    return await page(
        request, "meeting_screen.html", status=400 if fault else 200, one=shown, fault=fault,
        address=f"/room/meeting/{_number(request)}", kind=shown.place.kind.value,
        steps=len(MeetingScreen), most=MOST_ROWS, first_words=first_words, on=on,
        in_month=in_month, takers=_takers(shown), amended=DecisionResult.AMENDED,
        initials=_initials, icon=_icon,
    )  # fmt: skip


@cache
def _icon(name: str) -> Markup:
    """Return one of our own drawings."""
    drawing = (ICONS / f"{name}.svg").read_text("utf-8")
    drawn = drawing.replace("<svg ", '<svg aria-hidden="true" ').replace("#000", "currentColor")
    return Markup(drawn)  # noqa: S704 - a file of ours


def _takers(shown: ScreenOfMeeting) -> list[str]:
    """Return the names of those who said that they will do it."""
    if shown.opportunity is None:
        return []
    return [one.name for one in shown.opportunity.members if one.state in SAID_YES]


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isupper() and word != "Cllr"]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]])


def _again(request: Request) -> Response:
    return RedirectResponse(f"/room/meeting/{_number(request)}", 303, NO_STORE)


def _number(request: Request) -> int:
    return int(request.path_params["meeting_id"])


def _now(session: str, meeting_id: int) -> ScreenOfMeeting:
    with database.reading(BySession(session)) as (db, actor):
        return meeting_screen(db, actor, meeting_id)


def _turn(session: str, meeting_id: int, to: str, seen: str) -> None:
    with database.writing(BySession(session)) as (db, actor):
        turn_meeting_screen(db, actor, meeting_id, to=to, seen=seen)


def _offer(session: str, opportunity_id: int) -> None:
    with database.writing(BySession(session)) as (db, actor):
        offer_to_join(db, actor, opportunity_id)


ROUTES = [
    Route("/room/meeting/{meeting_id:int}", screen),
    Route("/room/meeting/{meeting_id:int}/turn", turn, methods=["POST"]),
    Route("/room/meeting/{meeting_id:int}/offer", offer, methods=["POST"]),
]
