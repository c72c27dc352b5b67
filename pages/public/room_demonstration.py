"""How the wall of a room works, played by a script with words that may be shown in public.

It looks and asks as a real screen does, and nothing that is pressed on it changes anything. When
it began stands in its address, so a reload goes on where it was.
"""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from coprod_data.permissions import Refused
from coprod_data.queries.entries_released import words_to_demonstrate
from coprod_data.queries.sessions_joining import JoinCode
from coprod_data.queries.sessions_screens import ScreenNow
from coprod_data.rules.clocks import london_day
from coprod_data.rules.wall_script import scene
from coprod_data.store import database
from coprod_data.store.actors import BySession
from pages.parts.plain import in_thread, page, plain_page
from pages.public.room import NO_STORE, SESSION, told
from pages.shared.qr_codes import way_in

HERE = "/room/demonstration"
CODE = "amber kite"  # the example of every page; it opens no session


@plain_page
async def begin(request: Request) -> Response:  # noqa: ARG001 - a route gets its request
    """Begin the demonstration now."""
    began = int(database.current().clock().timestamp())
    return RedirectResponse(f"{HERE}/{began}", 303, NO_STORE)


@plain_page
async def demonstration(request: Request) -> Response:
    """Show what the screen of the room shows at this moment of the script."""
    shown, at = await in_thread(_now, request.headers[SESSION], request.path_params["began"])
    code = JoinCode(
        session_id=0, title="What makes a home?", group="", icon="home", words=CODE,
        day=london_day(at), hours="This code opens nothing", site="", open=True, over=False,
    )  # fmt: skip
    return await page(
        request, "room.html", code=code, way=way_in(str(request.base_url), CODE), now=shown,
        told=told(shown, CODE), address=f"{HERE}/{request.path_params['began']}", turns=False,
    )  # fmt: skip


async def now(request: Request) -> Response:
    """Answer what is on the screen now."""
    try:
        shown, _ = await in_thread(_now, request.headers[SESSION], request.path_params["began"])
    except Refused:
        return JSONResponse({}, 403, NO_STORE)
    return JSONResponse(told(shown, CODE), headers=NO_STORE)


def _now(session: str, began: int) -> tuple[ScreenNow, datetime]:
    with database.reading(BySession(session)) as (db, actor):
        words, at = words_to_demonstrate(db, actor), actor.at
    place = scene(at - min(datetime.fromtimestamp(min(began, LAST), UTC), at), len(words))
    if place is None:
        return ScreenNow(True, None, "", left=A_DAY), at
    chosen = words[place]
    text = chosen.thinks or chosen.wants
    return ScreenNow(True, place, text, left=A_DAY), at


A_DAY = 86_400  # seconds: nobody looks at it for longer
LAST = 4_000_000_000  # seconds; a later moment is nobody's
ROUTES = [
    Route(HERE, begin),
    Route(f"{HERE}/{{began:int}}", demonstration),
    Route(f"{HERE}/{{began:int}}/now", now),
]
