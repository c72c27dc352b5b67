"""The screen of a room, opened by whoever leads a session: how phones come in, and the wall.

A page of its own without Streamlit: it asks for what is on it every few seconds, and while a server
or a network is away it stays as it is. Nothing that was not let out for this room is ever sent to
it. The wall is one thing that such a screen can show; what shows it says which words, and turns.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coprod_data.commands.sessions_screens import turn_screen
from coprod_data.permissions import Refused
from coprod_data.queries.sessions_joining import JoinCode, join_code
from coprod_data.queries.sessions_screens import ScreenNow, screen_now
from coprod_data.store import database
from coprod_data.store.actors import BySession
from pages.parts.plain import in_thread, number_in_path, page, plain_page
from pages.parts.plain_form import form
from pages.shared.qr_codes import way_in

SESSION = "x-coprod-session"  # only the wall sets it
AWAKE = "coprod.awake"  # from the wall: what notes that this session is in use
NO_STORE = {"Cache-Control": "no-store"}
TIERS = (50, 100, 180)  # letters of words in the largest letters, in large ones, in smaller ones


@plain_page
async def room(request: Request) -> Response:
    """Show how phones come into a session, and what is on its wall."""
    code, now = await in_thread(_both, request.headers[SESSION], _number(request))
    _stay_awake(request, now)
    site = code.site or str(request.base_url)
    return await page(
        request, "room.html", code=code, way=way_in(site, code.words), now=now,
        told=told(now, _works(code)),
        address=f"/room/{code.session_id}", turns=True,
    )  # fmt: skip


async def now(request: Request) -> Response:
    """Answer what is on the screen now; a screen that gets no answer stays as it is."""
    try:
        code, shown = await in_thread(_both, request.headers[SESSION], _number(request))
    except Refused:
        return JSONResponse({}, 403, NO_STORE)
    _stay_awake(request, shown)
    return JSONResponse(told(shown, _works(code)), headers=NO_STORE)


@plain_page
async def turn(request: Request) -> Response:
    """Go to the next words, or back; the screen asks what is on it after that."""
    data = await form(request)
    seen, by = str(data.get("seen", "")), -1 if data.get("by") == "back" else 1
    number = int(seen) if seen.isdecimal() and len(seen) < 11 else None
    await in_thread(_turn, request.headers[SESSION], _number(request), by, number)
    return JSONResponse({}, headers=NO_STORE)


def _stay_awake(request: Request, shown: ScreenNow) -> None:
    """Let nobody be signed out under a screen that they may see, as long as the session is on."""
    if shown.on and (awake := request.scope.get(AWAKE)):
        awake()


def told(shown: ScreenNow, code: str) -> dict[str, object]:
    """Return what a screen is told: the words on it, nothing of any others, and the code now."""
    size = next((place for place, most in enumerate(TIERS) if len(shown.words) <= most), len(TIERS))
    return {
        "open": shown.open, "number": shown.number, "words": shown.words, "size": size,
        "code": code,
    }  # fmt: skip


def _works(code: JoinCode) -> str:
    """Return the words that phones come in with, "" where none do any more."""
    return "" if code.over else code.words


def _number(request: Request) -> int:
    return number_in_path(request, "session_id", "session")


def _both(session: str, session_id: int) -> tuple[JoinCode, ScreenNow]:
    with database.reading(BySession(session)) as (db, actor):
        return join_code(db, actor, session_id), screen_now(db, actor, session_id)


def _turn(session: str, session_id: int, by: int, seen: int | None) -> None:
    with database.writing(BySession(session)) as (db, actor):
        turn_screen(db, actor, session_id, by=by, seen=seen)


ROUTES = [
    Route("/room/{session_id:int}", room),
    Route("/room/{session_id:int}/now", now),
    Route("/room/{session_id:int}/turn", turn, methods=["POST"]),
]
