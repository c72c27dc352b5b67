"""The screen of a meeting of the Board: one question at a time, on a projector and every phone.

A page of its own without Streamlit. It asks for itself every few seconds and shows the part that
changed, so another screen follows, and while a server or a network is away it stays as it is. All
that is ever sent to it may be shown to a room.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.meetings_screens import turn_meeting_screen
from coprod_data.commands.opportunities_joining import offer_to_join
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.queries.actions_kept import Keeping, how_kept
from coprod_data.queries.actions_progress import CommitmentProgress, progress_by_theme
from coprod_data.queries.actions_since import SinceThen, since_then
from coprod_data.queries.entries_marks import entry_of_mark, mark_of_entry
from coprod_data.queries.entries_released import Words, opening_words
from coprod_data.queries.meetings import meeting
from coprod_data.queries.meetings_agenda import agenda
from coprod_data.queries.meetings_screens import ScreenOfMeeting, meeting_screen
from coprod_data.queries.opportunities import OpportunityRow, opportunity
from coprod_data.queries.opportunities_sources import Voice
from coprod_data.queries.settings import pinned_words
from coprod_data.rules.meeting_screens import Place, first_words
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.meetings import DecisionResult, MeetingScreen
from coprod_data.vocabulary.opportunities import InvitationProgress
from pages.parts.looks import initials
from pages.parts.plain import in_thread, number_in_path, page, plain_page
from pages.parts.plain_form import form
from pages.parts.times import in_month, on
from pages.public.room import AWAKE, NO_STORE, SESSION
from pages.shared.worry_words import CALL, THANKS, WHAT_HAPPENS

MOST_ROWS = 3  # of a list: more cannot be read from the last row
SAID_YES = (InvitationProgress.OFFERED, InvitationProgress.MATCHED)
ANSWERED = (*SAID_YES, InvitationProgress.REFUSED)


@dataclass(frozen=True)
class Shown:
    """What is on the screen, with what it is about: words and voices that are out for everyone."""

    one: ScreenOfMeeting
    words: Words | None = None
    of_words: int = 0
    since: SinceThen | None = None
    opportunity: OpportunityRow | None = None
    may_offer: bool = False
    may_worry: bool = False
    kept: Keeping | None = None
    commitment: CommitmentProgress | None = None
    widest: bool = False

    @property
    def takers(self) -> list[str]:
        """The names of those who said that they will do it."""
        members = self.opportunity.members if self.opportunity else ()
        return [one.name for one in members if one.state in SAID_YES]

    @property
    def said(self) -> list[str]:
        """The names of those who said yes in the room, and have not pressed it themselves."""
        members = self.opportunity.members if self.opportunity else ()
        return [one.name for one in members if one.state is InvitationProgress.SAID]


@plain_page
async def screen(request: Request) -> Response:
    """Show what the screen of a meeting asks now."""
    shown = await in_thread(_now, request.headers[SESSION], _number(request))
    return await _page(request, shown)


@plain_page
async def turn(request: Request) -> Response:
    """Turn every screen of the meeting to the place that is beside this one now."""
    data = await form(request)
    back, seen = data.get("by") == "back", str(data.get("seen", ""))[:40]
    await in_thread(_turn, request.headers[SESSION], _number(request), seen, back=back)
    return _again(request)


@plain_page
async def offer(request: Request) -> Response:
    """Say "I'll do it" for whoever is signed in on this device."""
    data = await form(request)
    number = str(data.get("opportunity", ""))
    chosen = int(number) if number.isdecimal() and len(number) < 10 else 0
    session, meeting_id = request.headers[SESSION], _number(request)
    try:
        await in_thread(_offer, session, chosen)
    except Refused as refused:
        shown = await in_thread(_now, session, meeting_id)
        return await _page(request, shown, fault=refused.sentence)
    return _again(request)


@plain_page
async def worried(request: Request) -> Response:
    """Ask whoever is signed in on this device whether they are worried about the words it shows,
    then say so for them.
    """
    data = await form(request)
    session, meeting_id = request.headers[SESSION], _number(request)
    mark, place, shown = (str(data.get(name, ""))[:500] for name in ("words", "place", "shown"))
    words, fault = None, ""
    if mark:
        try:
            await in_thread(_say_worried, session, mark)
        except Refused as refused:
            fault = refused.sentence
    else:
        words, mark = await in_thread(_asked_about, session, meeting_id, place, shown)
    return await page(
        request, "meeting_worried.html", status=400 if fault else 200, words=words, mark=mark,
        fault=fault, address=f"/room/meeting/{meeting_id}", what_happens=WHAT_HAPPENS,
        thanks=THANKS, call=CALL,
    )  # fmt: skip


async def _page(request: Request, shown: Shown, fault: str = "") -> Response:
    one = shown.one
    if one.runs and (awake := request.scope.get(AWAKE)):
        awake()
    return await page(
        request, "meeting_screen.html", status=400 if fault else 200, one=one, shown=shown,
        fault=fault, address=f"/room/meeting/{_number(request)}", kind=one.place.kind.value,
        most=MOST_ROWS, first_words=first_words, on=on,
        in_month=in_month, amended=DecisionResult.AMENDED, initials=initials,
        shown_as=shown_as,
    )  # fmt: skip


def shown_as(words: Words | Voice) -> str:
    """Return what stands in a form for the words beside it, and tells nothing that they do not."""
    return sha256(f"{words.thinks}\n{words.wants}".encode()).hexdigest()[:16]


def _again(request: Request) -> Response:
    return RedirectResponse(f"/room/meeting/{_number(request)}", 303, NO_STORE)


def _number(request: Request) -> int:
    return number_in_path(request, "meeting_id", "meeting")


def _now(session: str, meeting_id: int) -> Shown:
    with database.reading(BySession(session)) as (db, actor):
        voices = _voices(db, actor, meeting_id)
        one = meeting_screen(db, actor, meeting_id, voices=len(voices))
        worries = actor.may(Permission.ENTRIES_WORRY)
        match one.place.kind:
            case MeetingScreen.WORDS:
                return Shown(one, voices[one.place.number - 1], len(voices), may_worry=worries)
            case MeetingScreen.SINCE:
                return Shown(one, since=since_then(db, actor, one.last_on or one.on))
            case MeetingScreen.PROMISE:
                return Shown(one, kept=how_kept(db, actor))
            case MeetingScreen.WAITING if one.item and one.item.opportunity_id:
                row = opportunity(db, actor, one.item.opportunity_id)
                answered = row.mine is not None and row.mine.state in ANSWERED
                may = actor.may(Permission.OPPORTUNITIES_REPLY) and not row.closed
                return Shown(
                    one, opportunity=row, may_offer=may and not answered, may_worry=worries
                )
            case MeetingScreen.GAP if one.item:
                every = [row for theme in progress_by_theme(db, actor) for row in theme.commitments]
                found = next((row for row in every if row.id == one.item.commitment_id), None)
                widest = max((abs(row.gap) for row in every if row.gap), default=0)
                return Shown(
                    one, commitment=found,
                    widest=bool(found and found.gap and abs(found.gap) == widest),
                )  # fmt: skip
        return Shown(one)


def _voices(db: Any, actor: Actor, meeting_id: int) -> list[Words]:
    """Return the words that a meeting opens with."""
    theme_id = meeting(db, actor, meeting_id).row.theme_id
    return opening_words(db, actor, pinned=pinned_words(db, actor), theme_id=theme_id)


def _turn(session: str, meeting_id: int, seen: str, *, back: bool) -> None:
    with database.writing(BySession(session)) as (db, actor):
        one = meeting_screen(db, actor, meeting_id, voices=len(_voices(db, actor, meeting_id)))
        beside = one.before if back else one.after
        turn_meeting_screen(db, actor, meeting_id, to=str(beside or one.place), seen=seen)


def _asked_about(
    session: str, meeting_id: int, place: str, shown: str
) -> tuple[Words | Voice | None, str]:
    """Return the words that a device showed, and what stands for them; None once they left."""
    at = Place.read(place)
    with database.reading(BySession(session)) as (db, actor):
        voices: list[Words | Voice | None] = [*_voices(db, actor, meeting_id)]
        if at.kind is MeetingScreen.WAITING:
            rows = agenda(db, actor, meeting_id).rows
            item = next((row for row in rows if row.id == at.number and not row.private), None)
            if item and item.opportunity_id:
                voices = [opportunity(db, actor, item.opportunity_id).voice]
        words = next((one for one in voices if one and shown_as(one) == shown), None)
        return words, mark_of_entry(db, actor, words.entry_id) if words else ""


def _say_worried(session: str, mark: str) -> None:
    with database.writing(BySession(session)) as (db, actor):
        say_worried(db, actor, entry_of_mark(db, actor, mark) or 0)


def _offer(session: str, opportunity_id: int) -> None:
    with database.writing(BySession(session)) as (db, actor):
        offer_to_join(db, actor, opportunity_id)


ROUTES = [
    Route("/room/meeting/{meeting_id:int}", screen),
    Route("/room/meeting/{meeting_id:int}/turn", turn, methods=["POST"]),
    Route("/room/meeting/{meeting_id:int}/offer", offer, methods=["POST"]),
    Route("/room/meeting/{meeting_id:int}/worried", worried, methods=["POST"]),
]
