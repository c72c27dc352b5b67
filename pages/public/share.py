"""The form: a young person tells the Board what matters, without an account and without script.

One page and one form. The address's fragment selects the step to show, so Back and Forward keep
every word; the one POST at the end is answered with the code, or with the form as it was.
"""

import secrets
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.entries import SentEntry
from coprod_data.commands.entries_sent_again import send_form
from coprod_data.commands.entries_sent_again_steps import Place
from coprod_data.permissions import Invalid, Refused
from coprod_data.queries.promise import ThemeRow, themes
from coprod_data.queries.sessions_joining import Joined, conversation
from coprod_data.queries.settings import (
    Duty,
    ReadingPromise,
    duty,
    reading_promise,
    share_limit,
)
from coprod_data.queries.teams import SentTo, TeamName, readers_of_sent, team_names
from coprod_data.rules.form_ids import numbered
from coprod_data.rules.texts import optional_text, says_something
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import NewCode, new_code
from coprod_data.store.database import Unavailable
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, note_fault, packed, page, plain_page
from pages.parts.plain_form import FormRefused, form
from pages.parts.turns import CODES_OF_NEW_CARDS
from pages.parts.wording import say
from pages.public.heard_form import ASKED
from pages.public.join_tries import may_try, note_wrong
from pages.public.share_sent import form_id, put_instead, sent_page, sent_to
from pages.public.share_typed import Typed, text_of
from pages.shared.three_answers import readers_words

MINUTES = 15
MOST_OF_A_ROOM = 300  # sent at one session from one address: a classroom has one
LARGEST = 512 * 1024  # well over the limit, so that too many words are not lost
STEP_OF = {"theme": "theme", "feeling": "feeling", "thinks": "words", "wants": "words"}
LOOK = "check"  # the last look, where the form is sent


@dataclass(frozen=True)
class Around:
    """What the form needs: who is on duty, by when somebody reads, the current themes.

    `asked` is the session that it was opened at, with its join code.
    """

    duty: Duty | None = None
    reading: ReadingPromise | None = None
    themes: list[ThemeRow] = field(default_factory=list)
    teams: list[TeamName] = field(default_factory=list)
    limit: int = 60
    asked: Joined | None = None

    @property
    def set_theme(self) -> str:
        """Return the theme of the session that the form was opened at; "" where it is asked."""
        return str(self.asked.theme_id or "") if self.asked else ""

    @property
    def is_open(self) -> bool:
        """Say whether words may be sent: somebody is on duty and there is a Promise."""
        return self.duty is not None and self.duty.takes_words and bool(self.themes)


@plain_page
async def share(request: Request) -> Response:
    """Show the form, or save what was sent."""
    if request.method != "POST":
        try:
            around = await in_thread(_around)
        except Unavailable as fault:
            return await _closed(request, Around(), say("closed.down"), fault.reference, status=503)
        return packed(request, await _blank(request, around))
    try:
        data = await form(request, largest=LARGEST)
    except FormRefused as refused:
        return await _not_taken(request, refused)
    typed, key = Typed.of(data), text_of(data, "key")
    if text_of(data, "begin"):
        return await _begin(request, typed.join)
    if text_of(data, "instead"):
        return await _change(request, key, data)
    return await _send(request, typed, key, pressed=not text_of(data, "enter"))


async def _send(request: Request, typed: Typed, key: str, *, pressed: bool) -> Response:
    around = _last
    try:
        around = await _around_code(request, typed.join)
        typed = replace(typed, theme=around.set_theme or typed.theme)
        if not pressed:
            return await _form(request, around, typed, key, alert=say("error.not_sent"), status=422)
        if not await _within(request, around, count=False):
            return await _form(request, around, typed, key, alert=say("error.limit"), status=429)
        if errors := await in_thread(_errors, typed):
            return await _form(request, around, typed, key, errors=errors, status=422)
        if not around.is_open:
            return await _form(request, around, typed, key, alert=say("error.closed"), status=503)
        if not await _within(request, around):
            return await _form(request, around, typed, key, alert=say("error.limit"), status=429)
        code = await CODES_OF_NEW_CARDS.run(_code, key)
        sent, place, reads = await in_thread(_kept, typed, key, code)
    except Unavailable as fault:
        return await _down(request, typed, key, fault.reference)
    except Invalid as refused:
        named = refused.field if refused.field in Typed.__dataclass_fields__ else "theme"
        errors = {named: say("error.theme") if named == "theme" else refused.sentence}
        return await _form(request, around, typed, key, errors=errors, status=422)
    except Refused as refused:
        return await _form(request, around, typed, key, alert=refused.sentence, status=503)
    except Exception:  # whatever failed, a child's words stay in the form
        return await _down(request, typed, key, note_fault(request))
    return await sent_page(
        request, around.duty, around.reading, sent.code,
        board=typed.board, public=typed.public,
        reads=reads, talk=typed.talk, key=key, number=place.number, earlier=place.earlier,
        join=typed.join if around.asked else "", asked=around.asked,
    )  # fmt: skip


async def _change(request: Request, key: str, data: FormData) -> Response:
    around = await _around_code(request, text_of(data, "join"))
    put = await put_instead(key, data)
    return await sent_page(
        request, around.duty, around.reading, put.code,
        board=text_of(data, "board"), public=text_of(data, "public"),
        reads=sent_to(text_of(data, "reads")), key=key, changed=put.done,
        join=text_of(data, "join"), asked=around.asked,
    )  # fmt: skip


async def _begin(request: Request, code: str) -> Response:
    """Show the empty form of a session, or ask for its code again where it counts no more."""
    around = await _around_code(request, code)
    if around.asked is None:
        return RedirectResponse("/join", 303, {"Cache-Control": "no-store"})
    return await _blank(request, around, code)


async def _around_code(request: Request, code: str) -> Around:
    """Return what is around the form of this join code; after too many wrong ones none is read."""
    if not code or not await may_try(request):
        return await in_thread(_around)
    around = await in_thread(_around, code)
    if around.asked is None:
        await note_wrong(request)
    return around


async def _blank(request: Request, around: Around, code: str = "") -> Response:
    if not around.is_open:
        return await _closed(request, around, say("closed.why"))
    return await _form(request, around, Typed(join=code), secrets.token_urlsafe(18))


async def _within(request: Request, around: Around, *, count: bool = True) -> bool:
    what, most = "share", around.limit
    if around.asked:
        what, most = f"join {around.asked.session_id}", max(most, MOST_OF_A_ROOM)
    return await within_limit(request, what, most=most, minutes=MINUTES, count=count)


async def _down(request: Request, typed: Typed, key: str, reference: str) -> Response:
    alert = f"{say('error.down')} {say('error.reference', reference=reference)}"
    return await _form(request, _last, typed, key, alert=alert, status=503)


async def _not_taken(request: Request, refused: FormRefused) -> Response:
    typed = Typed.of(refused.data)
    if not typed.any:
        sentence = say("error.large") if refused.status == 413 else refused.sentence
        return await _closed(request, _last, sentence, status=refused.status)
    key = text_of(refused.data, "key")
    alert = say("error.cookies")
    return await _form(request, _last, typed, key, alert=alert, status=refused.status)


async def _form(
    request: Request,
    around: Around,
    typed: Typed,
    key: str,
    *,
    errors: dict[str, str] | None = None,
    alert: str = "",
    status: int = 200,
) -> Response:
    """Show the form; after a problem it holds every word that was typed and says what to do.

    It opens at the first field with an error, else at the last look where it is sent again.
    """
    wrong = next(iter(errors or ()), "")
    begin = "feeling" if around.set_theme else "theme"
    first = STEP_OF.get(wrong, "talk") if wrong else LOOK if alert else begin
    return await page(
        request,
        "share.html",
        status=status,
        duty=around.duty,
        reading=around.reading,
        themes=around.themes,
        asked=around.asked,
        teams=around.teams,
        readers=readers_words(around.teams),
        typed=typed,
        heard=ASKED,
        key=key,
        errors=errors or {},
        alert=alert,
        first=first,
        focus=wrong,
    )


async def _closed(
    request: Request, around: Around, sentence: str, reference: str = "", status: int = 200
) -> Response:
    said = {"sentence": sentence, "reference": reference}
    return await page(request, "closed.html", status=status, duty=around.duty, **said)


def _errors(typed: Typed) -> dict[str, str]:
    """Return what is wrong with the boxes and the wish to talk, a sentence each."""
    errors, said = {}, {}
    for name in ("thinks", "wants"):
        try:
            said[name] = optional_text(getattr(typed, name), name)
        except Invalid as refused:
            errors[name] = refused.sentence
    if not errors and not says_something("".join(said.values())):
        written = next((name for name, words in said.items() if words), "")
        errors[written or "thinks"] = say("error.signs" if written else "error.empty")
    try:
        _ = typed.wish
    except Invalid as refused:
        errors[refused.field or "reach"] = refused.sentence
    return errors


def _code(key: str, number: int = 1) -> NewCode:
    return new_code(numbered(form_id(key), number), database.current().keys)


def _kept(typed: Typed, key: str, code: NewCode) -> tuple[SentEntry, Place, SentTo]:
    """Keep what was sent, and say who reads it.

    A double press is one card; with a letter changed it is another.
    """
    form, said, number = form_id(key), typed.said(), 1
    while True:
        with database.writing(Public()) as (db, actor):
            sent, place = send_form(db, actor, form, number=number, code=code, said=said)
            reads = SentTo.TEAM if sent is None else readers_of_sent(db, actor, sent.entry_id)
        if sent is not None:
            return sent, place, reads
        number = place.number
        code = _code(key, number)


_last = Around()


def _around(code: str = "") -> Around:
    """Return what the form needs, remembered so that the form can be shown during a fault."""
    global _last
    with database.reading(Public()) as (db, actor):
        reading = reading_promise(db, actor)
        _last = Around(
            duty=duty(db, actor),
            reading=reading,
            themes=themes(db, actor),
            teams=team_names(db, actor, reading.by),
            limit=share_limit(db, actor),
        )
        asked = conversation(db, actor, code) if code else None
    if asked and asked.here:  # whoever is there does not wait for the hours
        return replace(_last, asked=asked, reading=replace(reading, opening_day=None))
    return replace(_last, asked=asked)


ROUTES = [Route("/share", share, methods=["GET", "POST"])]
