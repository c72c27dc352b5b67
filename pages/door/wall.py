"""The one middleware in front of all of Streamlit, sockets included.

Without a live session only the plain pages, static files and two harmless questions are answered.
With one, its public id is passed on as a header that nobody else can set. Streamlit gives it to the
script as `st.user["session"]` and uses it to refuse one person's Streamlit session to another.
"""

import gzip
import re
from collections.abc import Iterable, Sequence
from functools import partial
from secrets import token_hex
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from coprod_data.store.database import Unavailable
from coprod_data.store.places import chosen_mode
from coprod_data.vocabulary.settings import Mode
from pages.door.addresses import (
    ASSETS,
    CLOSED,
    INSIDE,
    NOT_YET,
    is_harmless,
    is_under,
    page_addresses,
    sign_in_address,
)
from pages.door.farewell import turn_away
from pages.door.first_view import document_with_answer
from pages.door.front_page import read_front_page
from pages.door.headers import PLAIN_POLICY, streamlit_policy, with_headers
from pages.door.lifespan import start_or_say_why
from pages.door.sessions import may_bring_files, note_activity, session_at
from pages.door.starting import still_starting
from pages.door.static_files import answer, read_static_files
from pages.door.watcher import has_room, watched
from pages.parts.cookies import cookie, is_secure
from pages.parts.limits import client_address
from pages.parts.log_lines import request_id
from pages.parts.plain import TAKES_GZIP, sorry
from pages.parts.screens import NARROW, WIDTH

SESSION_HEADER, SCREEN_HEADER = b"x-coprod-session", b"x-coprod-screen"
OURS_ALONE = b"x-coprod-"
UPLOADS = "/_stcore/upload_file/"
EXPORTS = "/export/"
ROOM = "/room/"  # the screen of a session's room
AWAKE = "coprod.awake"  # what such a screen calls once it has asked the right
STRANGE_HOST = (
    "This server does not answer under this name. Its administrator can allow it in "
    "server.allowedHosts."
)
SIGNED_OUT = "You are signed out. Open the page again to sign in."
IN_THE_OPEN = ("/healthz", "/readyz")
LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")  # who asks on the server itself
NEEDS_TLS = "This site takes nothing over http://. Open it with https:// and send it again."
NO_PAGE = "There is no page at this address. Check the address, or start from the first page."


class Wall:
    """Decides for every request and websocket whether it may pass, and as whom.

    `open_routes` are plain pages: anybody may request them, and they never see a session.
    `inner_routes` are plain answers only for a live session.
    """

    def __init__(
        self, app: ASGIApp, open_routes: Sequence[BaseRoute], inner_routes: Sequence[BaseRoute] = ()
    ) -> None:
        self._app = app
        self._open, self._inner = open_routes, inner_routes
        self._files = read_static_files()
        self._front_page = read_front_page()
        self._policy = streamlit_policy(self._front_page.script_hashes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, answer it or refuse it."""
        match scope["type"]:
            case "http":
                request_id.set(token_hex(8))
                await self._http(_without_ours(scope), receive, send)
            case "websocket":
                request_id.set(token_hex(8))
                await self._websocket(_without_ours(scope), receive, send)
            case _:
                await start_or_say_why(self._app, scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        is_open, is_inner = _is_one_of(self._open, scope), _is_one_of(self._inner, scope)
        is_streamlit = is_under(path, INSIDE) or path in page_addresses()
        send = with_headers(scope, send, self._policy if is_streamlit else PLAIN_POLICY)
        if not _names_one_host(scope):
            await PlainTextResponse(STRANGE_HOST, 400)(scope, receive, send)
        elif needs_tls(scope):
            await _over_tls(scope)(scope, receive, send)
        elif waits := still_starting(watcher=path in IN_THE_OPEN):
            await waits(scope, receive, send)
        elif is_open:
            await self._app(_never_packed(scope), receive, send)
        elif is_harmless(path):
            await self._app(scope, receive, send)
        elif path.startswith(ASSETS):
            await (answer(self._files, scope) or self._app)(scope, receive, send)
        elif is_under(path, CLOSED) or path in NOT_YET:
            await self._sorry(scope, receive, send, 404, NO_PAGE)
        else:
            await self._known_only(scope, receive, send, is_inner=is_inner)

    async def _known_only(
        self, scope: Scope, receive: Receive, send: Send, *, is_inner: bool
    ) -> None:
        path: str = scope["path"]
        try:
            session = await session_at(scope)
        except Unavailable as refused:
            await self._sorry(scope, receive, send, 503, refused.sentence)
            return
        if session is None:
            refused_as = _inside if is_under(path, INSIDE) else _elsewhere
            await refused_as(scope)(scope, receive, send)
        elif UPLOADS in path:
            await self._file(scope, receive, send, session)
        elif path in page_addresses():
            note_activity(session)
            await (await self._document(scope, session))(scope, receive, send)
        elif is_inner and path.startswith(ROOM):
            # Nobody presses anything there. It is noted for those who may see it, while it is on.
            handed_on = {**_handed_on(scope, session), AWAKE: partial(note_activity, session)}
            await self._app(handed_on, receive, send)
        elif path.startswith(EXPORTS) and not is_inner:
            await self._sorry(scope, receive, send, 404, NO_PAGE)
        elif is_inner or is_under(path, INSIDE) or "." in path.rpartition("/")[2]:
            await self._app(_handed_on(scope, session), receive, send)
        else:
            await self._sorry(scope, receive, send, 404, NO_PAGE)

    async def _file(self, scope: Scope, receive: Receive, send: Send, session: str) -> None:
        """Take a file from those who have a page for it, and from nobody else."""
        try:
            may = await may_bring_files(session)
        except Unavailable as refused:
            await self._sorry(scope, receive, send, 503, refused.sentence)
            return
        if may:
            await self._app(_handed_on(scope, session), receive, send)
        else:
            await JSONResponse("This site takes no files from you.", 403)(scope, receive, send)

    async def _document(self, scope: Scope, session: str) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        page, headers = self._front_page, {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
        takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if takes_gzip:
            headers["Content-Encoding"] = "gzip"
        query = scope["query_string"].decode("latin-1")
        screen = cookie(scope, WIDTH)
        answered = await document_with_answer(
            page, session, scope["path"], query, wide=screen != NARROW, again=screen is not None
        )
        if answered is None:
            return HTMLResponse(page.packed if takes_gzip else page.html, headers=headers)
        # No token and nothing of the address is in it, so its length tells nothing.
        sent = gzip.compress(answered, 5) if takes_gzip else answered
        return HTMLResponse(sent, headers=headers)

    async def _sorry(
        self, scope: Scope, receive: Receive, send: Send, status: int, sentence: str
    ) -> None:
        answered = await sorry(Request(scope, receive), status, sentence)
        await answered(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host"), headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != host
        starting = still_starting(watcher=True) is not None
        if foreign or not _names_one_host(scope) or needs_tls(scope) or starting:
            await _refuse(receive, send)
            return
        try:
            session = await session_at(scope)
        except Unavailable:
            await _refuse(receive, send)  # the browser tries again by itself
            return
        address = client_address(scope.get("client"))
        if session is not None and not has_room(session, address):
            await _refuse(receive, send)
        elif session is not None:
            with watched(session, address, receive, send) as tab:
                await self._app(_handed_on(scope, session), tab.receive, tab.send)
        elif origin is not None:
            await turn_away(scope, receive, send)
        else:
            await _refuse(receive, send)


def needs_tls(scope: Scope) -> bool:
    """Say whether a live council refuses this request, because anybody could read it on its way.

    The two addresses that a watcher asks say nothing of anybody.
    """
    return chosen_mode() is Mode.LIVE and not is_secure(scope) and scope["path"] not in IN_THE_OPEN


def _over_tls(scope: Scope) -> Response:
    """Lead a browser that only reads to the same address over TLS; refuse what carries words."""
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse(NEEDS_TLS, 403)
    wanted = f"https://{Headers(scope=scope)['host']}{quote(scope['path'])}"
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse(
        f"{wanted}?{query}" if query else wanted, 308, {"Cache-Control": "no-store"}
    )


def _names_one_host(scope: Scope) -> bool:
    named = Headers(scope=scope).getlist("host")
    if len(named) != 1:
        return False
    return is_host_allowed(named[0]) or (
        scope["path"] in IN_THE_OPEN and LOOPBACK.fullmatch(named[0]) is not None
    )


def _without_ours(scope: Scope) -> Scope:
    """Return the request without the headers that only the wall may set."""
    headers = [pair for pair in scope["headers"] if not pair[0].lower().startswith(OURS_ALONE)]
    return {**scope, "headers": headers}


def _never_packed(scope: Scope) -> Scope:
    """Return the request as from a browser without compression. The length of a compressed page
    that holds a token and words from outside could reveal the token. A page without words from
    outside compresses itself.
    """
    takes_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
    headers = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
    return {**scope, "headers": headers, TAKES_GZIP: takes_gzip}


def _handed_on(scope: Scope, session: str) -> Scope:
    screen = NARROW if cookie(scope, WIDTH) == NARROW else "wide"
    ours = [(SESSION_HEADER, session.encode()), (SCREEN_HEADER, screen.encode())]
    return {**scope, "headers": [*scope["headers"], *ours]}


def _is_one_of(routes: Iterable[BaseRoute], scope: Scope) -> bool:
    return any(route.matches(scope)[0] is not Match.NONE for route in routes)


def _inside(_scope: Scope) -> Response:
    return JSONResponse(SIGNED_OUT, 401)  # Streamlit's front end can show JSON, but not plain text


def _elsewhere(scope: Scope) -> Response:
    return RedirectResponse(sign_in_address(scope), 303, {"Cache-Control": "no-store"})


async def _refuse(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})
