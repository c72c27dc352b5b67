"""The page of one's own account: what happened to it, and what one can do about that.

A plain page, so that no password is ever in a Streamlit box.
"""

from asyncio import sleep
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.auth_sessions import SignInTry, begin_sign_in
from coprod_data.commands.auth_sessions_own import (
    change_own_password,
    end_other_sessions,
    end_own_session,
    prove_oneself,
)
from coprod_data.commands.calendars import end_calendar, make_calendar
from coprod_data.commands.people_own import note_resets_read
from coprod_data.commands.people_requests import stop_request, stop_role
from coprod_data.permissions import Invalid, Permission, Refused
from coprod_data.queries.auth_sessions import signed_in_person
from coprod_data.queries.auth_sessions_own import own_sessions, own_sign_ins
from coprod_data.queries.calendars import calendar_of_mine
from coprod_data.queries.people_own import resets_of_mine
from coprod_data.queries.people_passwords import names_of_mine
from coprod_data.queries.people_requests import asked_about_accounts
from coprod_data.store import database
from coprod_data.store.actors import BySession, Public, SignedOut
from coprod_data.store.database import Unavailable
from coprod_data.store.passwords import checked_password, hash_password, is_password
from pages.door.addresses import ACCOUNT, safe_next
from pages.door.sign_in import KNOWN_COOKIE, TOO_MANY
from pages.parts.cookies import cookie
from pages.parts.limits import client_address
from pages.parts.plain import in_thread, page, plain_page
from pages.parts.plain_form import FormRefused, form
from pages.parts.times import on_and_at
from pages.parts.turns import PASSWORDS
from pages.shared.accounts_asked import asked_words

DONE = {
    "password": "Your new password is set. You are signed out everywhere else.",
    "ended": "Ended.",
    "calendar": "The address of your calendar is below.",
    "no_calendar": "The address has ended. Calendars that use it show nothing new any more.",
}
SESSION = "x-coprod-session"  # only the wall sets it


@plain_page
async def account_page(request: Request) -> Response:
    """Show one's own account, or do what was pressed on it."""
    session, after = request.headers[SESSION], safe_next(request.query_params.get("next", "/"))
    fault, done = "", DONE.get(request.query_params.get("note", ""), "")
    if request.method == "POST":
        try:
            note = await _do(request, session, await form(request))
        except Refused as refused:
            if isinstance(refused, SignedOut | Unavailable | FormRefused):
                raise
            fault = refused.sentence
        else:
            return RedirectResponse(_here(after, note), 303, {"Cache-Control": "no-store"})
    return await page(
        request, "account_own.html", status=422 if fault else 200, action=_here(after),
        after=after, fault=fault, done=done,
        site=str(request.base_url).rstrip("/"), **await in_thread(_about, session),
    )  # fmt: skip


@plain_page
async def again_page(request: Request) -> Response:
    """Ask for the password again, before something sensitive."""
    fault, done = "", request.query_params.get("note") == "again"
    if request.method == "POST":
        data = await form(request)
        try:
            await _prove(request, request.headers[SESSION], str(data.get("current", "")))
        except Invalid as refused:
            fault = refused.sentence
        else:
            return RedirectResponse(
                f"{ACCOUNT}/again?note=again", 303, {"Cache-Control": "no-store"}
            )
    return await page(
        request, "password_typed_again.html", status=422 if fault else 200, fault=fault, done=done
    )


async def _do(request: Request, session: str, data: FormData) -> str:
    """Do what was pressed. Returns the name of the sentence that says so, or "". Raises Refused."""
    if "new" in data:
        if data.get("new") != data.get("again"):
            raise Invalid("The two new passwords are not the same. Type both again.")
        new = checked_password(str(data["new"]), names=await in_thread(_names, session))
        await _prove(request, session, str(data.get("current", "")), new)
        return "password"
    await in_thread(_press, session, data)
    if "calendar" in data:
        return "calendar" if data["calendar"] == "make" else "no_calendar"
    return "ended" if "end" in data or "end_others" in data else ""


def _names(session: str) -> tuple[str, ...]:
    with database.reading(BySession(session)) as (db, actor):
        return names_of_mine(db, actor)


def _press(session: str, data: FormData) -> None:
    with database.writing(BySession(session)) as (db, actor):
        if "read" in data:
            note_resets_read(db, actor)
        if "calendar" in data:
            (make_calendar if data["calendar"] == "make" else end_calendar)(db, actor)
        if "end_others" in data:
            end_other_sessions(db, actor)
        if (number := _number(data.get("end"))) is not None:
            end_own_session(db, actor, number)
        kind, _, asked = str(data.get("stop", "")).partition(" ")
        if (number := _number(asked)) is not None:
            (stop_role if kind == "role" else stop_request)(db, actor, number)


async def _prove(request: Request, session: str, password: str, new: str = "") -> None:
    """Check the password of this session as at sign-in, with its counters, and note it.

    With `new`, it becomes the password. Raises Invalid.
    """
    mark = cookie(request.scope, KNOWN_COOKIE) or ""
    address = client_address(request.scope.get("client"))
    counted = await in_thread(_begin, session, address, mark)
    if counted.attempt_id is None:
        raise Invalid(TOO_MANY)
    await sleep(counted.delay)
    await PASSWORDS.run(_checked, session, counted, counted.attempt_id, password, new)


def _begin(session: str, address: str, mark: str) -> SignInTry:
    with database.reading(BySession(session)) as (db, actor):
        username = signed_in_person(db, actor).username
    with database.writing(Public()) as (db, public):
        return begin_sign_in(db, public, username=username, address=address, mark=mark)


def _checked(session: str, counted: SignInTry, attempt_id: int, password: str, new: str) -> None:
    fits = is_password(password, counted.password_hash)
    checked = counted.password_hash if fits else None
    password_hash = hash_password(new) if new and fits else ""
    with database.writing(BySession(session)) as (db, actor):
        if new:
            change_own_password(db, actor, attempt_id, checked=checked, password_hash=password_hash)
        else:
            prove_oneself(db, actor, attempt_id, checked=checked)


def _number(typed: object) -> int | None:
    text = str(typed or "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None


def _about(session: str) -> dict[str, Any]:
    with database.reading(BySession(session)) as (db, actor):
        resets = resets_of_mine(db, actor)
        sessions, sign_ins = own_sessions(db, actor), own_sign_ins(db, actor)
        may = actor.may(Permission.CALENDARS_OWN)
        token = calendar_of_mine(db, actor) if may else None
        asked, name = asked_about_accounts(db, actor, actor.id), actor.name
    return {
        "name": name,
        "may_have_calendar": may,
        "calendar": f"/calendar.ics?key={token}" if token else "",
        "sessions": [
            {
                "id": row.id,
                "browser": row.browser or "A browser",
                "began": on_and_at(row.began_at),
                "seen": on_and_at(row.seen_at),
                "this": row.this,
            }
            for row in sessions
        ],
        "sign_ins": [f"{on_and_at(row.at)}, {row.browser or 'a browser'}" for row in sign_ins],
        "unread": any(not row.told for row in resets),
        "may_be_read": any(not row.told and not row.watched for row in resets),
        "resets": [
            {
                "by": row.by,
                "made": on_and_at(row.made_at),
                "used": on_and_at(row.used_at),
                "by_second": row.by_second,
            }
            for row in resets
        ],
        "asked": [
            {
                "words": asked_words(row.what, row.by, row.counts_at),
                "at": on_and_at(row.at),
                "value": f"{'role' if row.of_role else 'request'} {row.id}",
            }
            for row in asked
        ],
    }


def _here(after: str, note: str = "") -> str:
    said = {"next": after} if after != "/" else {}
    said |= {"note": note} if note else {}
    return f"{ACCOUNT}?{urlencode(said)}" if said else ACCOUNT


ROUTES = [
    Route(ACCOUNT, account_page, methods=["GET", "POST"]),
    Route(f"{ACCOUNT}/again", again_page, methods=["GET", "POST"]),
]
