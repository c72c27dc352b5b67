"""Standing groups as shown: who is in each by kind, when each met, and what is missing."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Group, GroupMeeting, Meeting, Membership, Opportunity, Person
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.groups import WITH_YOUNG_PEOPLE, GroupKind, MemberKind, Sector
from coprod_data.vocabulary.heard import HeardGroup


@dataclass(frozen=True)
class GroupRow:
    """A group. `members` are the adults who sit in it now; `met_on` is its newest meeting.

    `has_young` says that young people are in it; `young_people` is how many, for those in the group
    and Youth Voice, else None. So is `below_quorum`, because it follows from that number.
    """

    id: int
    name: str
    kind: GroupKind
    terms: str
    quorum: int | None
    has_young: bool
    young_people: int | None
    owns_queue: bool
    hears: HeardGroup | None
    meets: str
    closed: bool
    members: int
    met_on: date | None

    @property
    def lacks_young_people(self) -> bool:
        """Say whether it should have young people and has none."""
        return not self.closed and self.kind in WITH_YOUNG_PEOPLE and not self.has_young

    @property
    def below_quorum(self) -> bool:
        """Say whether it still meets and is known to have fewer people than it needs to decide."""
        if self.closed or self.quorum is None or self.young_people is None:
            return False
        return self.members + self.young_people < self.quorum


@dataclass(frozen=True)
class SeatRow:
    """An adult in a group; `overdue` says that their term has ended, `gone` that their account is
    closed.
    """

    id: int
    name: str
    kind: MemberKind
    sector: Sector
    joined_on: date
    term_ends_on: date | None
    overdue: bool
    gone: bool


@dataclass(frozen=True)
class GroupMeetingRow:
    """A meeting of a group, and how many opportunities it reviewed."""

    id: int
    group: str
    met_on: date
    reviewed: int


def groups(db: Session, actor: Actor) -> list[GroupRow]:
    """Return every group by name, those that still meet first."""
    actor.must(Permission.GROUPS_READ)
    return _rows(db, actor, sa.true())


def group(db: Session, actor: Actor, group_id: int) -> GroupRow:
    """Return one group. Raises NotFound."""
    actor.must(Permission.GROUPS_READ)
    rows = _rows(db, actor, Group.id == group_id)
    if not rows:
        raise NotFound("We could not find that group.")
    return rows[0]


def open_groups(db: Session, actor: Actor, *, of_young: bool = False) -> dict[int, str]:
    """Return the groups that still meet, id and name, to choose from.

    `of_young` leaves out those that may be all adults.
    """
    actor.must(Permission.GROUPS_READ)
    kinds = WITH_YOUNG_PEOPLE if of_young else tuple(GroupKind)
    rows = _rows(db, actor, sa.and_(Group.closed_at.is_(None), Group.kind.in_(kinds)))
    return {row.id: row.name for row in rows}


def members_of_group(db: Session, actor: Actor, group_id: int) -> list[SeatRow]:
    """Return the adults who sit in a group now, by kind and name."""
    actor.must(Permission.GROUPS_READ)
    today = london_day(actor.at)
    name = sa.func.coalesce(Person.name, Membership.name)
    rows = db.execute(
        sa.select(Membership, name, Person.disabled_at.is_not(None))
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(Membership.group_id == group_id, Membership.left_on.is_(None))
        .order_by(Membership.kind, name)
    )
    return [
        SeatRow(
            id=seat.id,
            name=who,
            kind=seat.kind,
            sector=seat.sector,
            joined_on=seat.joined_on,
            term_ends_on=seat.term_ends_on,
            overdue=seat.term_ends_on is not None and seat.term_ends_on < today,
            gone=bool(gone),
        )
        for seat, who, gone in rows
    ]


def group_meetings(
    db: Session, actor: Actor, *, group_id: int | None = None, limit: int = 50
) -> list[GroupMeetingRow]:
    """Return the newest meetings of a group, or of all; the queue's owner first on one day."""
    actor.must(Permission.GROUPS_READ)
    reviewed = (
        sa.select(sa.func.count(Opportunity.id))
        .where(Opportunity.reviewed_meeting_id == GroupMeeting.id)
        .scalar_subquery()
    )
    statement = (
        sa.select(GroupMeeting.id, Group.name, GroupMeeting.met_on, reviewed)
        .join(Group, Group.id == GroupMeeting.group_id)
        .order_by(GroupMeeting.met_on.desc(), Group.owns_queue.desc(), Group.name)
        .limit(limit)
    )
    if group_id is not None:
        statement = statement.where(GroupMeeting.group_id == group_id)
    return [GroupMeetingRow(*row) for row in db.execute(statement)]


def _rows(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[GroupRow]:
    counts = actor.may(Permission.OPPORTUNITIES_INVITE_YOUNG)
    now = sa.and_(Membership.group_id == Group.id, Membership.left_on.is_(None))
    members = sa.select(sa.func.count(Membership.id)).where(now).scalar_subquery()
    met = sa.select(sa.func.max(GroupMeeting.met_on)).where(GroupMeeting.group_id == Group.id)
    in_it = sa.exists().where(now, Membership.person_id == actor.person_id)
    rows = db.execute(
        sa.select(Group, members, met.scalar_subquery(), in_it)
        .where(which)
        .order_by(Group.closed_at.is_not(None), Group.name)
    )
    return [
        GroupRow(
            id=one.id,
            name=one.name,
            kind=one.kind,
            terms=one.terms,
            quorum=one.quorum,
            has_young=bool(one.young_people),
            young_people=one.young_people if counts or mine else None,
            owns_queue=one.owns_queue,
            hears=one.hears,
            meets=one.meets or "",
            closed=one.closed_at is not None,
            members=count,
            met_on=met_on,
        )
        for one, count, met_on, mine in rows
    ]


def board_last_met(db: Session, actor: Actor) -> date | None:
    """Return the last day before today on which the Board met, None if it never did.

    That is a meeting that was held here, or one that was only written down with the group.
    """
    actor.must(Permission.GROUPS_READ)
    today = london_day(actor.at)
    noted = (
        sa.select(GroupMeeting.met_on.label("met_on"))
        .join(Group, Group.id == GroupMeeting.group_id)
        .where(Group.kind == GroupKind.BOARD, GroupMeeting.met_on < today)
    )
    held = sa.select(Meeting.meets_on).where(
        Meeting.ended_at.is_not(None), Meeting.meets_on < today
    )
    met = noted.union_all(held).subquery()
    last: date | None = db.scalar(sa.select(sa.func.max(met.c.met_on)))
    return last
