"""The screen of a room, opened by whoever leads a session: how phones come in.

A page of its own without Streamlit, so that it stays as it is while a server or a network is away.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.queries.sessions_joining import JoinCode, join_code
from coprod_data.store import database
from coprod_data.store.actors import BySession
from pages.parts.plain import in_thread, page, plain_page
from pages.shared.qr_codes import way_in

SESSION = "x-coprod-session"  # only the wall sets it


@plain_page
async def room(request: Request) -> Response:
    """Show how phones come into a session."""
    code = await in_thread(_code, request.headers[SESSION], int(request.path_params["session_id"]))
    site = code.site or str(request.base_url)
    return await page(request, "room.html", code=code, way=way_in(site, code.words))


def _code(session: str, session_id: int) -> JoinCode:
    with database.reading(BySession(session)) as (db, actor):
        return join_code(db, actor, session_id)


ROUTES = [Route("/room/{session_id:int}", room)]
