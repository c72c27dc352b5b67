"""Leave quickly: one press ends the sign-in, and the browser goes on to a page of another site.

Back then leads to the sign-in page, because nothing of ours stays in a browser.
"""

import logging
from asyncio import wait_for

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from coprod_data.store.database import Unavailable
from pages.door.sessions import PATIENCE, SESSION_COOKIE, session_at
from pages.door.sign_in import end_session
from pages.parts.cookies import drop_cookie
from pages.parts.plain import in_thread, plain_page
from pages.parts.plain_form import FormRefused, is_from_our_page

log = logging.getLogger("coprod_data")

ELSEWHERE = "https://www.bbc.co.uk/weather"
# Not a redirect: the content policy lets no form end at another site. This takes the page's own
# place in the history.
GO_ON = (
    '<!doctype html><html lang="en-GB"><meta charset="utf-8">'
    f'<meta http-equiv="refresh" content="0; url={ELSEWHERE}"><title>Weather</title>'
    f'<p><a href="{ELSEWHERE}" rel="noreferrer">Weather</a></p></html>'
)


@plain_page
async def leave(request: Request) -> Response:
    """End the sign-in of whoever leaves, if there is one, and send them on without waiting long."""
    if not is_from_our_page(request):
        raise FormRefused(403, "This form came from another site.")
    try:
        if (session := await session_at(request.scope)) is not None:
            await wait_for(in_thread(end_session, session), PATIENCE)
    except (Unavailable, TimeoutError):
        log.warning("Somebody left quickly while the database was away or slow.")
    response = HTMLResponse(GO_ON, headers={"Cache-Control": "no-store"})
    drop_cookie(response, request.scope, SESSION_COOKIE)
    return response


ROUTES = [Route("/leave", leave, methods=["POST"])]
