"""The screen of a meeting of the Board: one question at a time, on a projector and every phone.

A page of its own without Streamlit. It asks for itself every few seconds and shows the part that
changed, so another screen follows, and while a server or a network is away it stays as it is. All
that is ever sent to it may be shown to a room.
"""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coprod_data.commands.meetings_screens import turn_meeting_screen
from coprod_data.commands.opportunities_joining import offer_to_join
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.queries.actions_progress import CommitmentProgress, progress_by_theme
from coprod_data.queries.actions_since import SinceThen, since_then
from coprod_data.queries.entries_released import Words, opening_words
from coprod_data.queries.meetings import meeting
from coprod_data.queries.meetings_screens import ScreenOfMeeting, meeting_screen
from coprod_data.queries.opportunities import OpportunityRow, opportunity
from coprod_data.queries.settings import pinned_words
from coprod_data.rules.meeting_screens import first_words
from coprod_data.store import database
from coprod_data.store.actors import BySession
from coprod_data.vocabulary.meetings import DecisionResult, MeetingScreen
from coprod_data.vocabulary.opportunities import InvitationProgress
from pages.parts.looks import initials
from pages.parts.plain import in_thread, number_in_path, page, plain_page
from pages.parts.plain_form import form
from pages.parts.times import in_month, on
from pages.public.room import AWAKE, NO_STORE, SESSION

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
    commitment: CommitmentProgress | None = None
    widest: bool = False

    @property
    def takers(self) -> list[str]:
        """The names of those who said that they will do it."""
        members = self.opportunity.members if self.opportunity else ()
        return [one.name for one in members if one.state in SAID_YES]


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


async def _page(request: Request, shown: Shown, fault: str = "") -> Response:
    one = shown.one
    if one.runs and (awake := request.scope.get(AWAKE)):
        awake()
    return await page(
        request, "meeting_screen.html", status=400 if fault else 200, one=one, shown=shown,
        fault=fault, address=f"/room/meeting/{_number(request)}", kind=one.place.kind.value,
        most=MOST_ROWS, first_words=first_words, on=on,
        in_month=in_month, amended=DecisionResult.AMENDED, initials=initials,
    )  # fmt: skip


def _again(request: Request) -> Response:
    return RedirectResponse(f"/room/meeting/{_number(request)}", 303, NO_STORE)


def _number(request: Request) -> int:
    return number_in_path(request, "meeting_id", "meeting")


def _now(session: str, meeting_id: int) -> Shown:
    with database.reading(BySession(session)) as (db, actor):
        voices = _voices(db, actor, meeting_id)
        one = meeting_screen(db, actor, meeting_id, voices=len(voices))
        match one.place.kind:
            case MeetingScreen.WORDS:
                return Shown(one, voices[one.place.number - 1], len(voices))
            case MeetingScreen.SINCE:
                return Shown(one, since=since_then(db, actor, one.last_on or one.on))
            case MeetingScreen.WAITING if one.item and one.item.opportunity_id:
                row = opportunity(db, actor, one.item.opportunity_id)
                answered = row.mine is not None and row.mine.state in ANSWERED
                may = actor.may(Permission.OPPORTUNITIES_REPLY) and not row.closed
                return Shown(one, opportunity=row, may_offer=may and not answered)
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


def _offer(session: str, opportunity_id: int) -> None:
    with database.writing(BySession(session)) as (db, actor):
        offer_to_join(db, actor, opportunity_id)


ROUTES = [
    Route("/room/meeting/{meeting_id:int}", screen),
    Route("/room/meeting/{meeting_id:int}/turn", turn, methods=["POST"]),
    Route("/room/meeting/{meeting_id:int}/offer", offer, methods=["POST"]),
]
