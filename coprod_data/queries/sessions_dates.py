"""First meetings as those in the work see them: the days asked about, who is there, and where.

A young person's code could be found by somebody else. So a card shows where a meeting is only in
the 48 hours before it, only once its day is fixed, and only what the register of venues says.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CoproductionSession,
    Invitation,
    Opportunity,
    OpportunityYoung,
    Person,
    SessionAnswer,
    SessionDate,
    Venue,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import on_its_card
from coprod_data.scopes.opportunities import members_asked, own_seat, young_asked
from coprod_data.scopes.sessions import days_proposed, later_since, takes_answers
from coprod_data.vocabulary.outcomes import Side
from coprod_data.vocabulary.sessions import SessionReply, SessionState, SessionWay, VenueOffer

PLACE_SHOWN = timedelta(hours=48)  # before a meeting
SHOWN_AFTER = timedelta(days=1)  # a meeting on a card
_SHOWN = (SessionState.PLANNED, SessionState.CONFIRMED, SessionState.CANCELLED)


@dataclass(frozen=True)
class DayRow:
    """A day asked about; `mine` says that the reader can come."""

    id: int
    starts_at: datetime
    ends_at: datetime
    mine: bool


@dataclass(frozen=True)
class PlaceRow:
    """Where it is, as the register of venues says, and what the plan says of travel, food, access
    and other ways: free words, so they come with the place and not before.
    """

    name: str
    address: str
    getting_there: str
    offers: tuple[str, ...]
    good_to_know: tuple[str, ...]


@dataclass(frozen=True)
class MeetingRow:
    """A first meeting on a young person's card: `answer` is theirs, None while there is none.

    `place` is None until 48 hours before. `why` says why it was moved or cancelled.
    """

    session_id: int
    title: str
    state: SessionState
    way: SessionWay
    days: tuple[DayRow, ...]
    answer: SessionReply | None
    leader: str
    leader_job: str
    members: tuple[tuple[str, str], ...]
    place: PlaceRow | None
    why: str
    answers: bool

    @property
    def in_person(self) -> bool:
        """Whether people meet in a room."""
        return self.way in (SessionWay.IN_PERSON, SessionWay.BOTH)


@dataclass(frozen=True)
class ReplyRow:
    """What somebody who was asked answered; `who` is named for the Youth Voice Team only."""

    side: Side
    who: str
    answer: SessionReply | None
    date_ids: frozenset[int]


@dataclass(frozen=True)
class Asked:
    """What those in the work were asked for a session: the days, who answered what, and whether
    the reader is one of them and may still answer.
    """

    days: tuple[DayRow, ...]
    replies: tuple[ReplyRow, ...]
    mine: SessionReply | None
    may_answer: bool


def meetings_by_card(
    db: Session, actor: Actor, entry_ids: Collection[int | None]
) -> dict[int | None, tuple[MeetingRow, ...]]:
    """Return, for each of these cards of the actor, the first meetings it is asked to, the next
    first. None stands for those that the account was invited to without a card.
    """
    actor.must(Permission.OPPORTUNITIES_CONFIRM)
    found: defaultdict[int | None, list[MeetingRow]] = defaultdict(list)
    rows = db.execute(
        sa.select(
            CoproductionSession, Venue, Opportunity.title, OpportunityYoung.id.label("young_id"),
            OpportunityYoung.entry_id, Person.name, Person.job,
            takes_answers(actor.at).label("answers"),
        )
        .select_from(CoproductionSession)
        .join(OpportunityYoung, young_asked(on_its_card()))
        .join(Opportunity, Opportunity.id == CoproductionSession.opportunity_id)
        .join(Person, Person.id == CoproductionSession.facilitator_id)
        .outerjoin(Venue, Venue.id == CoproductionSession.venue_id)
        .where(
            own_seat(actor),
            days_proposed(),
            CoproductionSession.state.in_(_SHOWN),
            CoproductionSession.ends_at > actor.at - SHOWN_AFTER,
        )
        .order_by(CoproductionSession.starts_at, CoproductionSession.id)
    ).all()  # fmt: skip
    if rows:
        ids = {row.CoproductionSession.id for row in rows}
        days, given = _days(db, ids), _given(db, ids, actor.at)
        members = _members(db, ids)
        for row in rows:
            number = row.CoproductionSession.id
            mine = given.get((number, "young", row.young_id), {})
            found[row.entry_id].append(_meeting(row, days[number], mine, members[number], actor.at))
    return {entry_id: tuple(found[entry_id]) for entry_id in entry_ids}


def asked_for(db: Session, actor: Actor, session_id: int) -> Asked:
    """Return the days proposed for a session, and the answers: all of them to the Youth Voice Team,
    to others the days and their own answer.
    """
    actor.must(Permission.SESSIONS_READ)
    days = _days(db, [session_id])[session_id]
    if not days:
        return Asked((), (), None, may_answer=False)
    given = _given(db, [session_id], actor.at)
    this = CoproductionSession.id == session_id
    staff = db.execute(
        sa.select(Invitation.id, Invitation.person_id, Person.name)
        .select_from(Invitation)
        .join(CoproductionSession, this)
        .join(Person, Person.id == Invitation.person_id)
        .where(members_asked())
        .order_by(Invitation.id)
    ).all()
    mine = next((row.id for row in staff if row.person_id == actor.person_id), None)
    own = given.get((session_id, "member", mine), {})
    replies = []
    if actor.may(Permission.SESSIONS_WRITE):
        replies = _young_replies(db, session_id, given)
        replies += [
            _reply(Side.STAFF, row.name, given.get((session_id, "member", row.id), {}))
            for row in staff
        ]
    still = mine is not None and db.scalar(sa.select(takes_answers(actor.at)).where(this))
    return Asked(
        days=tuple(DayRow(row.id, row.starts_at, row.ends_at, row.id in own) for row in days),
        replies=tuple(replies),
        mine=next(iter(own.values()), None),
        may_answer=bool(still) and actor.may(Permission.OPPORTUNITIES_REPLY),
    )


_Answers = dict[int | None, SessionReply]  # by day, or None for an answer without one


def _young_replies(
    db: Session, session_id: int, given: dict[tuple[int, str, int | None], _Answers]
) -> list[ReplyRow]:
    seats = db.execute(
        sa.select(OpportunityYoung.id, OpportunityYoung.entry_id, Person.name)
        .select_from(OpportunityYoung)
        .join(CoproductionSession, CoproductionSession.id == session_id)
        .outerjoin(Person, Person.id == OpportunityYoung.person_id)
        .where(young_asked(on_its_card()))
        .order_by(OpportunityYoung.id)
    )
    return [
        _reply(
            Side.YOUNG, row.name or f"Card no. {row.entry_id}",
            given.get((session_id, "young", row.id), {}),
        )
        for row in seats
    ]  # fmt: skip


def _reply(side: Side, who: str, given: _Answers) -> ReplyRow:
    days = frozenset(number for number in given if number is not None)
    return ReplyRow(side, who, next(iter(given.values()), None), days)


def _days(db: Session, ids: Collection[int]) -> defaultdict[int, list[SessionDate]]:
    found: defaultdict[int, list[SessionDate]] = defaultdict(list)
    rows = sa.select(SessionDate).where(SessionDate.session_id.in_(ids))
    for row in db.scalars(rows.order_by(SessionDate.starts_at, SessionDate.id)):
        found[row.session_id].append(row)
    return found


def _given(
    db: Session, ids: Collection[int], at: datetime
) -> dict[tuple[int, str, int | None], _Answers]:
    """Return what was answered by seat; who said "ask me later" days ago is asked again."""
    found: defaultdict[tuple[int, str, int | None], _Answers] = defaultdict(dict)
    for row in db.scalars(sa.select(SessionAnswer).where(SessionAnswer.session_id.in_(ids))):
        if row.answer is SessionReply.LATER and row.answered_at <= later_since(at):
            continue
        side = "young" if row.young_id is not None else "member"
        found[row.session_id, side, row.young_id or row.invitation_id][row.date_id] = row.answer
    return found


def _members(db: Session, ids: Collection[int]) -> defaultdict[int, list[tuple[str, str]]]:
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = db.execute(
        sa.select(CoproductionSession.id, Person.name, Person.job)
        .select_from(CoproductionSession)
        .join(Invitation, members_asked())
        .join(Person, Person.id == Invitation.person_id)
        .where(CoproductionSession.id.in_(ids))
        .order_by(Invitation.id)
    )
    for number, name, job in rows:
        found[number].append((name, job))
    return found


def _meeting(
    row: Any,
    days: list[SessionDate],
    mine: _Answers,
    members: list[tuple[str, str]],
    at: datetime,
) -> MeetingRow:
    session, venue = row.CoproductionSession, row.Venue
    soon = session.starts_at - at <= PLACE_SHOWN
    told = session.state is SessionState.CONFIRMED and soon and venue is not None
    cancelled = session.state is SessionState.CANCELLED
    return MeetingRow(
        session_id=session.id,
        title=row.title,
        state=session.state,
        way=session.way,
        days=tuple(DayRow(day.id, day.starts_at, day.ends_at, day.id in mine) for day in days),
        answer=next(iter(mine.values()), None),
        leader=row.name,
        leader_job=row.job,
        members=tuple(one for one in members if one[0] != row.name),
        place=_place(session, venue) if told else None,
        why=session.why_cancelled if cancelled else session.why_moved,
        answers=row.answers,
    )


def _place(session: CoproductionSession, venue: Venue) -> PlaceRow:
    offers = tuple(offer.words for offer in VenueOffer.of(venue))
    said = (session.travel, session.food, session.access, session.other_ways)
    good = tuple(text for text in said if text)
    return PlaceRow(venue.name, venue.address, venue.getting_there, offers, good)
