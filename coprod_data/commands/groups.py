"""Standing groups: what each is for, who sits in it and until when, and when it met."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import (
    kept,
    known,
    locked,
    must_be_an_adult,
    must_be_as_opened,
    must_be_new,
)
from coprod_data.models import Group, GroupMeeting, Membership
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.heard import HeardGroup

MOST_SEATS = 200


def add_group(db: Session, actor: Actor, *, name: str, kind: GroupKind) -> int:
    """Add a standing group. Returns its id. Raises Invalid."""
    actor.must(Permission.GROUPS_WRITE)
    name = required_line(name, "name", "Give the group's name.", 120)
    must_be_new(db, Group, "group", name=name)
    return kept(db, actor, EventKind.GROUP_ADDED, Group(name=name, kind=kind))


def change_group(
    db: Session,
    actor: Actor,
    group_id: int,
    *,
    name: str,
    kind: GroupKind,
    terms: str = "",
    quorum: int | None = None,
    young_people: int | None = None,
    owns_queue: bool = False,
    hears: HeardGroup | None = None,
    meets: str | None = None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say what a group is for, how many young people are in it, and whether it owns the queue.

    `young_people` left out stays as it is: who keeps a group need not know the number.
    `hears` is the broad group of young people that is heard there, `meets` when and where.
    The queue of opportunities moves here from the group that owned it, with an event of its own.
    `opened` is what the form showed, by the names of the parameters. Raises NotFound, Invalid,
    ChangedMeanwhile.
    """
    actor.must(Permission.GROUPS_WRITE)
    group = _open_group(db, group_id)
    name = required_line(name, "name", "Give the group's name.", 120)
    terms = optional_text(terms, "terms")
    typed = {
        "name": name,
        "kind": kind,
        "terms": terms,
        "quorum": quorum,
        "young_people": group.young_people if young_people is None else young_people,
        "owns_queue": owns_queue,
        "hears": hears,
        "meets": " ".join(optional_text(meets or "", "meets", 160).split()) or None,
    }
    must_be_as_opened({field: getattr(group, field) for field in typed}, opened, typed)
    must_be_new(db, Group, "group", beside=group, name=name)
    if quorum is not None and not 1 <= quorum <= MOST_SEATS:
        raise Invalid(f"Give a quorum from 1 to {MOST_SEATS}, or leave it empty.", field="quorum")
    if young_people is not None and not 0 <= young_people <= MOST_SEATS:
        raise Invalid(f"Give a number from 0 to {MOST_SEATS}.", field="young_people")
    owner = known(db, Group, owns_queue=True) if owns_queue else None
    if owner is not None and owner is not group:
        owner.owns_queue = False  # first: only one group may own the queue
        record(db, actor, EventKind.GROUP_CHANGED, owner)
    for field, value in typed.items():
        setattr(group, field, value)
    record_if_changed(db, actor, EventKind.GROUP_CHANGED, group)


def close_group(db: Session, actor: Actor, group_id: int) -> None:
    """Record that a group no longer meets. It can still be read. Raises NotFound, Refused."""
    actor.must(Permission.GROUPS_WRITE)
    group = _open_group(db, group_id)
    group.closed_at, group.owns_queue = actor.at, False
    record(db, actor, EventKind.GROUP_CLOSED, group)


def reopen_group(db: Session, actor: Actor, group_id: int) -> None:
    """Record that a closed group meets after all; the queue is not given back to it.

    Raises NotFound, Refused.
    """
    actor.must(Permission.GROUPS_WRITE)
    group = locked(db, Group, group_id, "group")
    if group.closed_at is None:
        raise Refused("This group is open already.")
    group.closed_at = None
    record(db, actor, EventKind.GROUP_REOPENED, group)


def add_member(
    db: Session,
    actor: Actor,
    group_id: int,
    *,
    kind: MemberKind,
    sector: Sector,
    person_id: int | None = None,
    name: str = "",
    joined_on: date | None = None,
    term_ends_on: date | None = None,
) -> int:
    """Add an adult to a group, by account or by name; a second call adds nothing. Returns the
    seat's id.

    Young people are counted and never named. Raises NotFound, Invalid, Refused.
    """
    actor.must(Permission.GROUPS_WRITE)
    group = _open_group(db, group_id)
    if person_id is None:
        name = required_line(name, "name", "Choose somebody, or write a name.", 120)
    else:
        must_be_an_adult(db, person_id, "Young people are counted here, not named.")
    joined_on = joined_on or london_day(actor.at)
    if term_ends_on is not None and term_ends_on < joined_on:
        raise Invalid("A term cannot end before it begins.", field="term_ends_on")
    who = {"person_id": person_id} if person_id is not None else {"name": name}
    if seat := known(db, Membership, group_id=group.id, left_on=None, **who):
        return seat.id
    seat = Membership(
        group_id=group.id,
        kind=kind,
        sector=sector,
        joined_on=joined_on,
        term_ends_on=term_ends_on,
        person_id=person_id,
        name=name if person_id is None else None,
    )
    return kept(db, actor, EventKind.MEMBERSHIP_ADDED, seat)


def hand_over_seat(db: Session, actor: Actor, membership_id: int, person_id: int) -> int:
    """Give somebody's seat in a group to another adult, from today on. Returns the new seat's id.

    Raises NotFound, Invalid, Refused.
    """
    actor.must(Permission.GROUPS_WRITE)
    seat = locked(db, Membership, membership_id, "member")
    if seat.left_on is not None:
        raise Refused("They have already left this group.")
    seat.left_on = london_day(actor.at)
    record(db, actor, EventKind.MEMBERSHIP_ENDED, seat)
    return add_member(
        db, actor, seat.group_id, kind=seat.kind, sector=seat.sector, person_id=person_id
    )


def end_membership(db: Session, actor: Actor, membership_id: int) -> None:
    """Record that somebody left a group today. Raises NotFound, Refused."""
    actor.must(Permission.GROUPS_WRITE)
    seat = locked(db, Membership, membership_id, "member")
    if seat.left_on is not None:
        raise Refused("They have already left this group.")
    seat.left_on = london_day(actor.at)
    record(db, actor, EventKind.MEMBERSHIP_ENDED, seat)


def record_group_meeting(db: Session, actor: Actor, group_id: int, *, met_on: date) -> int:
    """Record a day on which a group met; a second call adds nothing. Returns the meeting's id.

    Raises NotFound, Refused, and Invalid for a date in the future.
    """
    actor.must(Permission.GROUPS_WRITE)
    group = _open_group(db, group_id)
    if met_on > london_day(actor.at):
        raise Invalid("Record a meeting once it has been held.", field="met_on")
    if meeting := known(db, GroupMeeting, group_id=group.id, met_on=met_on):
        return meeting.id
    meeting = GroupMeeting(group_id=group.id, met_on=met_on)
    return kept(db, actor, EventKind.GROUP_MET, meeting)


def _open_group(db: Session, group_id: int) -> Group:
    return locked(db, Group, group_id, "group", closed="This group does not meet any more.")
