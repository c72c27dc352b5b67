"""Joining in from a phone: the two words of a session open what it asks, and later what it told.

The words are sent in a form, never in an address that a server sees.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.permissions import NotFound, Refused
from coprod_data.queries.sessions_joining import Joined, joined
from coprod_data.queries.settings import Duty, duty
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import tidy_code
from coprod_data.store.database import Unavailable
from coprod_data.store.join_codes import spaced
from pages.parts.plain import in_thread, note_fault, page, plain_page
from pages.parts.plain_form import FormRefused, form
from pages.parts.wording import hour_words, say
from pages.public.join_tries import may_try, note_wrong

LONGEST_CODE = 60


@dataclass(frozen=True)
class _Asked:
    code: str
    duty: Duty | None = None
    joined: Joined | None = None


@plain_page
async def join(request: Request) -> Response:
    """Ask for the two words, or show what they open."""
    if request.method != "POST":
        return await _ask(request)
    try:
        data = await form(request)
    except FormRefused as refused:
        return await _ask(request, say("error.cookies"), status=refused.status)
    typed = data.get("code", "")
    code = spaced(tidy_code(typed[:LONGEST_CODE])) if isinstance(typed, str) else ""
    if not code:
        return await _ask(request, say("join.empty"), status=422)
    try:
        if not await may_try(request):
            return await _ask(request, say("code.limit"), code, status=429)
        return await _show(request, await in_thread(_joined, code))
    except NotFound as refused:
        await note_wrong(request)
        return await _ask(request, refused.sentence, code, status=422)
    except Unavailable as refused:
        reference = refused.reference
    except Refused as refused:
        return await _ask(request, refused.sentence, code, status=422)
    except Exception:  # whatever failed, the words are still in the box
        reference = note_fault(request)
    sentence = f"{say('error.down')} {say('error.reference', reference=reference)}"
    return await _ask(request, sentence, code, status=503)


async def _show(request: Request, asked: _Asked) -> Response:
    assert asked.joined is not None  # noqa: S101 - a code without a session was refused
    until = hour_words(asked.joined.closes_at, database.current().clock())
    return await page(
        request,
        "join_over.html" if asked.joined.over else "join.html",
        duty=asked.duty,
        code=asked.code,
        session=asked.joined,
        until=until,
    )


async def _ask(
    request: Request, fault: str = "", typed: str = "", *, status: int = 200
) -> Response:
    return await page(
        request,
        "join_code.html",
        status=status,
        duty=await in_thread(_duty),
        fault=fault,
        typed=typed,
    )


def _joined(code: str) -> _Asked:
    with database.reading(Public()) as (db, actor):
        return _Asked(code, duty(db, actor), joined(db, actor, code))


def _duty() -> Duty | None:
    try:
        with database.reading(Public()) as (db, actor):
            return duty(db, actor)
    except Unavailable:
        return None


ROUTES = [Route("/join", join, methods=["GET", "POST"])]
