"""/card: with five words a young person sees how far their card is, answers, or takes it back.

The code is sent only in the body of each POST: not in an address, not in a cookie. Back and Reload
send a pass in its place, which ends after ten minutes.
"""

import secrets
from collections.abc import Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.permissions import NotFound, Refused
from coprod_data.queries.settings import Duty, duty
from coprod_data.rules.code_words import (
    UnknownWord,
    is_no_code,
    is_one_short,
    put_apart,
    put_right,
    unknown_words,
)
from coprod_data.store import database
from coprod_data.store.actors import ByCode, Public
from coprod_data.store.card_codes import LISTS, tidy_code, words
from coprod_data.store.database import Unavailable
from pages.parts.limits import take_out_of_limit, within_limit
from pages.parts.plain import in_thread, note_fault, page, plain_page
from pages.parts.plain_form import FormRefused, form
from pages.parts.turns import CODES_OF_OPEN_CARDS, CODES_TYPED, Turns
from pages.parts.wording import say
from pages.public.card_copy import copy_for
from pages.public.card_opened import note_shown, was_shown
from pages.public.card_pass import code_of, pass_of
from pages.shared.card_acts import WHOM, act, done_words
from pages.shared.put_back import put_back
from pages.shared.young_card import Card, read_card

WRONG_CODES, RIGHT_CODES, UNKNOWN_WORDS, MINUTES = 20, 120, 30, 15
LONGEST_CODE = 120
COPY = "copy"
LOOKING = ("", "take_back_check")
TYPED = (  # what is put back after a fault
    "do", "question", "outcome", "job", "agreed", "face", "words", "may_read",
    "first_name", "reach", "number", "day", "when_safe", "about", WHOM,
)  # fmt: skip

Said = dict[str, str]


@plain_page
async def card(request: Request) -> Response:
    """Ask for the code, or do what its holder asks and show the card."""
    if request.method != "POST":
        return await _ask(request)
    try:
        said = _said(await form(request))
    except FormRefused as refused:
        said = _said(refused.data)
        return await _keep(request, said, say("error.cookies"), status=refused.status)
    if card_pass := said.pop("pass", ""):
        said["code"] = code_of(card_pass)
        if not said["code"]:
            return await _ask(request)
    if instead := said.pop("instead", ""):
        said["code"] = put_right(said.get("code", ""), *_swapped(instead))
    if not tidy_code(said.get("code", "")):
        return await _ask(request, say("code.empty"), said.get("code", ""), status=422)
    try:
        if not await _within(request, "card", WRONG_CODES, count=False):
            return await _keep(request, said, say("code.limit"), status=429)
        if not await _within(request, "card_right", RIGHT_CODES, count=False):
            return await _keep(request, said, say("code.limit_right"), status=429)
        tidy = tidy_code(said["code"][:LONGEST_CODE])
        if (apart := put_apart(tidy, words, list(LISTS))) != tidy:
            said["code"] = apart
        if is_no_code(tidy_code(said["code"]), list(LISTS)):
            return await _ask(request, say("code.not_whole"), said["code"], status=422)
        unknown = await in_thread(_unknown, said["code"])
        if unknown and await _within(request, "card_words", UNKNOWN_WORDS):
            if is_one_short(tidy_code(said["code"]), words, list(LISTS)):
                return await _ask(request, say("code.one_missing"), said["code"], status=422)
            fault = say("code.unknown") if len(unknown) == 1 else say("code.unknown_many")
            return await _ask(request, fault, said["code"], unknown, status=422)
        turns = CODES_OF_OPEN_CARDS if was_shown(said["code"]) else CODES_TYPED
        with turns.place() as there:
            if not there:
                return await _keep(request, said, say("code.busy"), status=503)
            return await _do(request, said, turns)
    except Unavailable as fault:
        reference = fault.reference
    except Exception:  # whatever failed, what was typed is kept for another try
        reference = note_fault(request)
    sentence = f"{say('error.down')} {say('error.reference', reference=reference)}"
    return await _keep(request, said, sentence, status=503)


async def _do(request: Request, said: Said, turns: Turns) -> Response:
    who = ByCode(said["code"])
    # Counted as wrong before it is looked for: many at once would all be slow before one counted.
    if not await _within(request, "card", WRONG_CODES):
        return await _keep(request, said, say("code.limit"), status=429)
    try:
        await turns.run(who.digests, database.current().keys)
        before = await in_thread(lambda: read_card(database.reading(who)))
    except NotFound as refused:
        short = is_one_short(tidy_code(said["code"]), words, list(LISTS))
        fault = say("code.one_missing") if short else refused.sentence
        return await _ask(request, fault, said["code"], status=422)
    except Exception:
        await take_out_of_limit(request, "card", minutes=MINUTES)
        raise
    note_shown(said["code"])
    await take_out_of_limit(request, "card", minutes=MINUTES)
    await _within(request, "card_right", RIGHT_CODES)
    if said.get("do") == COPY:
        return await in_thread(lambda: copy_for(who, before))
    if said.get("do", "") in LOOKING:
        return await _show(request, said, before)
    try:
        await in_thread(lambda: act(database.writing(who), said))
    except Refused as refused:
        if isinstance(refused, Unavailable):
            raise
        now = await in_thread(lambda: read_card(database.reading(who)))
        said, sentence = put_back(said, now, refused.sentence)
        return await _show(request, said, now, fault=sentence, status=422)
    after = await in_thread(lambda: read_card(database.reading(who)))
    saved = done_words(said["do"], await in_thread(_duty), after.entry, words=said.get("words", ""))
    return await _show(request, {"code": said["code"]}, after, saved=saved)


async def _ask(
    request: Request,
    fault: str = "",
    typed: str = "",
    unknown: Sequence[UnknownWord] = (),
    *,
    status: int = 200,
) -> Response:
    return await page(
        request,
        "card_code.html",
        status=status,
        duty=await in_thread(_duty),
        fault=fault,
        typed=typed[:LONGEST_CODE],
        unknown=unknown,
    )


async def _within(request: Request, what: str, most: int, *, count: bool = True) -> bool:
    return await within_limit(request, what, most=most, minutes=MINUTES, count=count)


def _unknown(typed: str) -> list[UnknownWord]:
    return unknown_words(tidy_code(typed[:LONGEST_CODE]), words, list(LISTS))


def _swapped(instead: str) -> tuple[str, str]:
    """Return the typed word and the word to put in its place, both made tidy."""
    typed, _, chosen = instead[:LONGEST_CODE].partition("=")
    return tidy_code(typed), tidy_code(chosen)


async def _show(
    request: Request,
    said: Said,
    shown: Card,
    *,
    fault: str = "",
    saved: str = "",
    status: int = 200,
) -> Response:
    return await page(
        request,
        "take_back.html" if _asks(said, shown) else "card.html",
        status=status,
        duty=await in_thread(_duty),
        card=shown,
        code=tidy_code(said["code"]),
        card_pass="" if shown.entry.withdrawn else pass_of(tidy_code(said["code"])),
        key=said.get("key") or secrets.token_urlsafe(18),
        new_key=secrets.token_urlsafe(18),  # of a new card, for words that this one cannot take
        said={name: said.get(name, "") for name in TYPED},
        fault=fault,
        saved=saved,
    )


def _asks(said: Said, shown: Card) -> bool:
    """Say whether the page asks if they are sure; what is gone already is not taken back again."""
    return said.get("do") == "take_back_check" and not shown.entry.withdrawn


async def _keep(request: Request, said: Said, sentence: str, *, status: int) -> Response:
    """Say why nothing was done, and keep every word for another try."""
    return await page(
        request,
        "card_again.html",
        status=status,
        duty=await in_thread(_duty),
        said=said,
        sentence=sentence,
    )


_last_duty: Duty | None = None


def _duty() -> Duty | None:
    """Return whom to call; the last known people while the database is away."""
    global _last_duty
    try:
        with database.reading(Public()) as (db, actor):
            _last_duty = duty(db, actor)
    except Unavailable:
        return _last_duty
    return _last_duty


def _said(data: FormData) -> Said:
    said = {name: value for name, value in data.items() if isinstance(value, str)}
    if WHOM in said:  # several ticks are one field
        said[WHOM] = " ".join(one for one in data.getlist(WHOM) if isinstance(one, str))
    return said


ROUTES = [Route("/card", card, methods=["GET", "POST"])]
