"""Was this page useful? Two presses, and words for whoever has some. No address is asked.

Without script the presses open this page; in a page of Streamlit a script sends them, and this page
is one press away. It counts for the page that was asked about, never for whoever pressed.
"""

import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.page_feedback import say_useful, write_about_page
from coprod_data.permissions import Permission, Refused, Role
from coprod_data.queries.settings import Duty, duty
from coprod_data.queries.teams import TeamName, team_names
from coprod_data.rules.who_is_meant import SaidAbout
from coprod_data.store import database
from coprod_data.store.actors import BySession, Public
from coprod_data.store.database import Unavailable
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, note_fault, page, plain_page
from pages.parts.plain_form import FormPass, FormRefused, fields, is_from_our_page
from pages.parts.wording import say
from pages.shared.asked_pages import address_of, asked_pages
from pages.shared.three_answers import YES, about_us_of

SESSION = "x-coprod-session"  # only the wall sets it, and only at the inner address
MINE = "/useful/mine"  # of somebody who is signed in
MOST, MINUTES = 60, 15  # answers from one address
LONGEST_KEY = 80
LARGEST = 512 * 1024  # well over the limit, so that too many words are not lost
ELSEWHERE = "This form came from another site. Open our page and try again."


@dataclass(frozen=True)
class _Asked:
    """What the page shows: of which page, under which one-time key, and what was typed."""

    name: str
    key: str
    words: str = ""
    wants_answer: bool = False
    about: str = ""
    whom: str = ""  # several ticks, with spaces between


@dataclass(frozen=True)
class _Around:
    """Who is on duty, whom words may be about, and the name of an adult who is signed in."""

    duty: Duty | None = None
    teams: list[TeamName] = field(default_factory=list)
    adult: str = ""


@plain_page
async def useful(request: Request) -> Response:
    """Ask, or keep what was pressed or written."""
    if request.method != "POST":
        name = request.query_params.get("page", "")
        if name not in asked_pages():
            return RedirectResponse("/", 303, {"Cache-Control": "no-store"})
        more = request.query_params.get("more") == "1"  # the presses were made already
        return await _show(request, _Asked(name, secrets.token_urlsafe(18)), pressed=more)
    data = await fields(request, largest=LARGEST)
    if not is_from_our_page(request):
        raise FormRefused(403, ELSEWHERE)
    asked = _Asked(
        _text(data, "useful_of"), _text(data, "useful_key")[:LONGEST_KEY], _text(data, "words"),
        wants_answer=bool(_text(data, "answer_me")), about=_text(data, "about"),
        whom=" ".join(one for one in data.getlist("whom") if isinstance(one, str)),
    )  # fmt: skip
    pressed = _text(data, "useful")
    if asked.name not in asked_pages() or len(asked.key) < 8:
        return RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    if not pressed and not FormPass(request).fits(data):
        return await _show(request, asked, alert=say("error.cookies"), status=403)
    try:
        what = "useful" if pressed else "useful-words"  # no press takes room from words
        if not await within_limit(request, what, most=MOST, minutes=MINUTES):
            return await _show(request, asked, alert=say("error.limit"), status=429)
        if pressed:
            await in_thread(_pressed, asked, pressed == "yes")
            return await _show(request, asked, answered=True)
        await in_thread(_written, asked, request.headers.get(SESSION, ""))
        return await _show(request, _Asked(asked.name, asked.key), answered=True, written=True)
    except Unavailable as fault:
        alert = f"{say('error.down')} {say('error.reference', reference=fault.reference)}"
    except Refused as refused:
        return await _show(request, asked, alert=refused.sentence, status=422)
    except Exception:  # whatever failed, the words stay in the box
        alert = f"{say('error.down')} {say('error.reference', reference=note_fault(request))}"
    return await _show(request, asked, alert=alert, status=503)


async def _show(
    request: Request,
    asked: _Asked,
    *,
    alert: str = "",
    answered: bool = False,
    pressed: bool = False,
    written: bool = False,
    status: int = 200,
) -> Response:
    session = request.headers.get(SESSION, "")
    around = await in_thread(_around, session)
    return await page(
        request, "useful.html", status=status, asked=asked, title=asked_pages()[asked.name],
        back=address_of(asked.name), duty=around.duty, teams=around.teams, adult=around.adult,
        alert=alert, answered=answered, pressed=pressed, written=written,
        action=_address(asked, MINE if session else "/useful"),
    )  # fmt: skip


def _address(asked: _Asked, path: str) -> str:
    """Return where the page's forms are sent: loaded again, it asks about the same page."""
    return f"{path}?{urlencode({'page': asked.name, 'more': '1'})}"


def _around(session: str) -> _Around:
    try:
        with database.reading(BySession(session) if session else Public()) as (db, actor):
            name = "" if Role.YOUNG_PERSON in actor.roles else actor.name
            return _Around(duty(db, actor), team_names(db, actor), name)
    except Unavailable:
        return _Around()


def _pressed(asked: _Asked, yes: bool) -> None:
    with database.writing(Public()) as (db, actor):
        say_useful(db, actor, page=asked.name, useful=yes, form_id=asked.key)


def _written(asked: _Asked, session: str) -> None:
    reply_to = None
    if session and asked.wants_answer:
        with database.reading(BySession(session)) as (_, actor):
            actor.must(Permission.ACCOUNT_OWN)
            reply_to = None if Role.YOUNG_PERSON in actor.roles else actor.id
    with database.writing(Public()) as (db, actor):
        write_about_page(
            db, actor, page=asked.name, text=asked.words, form_id=f"{asked.key}:words",
            reply_to_id=reply_to,
            about=SaidAbout(*about_us_of(asked.about == YES, asked.whom.split())),
        )  # fmt: skip


def _text(data: FormData, name: str) -> str:
    typed = data.get(name, "")
    return typed if isinstance(typed, str) else ""


ROUTES = [Route("/useful", useful, methods=["GET", "POST"])]
OF_ONE = [Route(MINE, useful, methods=["GET", "POST"])]
