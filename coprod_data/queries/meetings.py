"""Meetings of the Board as shown: the next one, the forward plan, and one of them whole."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Meeting, MeetingInvited, Person, PromiseTheme
from coprod_data.permissions import Actor, NotFound, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.meetings import (
    AHEAD,
    MeetingReply,
    MeetingsListed,
    MeetingState,
)

PAGE_SIZE = 20


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting, for everybody: its day, its times in London ("17:30", or ""), its theme."""

    id: int
    on: date
    begins: str
    ends: str
    theme_id: int | None
    theme: str
    young_theme: str
    place: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list. `coming` and `invited` count adults by account."""

    id: int
    on: date
    begins: str
    ends: str
    state: MeetingState
    theme_id: int | None
    theme: str
    icon: str
    place: str
    coming: int
    invited: int
    quorum: int | None


@dataclass(frozen=True)
class InvitedRow:
    """Somebody who is invited; `member` says that they sit on the Board."""

    person_id: int
    name: str
    job: str
    member: bool
    reply: MeetingReply | None
    interest: str


@dataclass(frozen=True)
class MeetingDetail:
    """One meeting whole. `has_young`: young people are invited; `young_people` is how many, for
    those who keep meetings and the Youth Voice Team, else None. `mine` is the reader's own seat.
    """

    row: MeetingRow
    plan: MeetingPlan
    has_young: bool
    young_people: int | None
    moved_from: date | None
    why_moved: str
    why_cancelled: str
    days: int
    invited: tuple[InvitedRow, ...]
    mine: InvitedRow | None
    may_write: bool

    @property
    def ahead(self) -> bool:
        """Say whether it is still to come."""
        return self.row.state in AHEAD and self.days >= 0

    @property
    def members_coming(self) -> int:
        """How many members of the Board have said that they come."""
        return sum(one.member and one.reply is MeetingReply.COMING for one in self.invited)


def next_meeting(db: Session, actor: Actor) -> NextMeeting | None:
    """Return the next meeting from today on, None where none is planned."""
    actor.must(Permission.MEETINGS_NEXT)
    row = db.execute(
        sa.select(Meeting, PromiseTheme.title, PromiseTheme.young_title)
        .outerjoin(PromiseTheme, PromiseTheme.id == Meeting.theme_id)
        .where(Meeting.state.in_(AHEAD), Meeting.meets_on >= london_day(actor.at))
        .order_by(Meeting.meets_on, Meeting.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    one, theme, young = row
    return NextMeeting(
        id=one.id, on=one.meets_on, begins=one.begins, ends=one.ends, theme_id=one.theme_id,
        theme=theme or "", young_theme=young or "", place=one.place,
    )  # fmt: skip


def meetings(
    db: Session,
    actor: Actor,
    listed: MeetingsListed = MeetingsListed.AHEAD,
    *,
    page: int = 1,
) -> list[MeetingRow]:
    """Return a page of the meetings in a list: the next to come first, else the newest."""
    actor.must(Permission.MEETINGS_READ)
    order = Meeting.meets_on if listed is MeetingsListed.AHEAD else Meeting.meets_on.desc()
    return _rows(
        db,
        _listed()
        .where(_in_list(listed, london_day(actor.at)))
        .order_by(order, Meeting.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE),
    )


def every_meeting(
    db: Session, actor: Actor, listed: MeetingsListed | None = None
) -> list[MeetingRow]:
    """Return all meetings of a list in its order, or of all, the newest first, for a sheet."""
    actor.must(Permission.MEETINGS_READ)
    which = sa.true() if listed is None else _in_list(listed, london_day(actor.at))
    order = Meeting.meets_on if listed is MeetingsListed.AHEAD else Meeting.meets_on.desc()
    return _rows(db, _listed().where(which).order_by(order, Meeting.id))


def meetings_counted(db: Session, actor: Actor) -> dict[MeetingsListed, int]:
    """Return how many meetings each list has."""
    actor.must(Permission.MEETINGS_READ)
    today = london_day(actor.at)
    counts = [sa.func.count().filter(_in_list(one, today)) for one in MeetingsListed]
    row = db.execute(sa.select(*counts).select_from(Meeting)).one()
    return dict(zip(MeetingsListed, row, strict=True))


def meeting(db: Session, actor: Actor, meeting_id: int) -> MeetingDetail:
    """Return one meeting. Raises NotFound."""
    actor.must(Permission.MEETINGS_READ)
    one = db.get(Meeting, meeting_id)
    if one is None:
        raise NotFound("We could not find that meeting.")
    [row] = _rows(db, _listed().where(Meeting.id == meeting_id))
    invited = tuple(_invited(db, meeting_id))
    writes = actor.may(Permission.MEETINGS_WRITE)
    counts = writes or actor.may(Permission.OPPORTUNITIES_INVITE_YOUNG)
    return MeetingDetail(
        row=row,
        plan=MeetingPlan.of(one),
        has_young=bool(one.young_people),
        young_people=one.young_people if counts else None,
        moved_from=one.moved_from,
        why_moved=one.why_moved,
        why_cancelled=one.why_cancelled,
        days=(one.meets_on - london_day(actor.at)).days,
        invited=invited,
        mine=next((seat for seat in invited if seat.person_id == actor.person_id), None),
        may_write=writes,
    )


def _invited(db: Session, meeting_id: int) -> list[InvitedRow]:
    member = holds(Role.BOARD_MEMBER, Role.CHAIR)
    rows = db.execute(
        sa.select(
            MeetingInvited.person_id, Person.name, Person.job, member,
            MeetingInvited.reply, MeetingInvited.interest,
        )
        .join(Person, Person.id == MeetingInvited.person_id)
        .where(MeetingInvited.meeting_id == meeting_id)
        .order_by(Person.name, Person.id)
    )  # fmt: skip
    return [InvitedRow(row[0], row[1], row[2], bool(row[3]), row[4], row[5]) for row in rows]


def _in_list(listed: MeetingsListed, today: date) -> sa.ColumnElement[bool]:
    off = Meeting.state == MeetingState.CANCELLED
    if listed is MeetingsListed.CANCELLED:
        return off
    ahead = sa.and_(Meeting.state.in_(AHEAD), Meeting.meets_on >= today)
    return ahead if listed is MeetingsListed.AHEAD else sa.and_(~off, ~ahead)


def _listed() -> Any:
    seats = sa.select(sa.func.count()).where(MeetingInvited.meeting_id == Meeting.id)
    coming = seats.where(MeetingInvited.reply == MeetingReply.COMING)
    return sa.select(
        Meeting, PromiseTheme.title, PromiseTheme.icon,
        coming.scalar_subquery(), seats.scalar_subquery(),
    ).outerjoin(PromiseTheme, PromiseTheme.id == Meeting.theme_id)  # fmt: skip


def _rows(db: Session, statement: Any) -> list[MeetingRow]:
    return [
        MeetingRow(
            id=one.id, on=one.meets_on, begins=one.begins, ends=one.ends, state=one.state,
            theme_id=one.theme_id, theme=theme or "", icon=icon or "", place=one.place,
            coming=coming, invited=invited, quorum=one.quorum,
        )
        for one, theme, icon, coming, invited in db.execute(statement)
    ]  # fmt: skip
