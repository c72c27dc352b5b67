"""Choosing a password with a one-time link: a plain page without script.

The token leaves the address at once, into a cookie out of reach of scripts: so it is in no history
of the browser, in no picture of the screen and in no address that is passed on.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.people import set_password_by_link
from coprod_data.permissions import Invalid
from coprod_data.queries.people import unusable_link
from coprod_data.queries.people_passwords import names_for_link
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.passwords import checked_password, hash_password
from pages.parts.cookies import cookie, drop_cookie, set_cookie
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, page, plain_page, sorry
from pages.parts.plain_form import form
from pages.parts.turns import PASSWORDS

HERE = "/sign-in/new-password"
LINK_COOKIE = "coprod-link"
SENT, MOST, MINUTES = "new_password", 60, 15
TOO_MANY = "There were too many attempts from this connection. Wait 15 minutes, then try again."
DIFFERENT = "The two passwords are not the same. Type both again."
NO_LINK = "Open the link that you were given. Your browser must allow cookies from this site."


@plain_page
async def new_password_page(request: Request) -> Response:
    """Take the token out of the address, show the form, or set the password that was sent."""
    if "link" in request.query_params:
        response = RedirectResponse(HERE, 303, {"Cache-Control": "no-store"})
        link = request.query_params["link"]
        if link.isascii() and link.replace("-", "").replace("_", "").isalnum() and len(link) < 100:
            set_cookie(response, request.scope, LINK_COOKIE, link)
        else:
            drop_cookie(response, request.scope, LINK_COOKIE)
        return response
    sent = request.method == "POST"
    if sent and not await within_limit(request, SENT, most=MOST, minutes=MINUTES):
        return await sorry(request, 429, TOO_MANY)
    link = cookie(request.scope, LINK_COOKIE) or ""
    data = await form(request) if sent else None
    unusable = await in_thread(_unusable, link) if link else NO_LINK  # before any slow hash
    if unusable:
        return await _show(request, status=410, unusable=unusable)
    if data is None:
        return await _show(request)
    try:
        if data.get("password") != data.get("again"):
            raise Invalid(DIFFERENT, field="again")
        names = await in_thread(_names, link)
        password = checked_password(str(data.get("password", "")), names=names)
        await PASSWORDS.run(_set_password, link, password)
    except Invalid as invalid:
        return await _show(request, status=422, refused=invalid.sentence)
    response = RedirectResponse("/sign-in?note=password", 303, {"Cache-Control": "no-store"})
    drop_cookie(response, request.scope, LINK_COOKIE)
    return response


async def _show(
    request: Request, *, status: int = 200, refused: str = "", unusable: str = ""
) -> Response:
    return await page(
        request, "new_password.html", status=status, refused=refused, unusable=unusable
    )


def _unusable(link: str) -> str:
    with database.reading(Public()) as (db, public):
        return unusable_link(db, public, link)


def _names(link: str) -> tuple[str, ...]:
    with database.reading(Public()) as (db, public):
        return names_for_link(db, public, link)


def _set_password(link: str, password: str) -> None:
    password_hash = hash_password(password)
    with database.writing(Public()) as (db, public):
        set_password_by_link(db, public, link, password_hash)


ROUTES = [Route(HERE, new_password_page, methods=["GET", "POST"])]
