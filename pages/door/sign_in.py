"""Signing in and signing out: plain pages without script, one POST each."""

import hmac
from asyncio import sleep
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.auth_sessions import (
    SignedIn,
    SignInTry,
    begin_sign_in,
    sign_in,
    sign_out,
)
from coprod_data.permissions import Permission
from coprod_data.queries.auth_sessions import held_before, live_sessions
from coprod_data.queries.people_own import must_be_told
from coprod_data.queries.set_up import set_up_state
from coprod_data.rules.browsers import browser_words
from coprod_data.rules.texts import clean_start
from coprod_data.rules.usernames import LONGEST
from coprod_data.store import database
from coprod_data.store.actors import BySession, Public, System
from coprod_data.store.known_browsers import KNOWN_FOR, browser_of
from coprod_data.store.passwords import hash_password, is_password, is_weaker
from pages.door.addresses import ACCOUNT, safe_next
from pages.door.demo import demo_council
from pages.door.sessions import SESSION_COOKIE, session_at
from pages.door.watcher import leaves_by_itself
from pages.menu import HOME, SET_UP, landing_of, menu_for
from pages.parts.cookies import cookie, drop_cookie, set_cookie
from pages.parts.limits import client_address
from pages.parts.plain import in_thread, page, plain_page
from pages.parts.plain_form import FormRefused, fields, form, is_from_our_page, sign_out_token
from pages.parts.turns import PASSWORDS, PASSWORDS_OF_STRANGERS, Turns

KNOWN_COOKIE = "coprod-known"  # of a browser in which somebody signed in lately
REFUSED = "That username and password do not match. Try again, or ask your administrator."
TOO_MANY = "There were too many attempts from this connection. Wait 15 minutes, then try again."
BUSY = "Many people are signing in just now. Wait a minute, then try again."
ENDED = "We signed you out. Sign in and you will come back to the page you were on."
OUT = "You are signed out. You can close this page."
NEW_PASSWORD = "Your new password is set. Sign in with it."  # noqa: S105 - a sentence
AGAIN = (
    "This form was too old, or your browser blocks cookies from this site. "
    "Type your password again."
)


@plain_page
async def sign_in_page(request: Request) -> Response:
    """Show the form, or handle what was sent."""
    if request.method == "POST":
        return await _take(request)
    wanted = safe_next(request.query_params.get("next", "/"))
    if await session_at(request.scope):
        return _go(wanted)
    notices = {"out": OUT, "password": NEW_PASSWORD}
    notice = notices.get(request.query_params.get("note", ""), "")
    if not notice and cookie(request.scope, SESSION_COOKIE):
        notice = ENDED
    return await _show(request, wanted, notice=notice)


@plain_page
async def sign_out_page(request: Request) -> Response:
    """Ask once more, or sign out: the button carries a token of this session."""
    session = await session_at(request.scope)
    if session is None:
        return _go("/sign-in")
    if request.method != "POST":
        return await page(request, "sign_out.html", token=sign_out_token(session))
    data = await fields(request)
    token = str(data.get("token", ""))
    if not is_from_our_page(request) or not hmac.compare_digest(
        token.encode(), sign_out_token(session).encode()
    ):
        raise FormRefused(403, "You are still signed in. Press the sign-out button again.")
    await in_thread(end_session, session)
    response = _go("/sign-in?note=out")
    drop_cookie(response, request.scope, SESSION_COOKIE)
    return response


async def _take(request: Request) -> Response:
    wanted = safe_next(request.query_params.get("next", "/"))
    try:
        data = await form(request)
    except FormRefused as refused:
        if refused.status != 403 or not is_from_our_page(request):
            raise
        return await _show(request, wanted, status=403, notice=AGAIN, data=refused.data)
    turns = _turns(cookie(request.scope, KNOWN_COOKIE) or "", _username(data))
    with turns.place() as there:
        if not there:
            return await _show(request, wanted, status=503, refused=BUSY, data=data)
        return await _check(request, wanted, data, turns)


async def _check(request: Request, wanted: str, data: FormData, turns: Turns) -> Response:
    username, password = _username(data), str(data.get("password", ""))
    address = client_address(request.scope.get("client"))
    mark = cookie(request.scope, KNOWN_COOKIE) or ""
    counted = await in_thread(_begin, username, address, mark)
    if counted.attempt_id is None:
        return await _show(request, wanted, status=429, refused=TOO_MANY, data=data)
    await sleep(counted.delay)
    old, browser = await session_at(request.scope), request.headers.get("user-agent", "")
    signed_in = await turns.run(
        _finish, counted, counted.attempt_id, username, password, old, browser_words(browser)
    )
    if signed_in is None:
        return await _show(request, wanted, status=401, refused=REFUSED, data=data)
    before = cookie(request.scope, SESSION_COOKIE)
    if wanted != "/" and before and await in_thread(_is_another, signed_in, before):
        wanted = "/"  # where somebody else was is not shown to who comes after them
    response = _go(await in_thread(_landing, signed_in, wanted))
    set_cookie(response, request.scope, SESSION_COOKIE, signed_in.token)
    set_cookie(response, request.scope, KNOWN_COOKIE, signed_in.mark, days=KNOWN_FOR.days)
    return response


async def _show(
    request: Request,
    wanted: str,
    *,
    status: int = 200,
    notice: str = "",
    refused: str = "",
    data: FormData | None = None,
) -> Response:
    return await page(
        request,
        "sign_in.html",
        status=status,
        action="/sign-in" if wanted == "/" else f"/sign-in?{urlencode({'next': wanted})}",
        notice=notice,
        refused=refused,
        username=str(data.get("username", "")) if data else "",
        demonstration=await in_thread(demo_council),
    )


def _username(data: FormData) -> str:
    return clean_start(str(data.get("username", "")), LONGEST + 1)  # a longer one is nobody's


def _turns(mark: str, username: str) -> Turns:
    """Return where this check waits: apart from strangers where this person signed in lately."""
    here = database.current()
    known = browser_of(here.keys, mark, username.lower(), here.clock().date())
    return PASSWORDS if known else PASSWORDS_OF_STRANGERS


def _begin(username: str, address: str, mark: str) -> SignInTry:
    with database.writing(Public()) as (db, public):
        return begin_sign_in(db, public, username=username, address=address, mark=mark)


def _finish(
    counted: SignInTry,
    attempt_id: int,
    username: str,
    password: str,
    old: str | None,
    browser: str,
) -> SignedIn | None:
    """Check the password outside any transaction, then open the session and end the old one."""
    fits = is_password(password, counted.password_hash)
    checked = counted.password_hash if fits else None
    better = hash_password(password) if checked and is_weaker(checked) else None
    with database.writing(Public()) as (db, public):
        signed_in = sign_in(
            db, public, attempt_id, username=username, checked=checked, better_hash=better,
            browser=browser,
        )  # fmt: skip
    if signed_in and old:
        end_session(old)
    return signed_in


def _landing(signed_in: SignedIn, wanted: str) -> str:
    """Return the page where somebody starts: of those with the overview, the one named for them.

    Whoever can record that a first Promise was adopted starts where it waits for them. Who has to
    be told something about their account reads that first.
    """
    with database.reading(BySession(signed_in.public_id)) as (db, actor):
        first, mine = landing_of(actor.roles), menu_for(actor.roles)
        told_first = bool(actor.roles) and must_be_told(db, actor)
        adopts = actor.may(Permission.PROMISE_ADOPT) and set_up_state(db, actor).drafted
    if wanted == "/" and adopts:
        wanted = next(one.address for one in mine if one.file == SET_UP)
    elif wanted == "/" and first is not None and any(one.file == HOME for one in mine):
        wanted = first.address
    return f"{ACCOUNT}?{urlencode({'next': wanted})}" if told_first else wanted


def _is_another(signed_in: SignedIn, token: str) -> bool:
    """Say whether this browser's session of before, which may have ended, was somebody else's."""
    with database.reading(System()) as (db, system):
        before = held_before(db, system, token)
        now = live_sessions(db, system, [signed_in.public_id]).get(signed_in.public_id)
    return before is not None and now is not None and before != now.person_id


def end_session(public_id: str) -> None:
    """End a session; the tab that asked goes to its next page, and the others are led away."""
    leaves_by_itself(public_id)
    with database.writing(System()) as (db, system):
        sign_out(db, system, public_id)


def _go(address: str) -> Response:
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})


ROUTES = [
    Route("/sign-in", sign_in_page, methods=["GET", "POST"]),
    Route("/sign-out", sign_out_page, methods=["GET", "POST"]),
]
