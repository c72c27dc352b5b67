"""The form: a young person tells the Board what matters, without an account and without script.

One page and one form. The address's fragment selects the step to show, so Back and Forward keep
every word; the one POST at the end is answered with the code, or with the form as it was.
"""

import secrets
from dataclasses import astuple, dataclass, field, fields
from hashlib import sha256

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coprod_data.commands.entries import SentEntry, Wish, send_entry
from coprod_data.permissions import Invalid, Refused
from coprod_data.queries.promise import ThemeRow, themes
from coprod_data.queries.settings import (
    Duty,
    ReadingPromise,
    duty,
    reading_promise,
    share_limit,
)
from coprod_data.queries.teams import TeamName, team_names
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import new_code
from coprod_data.store.database import Unavailable
from coprod_data.vocabulary.entries import ConsentUse
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, note_fault, packed, page, plain_page
from pages.parts.plain_form import FormRefused, form
from pages.parts.wording import say
from pages.shared.three_answers import about_us_of, readers_words, uses_of, wish_of

MINUTES = 15
LARGEST = 512 * 1024  # well over the limit, so that too many words are not lost
UNKNOWN_THEME = "unknown"


@dataclass(frozen=True)
class Around:
    """What the form needs: who is on duty, by when somebody reads, the current themes."""

    duty: Duty | None = None
    reading: ReadingPromise | None = None
    themes: list[ThemeRow] = field(default_factory=list)
    teams: list[TeamName] = field(default_factory=list)
    limit: int = 60

    @property
    def is_open(self) -> bool:
        """Say whether words may be sent: somebody is on duty and there is a Promise."""
        return self.duty is not None and self.duty.takes_words and bool(self.themes)


@dataclass(frozen=True)
class Typed:
    """What is in the form, as the browser sent it."""

    theme: str = ""
    feeling: str = ""
    thinks: str = ""
    wants: str = ""
    board: str = ""
    public: str = ""
    talk: str = ""
    first_name: str = ""
    reach: str = ""
    number: str = ""
    day: str = ""
    when_safe: str = ""
    about: str = ""
    whom: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: FormData) -> "Typed":
        """Take our fields out of a form; a value that is not text counts as empty."""
        texts = {one.name: _text(data, one.name) for one in fields(cls) if one.name != "whom"}
        whom = sorted({value for value in data.getlist("whom") if isinstance(value, str)})
        return cls(**texts, whom=tuple(whom))

    @property
    def any(self) -> bool:
        """Say whether anything was chosen or written."""
        return any(astuple(self))

    @property
    def theme_id(self) -> int | None:
        """Return the chosen theme; None for "I don't know"."""
        return int(self.theme) if self.theme.isdecimal() and len(self.theme) < 10 else None

    @property
    def uses(self) -> frozenset[ConsentUse]:
        """Return the uses that were allowed; no answer means no."""
        return uses_of(self.board, self.public)

    @property
    def wish(self) -> Wish | None:
        """Return how to reach whoever wants to talk; a yes without a way is asked on the card."""
        return wish_of(
            talk=self.talk,
            first_name=self.first_name,
            reach=self.reach,
            number=self.number,
            day=self.day,
            when_safe=self.when_safe,
            sent_anyway=True,
        )

    def form_id(self, key: str) -> str:
        """Return the id of this sending: a double press has the same, changed words another."""
        said = (*astuple(self)[:-1], ",".join(self.whom))
        return "share:" + sha256("\x1f".join((key, *said)).encode()).hexdigest()


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
    typed, key = Typed.of(data), _text(data, "key")
    return await _send(request, typed, key, pressed=not _text(data, "enter"))


async def _send(request: Request, typed: Typed, key: str, *, pressed: bool) -> Response:
    around = _last
    try:
        around = await in_thread(_around)
        if not pressed:
            return await _form(request, around, typed, key, alert=say("error.not_sent"), status=422)
        if errors := await in_thread(_errors, typed):
            return await _form(request, around, typed, key, errors=errors, status=422)
        if not around.is_open:
            return await _form(request, around, typed, key, alert=say("error.closed"), status=503)
        if not await within_limit(request, "share", most=around.limit, minutes=MINUTES):
            return await _form(request, around, typed, key, alert=say("error.limit"), status=429)
        sent = await in_thread(_kept, typed, key)
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
    return await page(
        request,
        "sent.html",
        duty=around.duty,
        reading=around.reading,
        sent_on=london_day(around.duty.at) if around.duty else None,
        code=sent.code,
        uses=typed.uses,
        chose=bool(typed.board),
    )


async def _blank(request: Request, around: Around) -> Response:
    if not around.is_open:
        return await _closed(request, around, say("closed.why"))
    return await _form(request, around, Typed(), secrets.token_urlsafe(18))


async def _down(request: Request, typed: Typed, key: str, reference: str) -> Response:
    alert = f"{say('error.down')} {say('error.reference', reference=reference)}"
    return await _form(request, _last, typed, key, alert=alert, status=503)


async def _not_taken(request: Request, refused: FormRefused) -> Response:
    typed = Typed.of(refused.data)
    if not typed.any:
        sentence = say("error.large") if refused.status == 413 else refused.sentence
        return await _closed(request, _last, sentence, status=refused.status)
    key = _text(refused.data, "key")
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
    """Show the form; after a problem it holds every word that was typed and says what to do."""
    return await page(
        request,
        "share.html",
        status=status,
        duty=around.duty,
        reading=around.reading,
        themes=around.themes,
        teams=around.teams,
        readers=readers_words(around.teams),
        typed=typed,
        key=key,
        errors=errors or {},
        alert=alert,
    )


async def _closed(
    request: Request, around: Around, sentence: str, reference: str = "", status: int = 200
) -> Response:
    return await page(
        request,
        "closed.html",
        status=status,
        duty=around.duty,
        sentence=sentence,
        reference=reference,
    )


def _errors(typed: Typed) -> dict[str, str]:
    """Return what is wrong with the boxes and the wish to talk, a sentence each."""
    errors, said = {}, False
    for name in ("thinks", "wants"):
        try:
            said = bool(optional_text(getattr(typed, name), name)) or said
        except Invalid as refused:
            errors[name] = refused.sentence
    if not errors and not said:
        errors["thinks"] = say("error.empty")
    try:
        _ = typed.wish
    except Invalid as refused:
        errors["reach"] = refused.sentence
    return errors


def _kept(typed: Typed, key: str) -> SentEntry:
    form_id = typed.form_id(key)
    code = new_code(form_id, database.current().keys)
    about_us, meant = about_us_of(typed.about == "yes", typed.whom)
    with database.writing(Public()) as (db, actor):
        return send_entry(
            db,
            actor,
            form_id=form_id,
            code=code,
            theme_id=typed.theme_id,
            thinks=typed.thinks,
            wants=typed.wants,
            feeling=int(typed.feeling) if typed.feeling in set("12345") else None,
            uses=typed.uses,
            wish=typed.wish,
            about_us=about_us,
            meant=meant,
        )


_last = Around()


def _around() -> Around:
    """Return what the form needs, remembered so that the form can be shown during a fault."""
    global _last
    with database.reading(Public()) as (db, actor):
        _last = Around(
            duty=duty(db, actor),
            reading=reading_promise(db, actor),
            themes=themes(db, actor),
            teams=team_names(db, actor),
            limit=share_limit(db, actor),
        )
    return _last


def _text(data: FormData, name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


ROUTES = [Route("/share", share, methods=["GET", "POST"])]
