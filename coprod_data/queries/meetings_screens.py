"""The screen of a meeting: what it asks now, with nothing that may not be shown to a room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AgendaItem, Meeting
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.actions_progress import CommitmentProgress, progress_by_theme
from coprod_data.queries.actions_since import SinceThen, since_then
from coprod_data.queries.entries_released import Words, opening_words
from coprod_data.queries.meetings import MeetingRow, every_meeting
from coprod_data.queries.meetings_agenda import Agenda, AgendaRow, agenda
from coprod_data.queries.meetings_decisions import DecisionRow, decisions, what_we_said
from coprod_data.queries.opportunities import OpportunityRow, opportunity
from coprod_data.queries.settings import pinned_words
from coprod_data.rules.meeting_screens import Place, nearest
from coprod_data.vocabulary.meetings import AgendaKind, MeetingScreen, MeetingsListed, MeetingState
from coprod_data.vocabulary.opportunities import InvitationProgress

LONGEST = timedelta(hours=4)  # for so long nobody is signed out under the screen of a meeting
SAID_YES = (InvitationProgress.OFFERED, InvitationProgress.MATCHED)


@dataclass(frozen=True, kw_only=True)
class ScreenOfMeeting:
    """What a screen shows now, and only that; what it does not ask about is None or empty.

    `place` is where it is and `turned_to` what it was turned to, "" before the first turn; `before`
    and `after` are the places beside it. `step` counts the kinds of question from 1. `runs` says
    that the meeting is in progress, for four hours at most. `young_minutes` and `minutes` are of
    the whole meeting. `may_offer` is the reader's own "I'll do it".
    """

    on: date
    last_on: date | None
    place: Place
    turned_to: str
    before: Place | None
    after: Place | None
    step: int
    runs: bool
    may_turn: bool
    words: Words | None = None
    of_words: int = 0
    said: tuple[DecisionRow, ...] = ()
    since: SinceThen | None = None
    opportunity: OpportunityRow | None = None
    longest: bool = False
    may_offer: bool = False
    commitment: CommitmentProgress | None = None
    widest: bool = False
    record: DecisionRow | None = None
    decided: tuple[DecisionRow, ...] = ()
    young_minutes: int = 0
    minutes: int = 0
    next: MeetingRow | None = None


def meeting_screen(db: Session, actor: Actor, meeting_id: int) -> ScreenOfMeeting:
    """Return what the screen of a meeting shows now: words that are out for everyone, numbers, and
    what is talked about while the public is there.

    Raises NotFound, NotAllowed.
    """
    actor.must(Permission.MEETINGS_READ)
    actor.must(Permission.OVERVIEW_READ)
    meeting = db.get(Meeting, meeting_id)
    if meeting is None or meeting.state is MeetingState.CANCELLED:
        raise NotFound("We could not find that meeting.")
    seen = agenda(db, actor, meeting_id)
    items = [row for row in seen.rows if not row.private and not row.removed]
    voices = opening_words(db, actor, pinned=pinned_words(db, actor), theme_id=meeting.theme_id)
    public = {row.id for row in items}
    written = [row for row in decisions(db, actor, meeting_id) if row.item_id in public]
    places = _places(len(voices), seen, items, written)
    place = nearest(places, meeting.on_screen)
    at = places.index(place)
    begun = seen.started_at
    one = ScreenOfMeeting(
        on=meeting.meets_on,
        last_on=seen.last_on,
        place=place,
        turned_to=meeting.on_screen,
        before=places[at - 1] if at else None,
        after=places[at + 1] if at + 1 < len(places) else None,
        step=list(MeetingScreen).index(place.kind) + 1,
        runs=seen.runs and begun is not None and actor.at - begun <= LONGEST,
        may_turn=actor.may(Permission.MEETINGS_WRITE),
    )
    match place.kind:
        case MeetingScreen.WORDS:
            return replace(one, words=voices[place.number - 1], of_words=len(voices))
        case MeetingScreen.SINCE:
            since = since_then(db, actor, seen.last_on or meeting.meets_on)
            said = _in_public(db, what_we_said(db, actor, meeting.meets_on))
            return replace(one, since=since, said=tuple(said))
        case MeetingScreen.WAITING:
            return _waiting(db, actor, items, one)
        case MeetingScreen.GAP:
            return _gap(db, actor, items, one)
        case MeetingScreen.RECORD:
            return replace(one, record=next(row for row in written if row.id == place.number))
        case MeetingScreen.DECIDED:
            young, others = seen.minutes(young=True), seen.minutes(young=False)
            later = every_meeting(db, actor, MeetingsListed.AHEAD)
            return replace(
                one, decided=tuple(written), young_minutes=young, minutes=young + others,
                next=min(
                    (row for row in later if row.on > meeting.meets_on),
                    key=lambda row: row.on, default=None,
                ),
            )  # fmt: skip


def _places(
    voices: int, seen: Agenda, items: Sequence[AgendaRow], written: Sequence[DecisionRow]
) -> list[Place]:
    return [
        *(Place(MeetingScreen.WORDS, number) for number in range(1, voices + 1)),
        *([Place(MeetingScreen.SINCE)] if seen.last_on else []),
        *(
            Place(MeetingScreen.WAITING, row.id)
            for row in items
            if row.kind is AgendaKind.OPPORTUNITY and row.opportunity_id
        ),
        *(
            Place(MeetingScreen.GAP, row.id)
            for row in items
            if row.kind is AgendaKind.GAP and row.commitment_id
        ),
        *(Place(MeetingScreen.RECORD, row.id) for row in written if row.confirmed_on is None),
        Place(MeetingScreen.DECIDED),
    ]


def _waiting(
    db: Session, actor: Actor, items: Sequence[AgendaRow], one: ScreenOfMeeting
) -> ScreenOfMeeting:
    item = next(row for row in items if row.id == one.place.number)
    row = opportunity(db, actor, item.opportunity_id or 0)
    mine = row.mine is not None and row.mine.state in (*SAID_YES, InvitationProgress.REFUSED)
    waits = [other.waited or 0 for other in items if other.opportunity_id and not other.offered]
    return replace(
        one,
        opportunity=row,
        longest=len(waits) > 1 and item.waited == max(waits),
        may_offer=actor.may(Permission.OPPORTUNITIES_REPLY) and not row.closed and not mine,
    )


def _gap(
    db: Session, actor: Actor, items: Sequence[AgendaRow], one: ScreenOfMeeting
) -> ScreenOfMeeting:
    item = next(row for row in items if row.id == one.place.number)
    every = [made for theme in progress_by_theme(db, actor) for made in theme.commitments]
    found = next((made for made in every if made.id == item.commitment_id), None)
    gaps = [abs(made.gap) for made in every if made.gap]
    widest = bool(found and found.gap and abs(found.gap) == max(gaps))
    return replace(one, commitment=found, widest=widest)


def _in_public(db: Session, rows: Sequence[DecisionRow]) -> list[DecisionRow]:
    """Return the decisions about items that were talked about while the public was there."""
    public = set(
        db.scalars(
            sa.select(AgendaItem.id).where(
                AgendaItem.id.in_({row.item_id for row in rows}), ~AgendaItem.private
            )
        )
    )
    return [row for row in rows if row.item_id in public]
