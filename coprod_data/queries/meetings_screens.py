"""The screen of a meeting: what it asks now, about what is talked about in public."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AgendaItem, Meeting
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.meetings import MeetingRow, meetings
from coprod_data.queries.meetings_agenda import Agenda, AgendaRow, agenda
from coprod_data.queries.meetings_decisions import DecisionRow, decisions, what_we_said
from coprod_data.queries.meetings_screens_steps import (
    Listening,
    Stuck,
    Together,
    any_commitment,
    are_we_listening,
    done_together_since,
    what_is_stuck,
)
from coprod_data.rules.meeting_screens import Place, nearest
from coprod_data.vocabulary.meetings import AgendaKind, MeetingScreen, MeetingState

LONGEST = timedelta(hours=4)  # for so long nobody is signed out under the screen of a meeting


@dataclass(frozen=True, kw_only=True)
class ScreenOfMeeting:
    """What a screen asks now, and only that: what belongs to other questions is None or empty.

    `place` is where it is and `turned_to` what it was turned to, "" before the first turn; `before`
    and `after` are the places beside it. `step` of `steps` counts the kinds of question that this
    meeting has, from 1. `runs` says
    that the meeting is in progress, for four hours at most. `item` is the opportunity or commitment
    on the agenda that it asks about; `longest` says that it waited longest of those without an
    offer. `young_minutes` of `minutes` are of young people's words in the whole meeting.
    """

    on: date
    last_on: date | None
    place: Place
    turned_to: str
    before: Place | None
    after: Place | None
    step: int
    steps: int
    runs: bool
    may_turn: bool
    said: tuple[DecisionRow, ...] = ()
    item: AgendaRow | None = None
    longest: bool = False
    stuck: Stuck | None = None
    together: Together | None = None
    listening: Listening | None = None
    asked: tuple[AgendaRow, ...] = ()
    record: DecisionRow | None = None
    decided: tuple[DecisionRow, ...] = ()
    young_minutes: int = 0
    minutes: int = 0
    next: MeetingRow | None = None


@dataclass(frozen=True)
class Lists:
    """What the screens of lists show, each of which is left out while it is empty."""

    promise: bool
    stuck: Stuck
    together: Together | None
    listening: Listening
    asked: tuple[AgendaRow, ...]


def meeting_screen(db: Session, actor: Actor, meeting_id: int, *, voices: int) -> ScreenOfMeeting:
    """Return what the screen of a meeting asks now. It opens with the words of so many `voices`.

    Nothing of it is about what is talked about without the public. Raises NotFound, NotAllowed.
    """
    actor.must(Permission.MEETINGS_READ)
    meeting = db.get(Meeting, meeting_id)
    if meeting is None or meeting.state is MeetingState.CANCELLED:
        raise NotFound("We could not find that meeting.")
    seen = agenda(db, actor, meeting_id)
    items = {row.id: row for row in seen.rows if not row.private and not row.removed}
    written = [row for row in decisions(db, actor, meeting_id) if row.item_id in items]
    decided = {row.item_id for row in written}
    lists = Lists(
        any_commitment(db),
        what_is_stuck(db, actor),
        done_together_since(db, actor, seen.last_on) if seen.last_on else None,
        are_we_listening(db, seen.last_on),
        tuple(
            row for row in items.values() if row.kind is AgendaKind.PAPER and row.id not in decided
        ),
    )
    places = _places(voices, seen, items.values(), written, lists)
    kinds = list(dict.fromkeys(one.kind for one in places))
    place = nearest(places, meeting.on_screen)
    at, begun = places.index(place), seen.started_at
    one = ScreenOfMeeting(
        on=meeting.meets_on,
        last_on=seen.last_on,
        place=place,
        turned_to=meeting.on_screen,
        before=places[at - 1] if at else None,
        after=places[at + 1] if at + 1 < len(places) else None,
        step=kinds.index(place.kind) + 1,
        steps=len(kinds),
        runs=seen.runs and begun is not None and actor.at - begun <= LONGEST,
        may_turn=actor.may(Permission.MEETINGS_WRITE),
    )
    match place.kind:
        case MeetingScreen.WORDS | MeetingScreen.PROMISE:
            return one
        case MeetingScreen.SINCE:
            said = what_we_said(db, actor, meeting.meets_on)
            return replace(one, said=tuple(_in_public(db, said)))
        case MeetingScreen.WAITING | MeetingScreen.GAP:
            item = items[place.number]
            waits = [row.waited or 0 for row in items.values() if _is_waiting(row)]
            longest = len(waits) > 1 and item.waited == max(waits)
            return replace(one, item=item, longest=longest)
        case MeetingScreen.STUCK:
            return replace(one, stuck=lists.stuck)
        case MeetingScreen.TOGETHER:
            return replace(one, together=lists.together)
        case MeetingScreen.LISTEN:
            return replace(one, listening=lists.listening)
        case MeetingScreen.ASKED:
            return replace(one, asked=lists.asked)
        case MeetingScreen.RECORD:
            return replace(one, record=next(row for row in written if row.id == place.number))
        case MeetingScreen.DECIDED:
            young, others = seen.minutes(young=True), seen.minutes(young=False)
            ahead = meetings(db, actor)  # the next to come first
            return replace(
                one, decided=tuple(written), young_minutes=young, minutes=young + others,
                next=next((row for row in ahead if row.on > meeting.meets_on), None),
            )  # fmt: skip


def _places(
    voices: int,
    seen: Agenda,
    items: Collection[AgendaRow],
    written: Sequence[DecisionRow],
    lists: Lists,
) -> list[Place]:
    together = lists.together
    return [
        *(Place(MeetingScreen.WORDS, number) for number in range(1, voices + 1)),
        *([Place(MeetingScreen.SINCE)] if seen.last_on else []),
        *([Place(MeetingScreen.PROMISE)] if lists.promise else []),
        *([Place(MeetingScreen.STUCK)] if lists.stuck.count else []),
        *([Place(MeetingScreen.TOGETHER)] if together and together.count else []),
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
        *([] if lists.listening.nothing else [Place(MeetingScreen.LISTEN)]),
        *([Place(MeetingScreen.ASKED)] if lists.asked else []),
        *(Place(MeetingScreen.RECORD, row.id) for row in written if row.confirmed_on is None),
        Place(MeetingScreen.DECIDED),
    ]


def _is_waiting(row: AgendaRow) -> bool:
    return row.opportunity_id is not None and not row.offered


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
