"""/policy/<id>: what a policy says, in easy words first, and a box beside each part of it.

No account and no script is needed. Who writes gets a card code, with which they read what became of
their words. The typed words come back with every problem.
"""

import secrets
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.commands.entries_comments import send_comment
from coprod_data.permissions import Invalid, NotFound, Refused
from coprod_data.queries.policies_public import PublicPolicy, public_policy
from coprod_data.queries.settings import Duty, duty
from coprod_data.rules.clocks import day_words
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import NewCode, new_code
from coprod_data.store.database import Unavailable
from coprod_data.vocabulary.policies import Opinion
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, note_fault, packed, page, plain_page
from pages.parts.plain_form import FormRefused, form
from pages.parts.turns import CODES_OF_NEW_CARDS
from pages.parts.wording import say

MOST, MINUTES = 60, 15  # comments from one address
LONGEST_KEY = 80
LARGEST = 512 * 1024  # well over the limit, so that too many words are not lost
DIGITS = 9


@dataclass(frozen=True)
class _Typed:
    """What was typed beside one part, under which one-time key; `all_words` is what is shown."""

    key: str
    part: int = 0
    opinion: str = ""
    words: str = ""
    all_words: bool = False


@plain_page
async def policy_page(request: Request) -> Response:
    """Show a policy, or keep what was written about a part of it."""
    number = _number(request.path_params["number"])
    if request.method != "POST":
        all_words = request.query_params.get("words") == "all"
        shown = await _show(request, number, _Typed(secrets.token_urlsafe(18), all_words=all_words))
        return packed(request, shown)
    try:
        data = await form(request, largest=LARGEST)
    except FormRefused as refused:
        typed = _typed(refused.data)
        return await _show(request, number, typed, say("error.cookies"), status=refused.status)
    typed = _typed(data)
    try:
        if not await within_limit(request, f"policy {number}", most=MOST, minutes=MINUTES):
            return await _show(request, number, typed, say("error.limit"), status=429)
        code = await CODES_OF_NEW_CARDS.run(_code, typed.key)
        words, replaced = await in_thread(_kept, typed, code)
        on_duty = await in_thread(_duty)
        return await page(
            request, "policy_sent.html", duty=on_duty, code=words, replaced=replaced, id=number
        )
    except Unavailable as fault:
        alert = f"{say('error.down')} {say('error.reference', reference=fault.reference)}"
    except Invalid as refused:
        return await _show(request, number, typed, refused.sentence, status=422)
    except Refused as refused:
        status = 404 if isinstance(refused, NotFound) else 503
        return await _show(request, number, typed, refused.sentence, status=status)
    except Exception:  # whatever failed, the words stay in the box
        alert = f"{say('error.down')} {say('error.reference', reference=note_fault(request))}"
    return await _show(request, number, typed, alert, status=503)


async def _show(
    request: Request, number: int, typed: _Typed, alert: str = "", *, status: int = 200
) -> Response:
    policy, on_duty = await in_thread(_read, number)
    easy = not typed.all_words and any(part.easy for part in policy.parts)
    stays = {part.id for part in policy.parts}
    return await page(
        request, "policy_public.html", status=status, policy=policy, duty=on_duty, easy=easy,
        typed=typed, alert=alert, opinions=list(Opinion),
        lost=bool(typed.words) and typed.part not in stays,
        by=day_words(policy.comments_by) if policy.comments_by else "",
        until=day_words(policy.valid_to) if policy.valid_to else "",
    )  # fmt: skip


def _read(number: int) -> tuple[PublicPolicy, Duty]:
    with database.reading(Public()) as (db, actor):
        return public_policy(db, actor, number), duty(db, actor)


def _duty() -> Duty:
    with database.reading(Public()) as (db, actor):
        return duty(db, actor)


def _kept(typed: _Typed, code: NewCode) -> tuple[str, bool]:
    opinion = Opinion(typed.opinion) if typed.opinion in set(Opinion) else None
    with database.writing(Public()) as (db, actor):
        return send_comment(
            db, actor, typed.part, text=typed.words, form_id=_form_id(typed.key), code=code,
            opinion=opinion,
        )  # fmt: skip


def _code(key: str) -> NewCode:
    return new_code(_form_id(key), database.current().keys)


def _form_id(key: str) -> str:
    return f"policy:{key}"


def _typed(data: FormData) -> _Typed:
    said = {name: value for name, value in data.items() if isinstance(value, str)}
    return _Typed(
        said.get("key", "")[:LONGEST_KEY],
        _number(said.get("part", ""), missing=0),
        said.get("opinion", ""),
        said.get("words", ""),
        all_words=said.get("all") == "yes",
    )


def _number(typed: str, missing: int | None = None) -> int:
    """Return a number that an address or a form names. Raises NotFound where none may be."""
    if typed.isdecimal() and typed.isascii() and len(typed) <= DIGITS:
        return int(typed)
    if missing is None:
        raise NotFound("We could not find that policy.")
    return missing


ROUTES = [Route("/policy/{number}", policy_page, methods=["GET", "POST"])]
