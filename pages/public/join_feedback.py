"""How was it: asked on the phone before people leave the room, once for each phone and turn.

The words are read first, as all words are; the faces are counted. What was typed comes back with
every problem.
"""

from dataclasses import dataclass, field
from hashlib import sha256

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.pulse import give_pulse_at_session
from coprod_data.commands.sessions_feedback import Feedback, give_feedback, write_feedback
from coprod_data.permissions import Invalid, Refused
from coprod_data.queries.sessions_feedback import own_questions
from coprod_data.queries.sessions_joining import Joined, conversation
from coprod_data.queries.settings import Duty, duty
from coprod_data.queries.teams import TeamName, team_names
from coprod_data.rules.who_is_meant import SaidAbout
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import tidy_code
from coprod_data.store.database import Unavailable
from coprod_data.vocabulary.sessions import FeedbackAnswer, FeedbackAsked, FeedbackFace
from pages.parts.cookies import cookie
from pages.parts.limits import within_limit
from pages.parts.plain import in_thread, note_fault, page, plain_page
from pages.parts.plain_form import FORM_COOKIE, FormRefused, form
from pages.parts.wording import say
from pages.public.heard_form import ASKED, groups_of, typed_groups
from pages.public.join_tries import may_try, note_wrong
from pages.shared.pulse_said import FIELD, pulse_of
from pages.shared.three_answers import YES, about_us_of

LARGEST = 256 * 1024
MOST_OF_A_ROOM, MINUTES = 300, 15
MOST_TURNS = 6  # on one phone; more would let one person decide what most of a room said
WHOM = "whom"  # several ticks are one field, with spaces between
FIELDS = ("face", *FeedbackAsked, "helped", "good", "change", "about", WHOM)

Said = dict[str, str]


@dataclass(frozen=True)
class _Around:
    """What the form needs; `joined` is None where the code counts no more."""

    joined: Joined | None = None
    duty: Duty | None = None
    questions: dict[int, str] = field(default_factory=dict)
    teams: tuple[TeamName, ...] = ()


@plain_page
async def feedback(request: Request) -> Response:
    """Show the form, or keep what was sent."""
    if request.method != "POST":
        return RedirectResponse("/join", 303, {"Cache-Control": "no-store"})
    try:
        said = _said(await form(request, largest=LARGEST))
    except FormRefused as refused:
        said = _said(refused.data)
        return await _form(request, _Around(), said, say("error.cookies"), status=refused.status)
    code, around = tidy_code(said.get("code", "")), _Around()
    try:
        if not await may_try(request):
            return await _form(request, around, said, say("code.limit"), status=429)
        around = await in_thread(_around, code)
        if around.joined is None:
            await note_wrong(request)
            return await _gone(request, around, said)
        if not said.get("send"):
            return await _form(request, around, said)
        what = f"how {around.joined.session_id}"
        if not await within_limit(request, what, most=MOST_OF_A_ROOM, minutes=MINUTES):
            return await _form(request, around, said, say("error.limit"), status=429)
        first = await in_thread(_kept, code, _form_id(request, around.joined, said), said)
        return await page(
            request, "join_thanks.html", duty=around.duty, code=code, turn=_turn(said), first=first,
            more=_turn(said) < MOST_TURNS,
            here=() if said.get("about") or said.get(WHOM) else around.joined.here,
        )  # fmt: skip
    except Unavailable as fault:
        reference = fault.reference
    except Invalid as refused:
        errors = {refused.field or "face": refused.sentence}
        return await _form(request, around, said, errors=errors, status=422)
    except Refused as refused:
        return await _form(request, around, said, refused.sentence, status=503)
    except Exception:  # whatever failed, the words stay in the form
        reference = note_fault(request)
    alert = f"{say('error.down')} {say('error.reference', reference=reference)}"
    return await _form(request, around, said, alert, status=503)


async def _form(
    request: Request,
    around: _Around,
    said: Said,
    alert: str = "",
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return await page(
        request,
        "join_feedback.html",
        status=status,
        duty=around.duty,
        session=around.joined,
        teams=around.teams,
        code=tidy_code(said.get("code", "")),
        turn=_turn(said),
        said={name: said.get(name, "") for name in FIELDS},
        own={one: (text, said.get(f"own-{one}", "")) for one, text in around.questions.items()},
        pulsed={FIELD + one: answer for one, answer in pulse_of(said).items()},
        asked=list(FeedbackAsked),
        faces=dict(zip(FeedbackFace, (4, 3, 2), strict=True)),
        answers=list(FeedbackAnswer),
        heard=ASKED,
        typed_heard=_heard(said),
        alert=alert,
        errors=errors or {},
    )


async def _gone(request: Request, around: _Around, said: Said) -> Response:
    if not said.get("send"):
        return RedirectResponse("/join", 303, {"Cache-Control": "no-store"})
    return await _form(request, around, said, say("feedback.late"), status=422)


def _around(code: str) -> _Around:
    with database.reading(Public()) as (db, actor):
        joined = conversation(db, actor, code)
        questions = own_questions(db, actor, joined.session_id) if joined else {}
        return _Around(joined, duty(db, actor), questions, tuple(team_names(db, actor)))


def _kept(code: str, form_id: str, said: Said) -> bool:
    """Keep words and faces apart, so that nothing joins them. Returns whether any of it is new."""
    new, feedback = False, _feedback(said)
    pulse = pulse_of({**{FIELD + one: said.get(one, "") for one in FeedbackAsked}, **said})
    only_pulse = bool(pulse) and not any((feedback.good, feedback.change, *feedback.answers))
    for keep in () if only_pulse else (give_feedback, write_feedback):
        with database.writing(Public()) as (db, actor):
            new |= keep(db, actor, code=code, form_id=form_id, said=feedback)
    with database.writing(Public()) as (db, actor):
        new |= give_pulse_at_session(db, actor, pulse, code=code, form_id=form_id)
    return new


def _feedback(said: Said) -> Feedback:
    own = {
        int(name.removeprefix("own-")): FeedbackFace(value)
        for name, value in said.items()
        if name.startswith("own-") and name[4:].isdecimal() and len(name) < 14
        and value in set(FeedbackFace)
    }  # fmt: skip
    answers = {
        one.value: FeedbackAnswer(said[one]) if said.get(one) in set(FeedbackAnswer) else None
        for one in FeedbackAsked
    }
    face = said.get("face")
    return Feedback(
        face=FeedbackFace(face) if face in set(FeedbackFace) else None,
        helped={"yes": True, "no": False}.get(said.get("helped", "")),
        good=said.get("good", ""),
        change=said.get("change", ""),
        own=own,
        heard=groups_of(_heard(said)),
        about=SaidAbout(*about_us_of(said.get("about") == YES, said.get(WHOM, "").split())),
        **answers,
    )


def _form_id(request: Request, joined: Joined, said: Said) -> str:
    """Return what this phone sends for this session, as its first, second ... person: once each."""
    phone = cookie(request.scope, FORM_COOKIE) or ""
    whole = f"{phone}:{joined.session_id}:{_turn(said)}"
    return "feedback:" + sha256(whole.encode()).hexdigest()


def _turn(said: Said) -> int:
    turn = said.get("turn", "")
    return min(int(turn), MOST_TURNS) if turn.isdecimal() and len(turn) < 4 else 1


def _said(data: FormData) -> Said:
    said = {name: value for name, value in data.items() if isinstance(value, str)}
    whom = (value for value in data.getlist(WHOM) if isinstance(value, str))
    return {**said, "heard": " ".join(typed_groups(data)), WHOM: " ".join(whom)}


def _heard(said: Said) -> list[str]:
    return said.get("heard", "").split()


ROUTES = [Route("/join/feedback", feedback, methods=["GET", "POST"])]
