"""Meetings of the Board before they are held: plan, change, move, cancel, and who comes."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.meetings_rules import meeting_of, must_be_a_free_day, seat_of
from coprod_data.commands.rows import (
    changed_set,
    kept,
    must_be_an_adult,
    must_be_as_opened,
    must_be_promised_theme,
)
from coprod_data.models import Group, Meeting, MeetingInvited, Person
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Refused, Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_plan import MeetingPlan, checked_hours
from coprod_data.rules.texts import optional_text, required_text
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.meetings import AHEAD, MeetingReply
from coprod_data.vocabulary.meetings import MeetingState as S

WHY = "Say why. Everybody who is invited can read it."
YOUNG = "Young people are counted here, not named."


def plan_meeting(
    db: Session,
    actor: Actor,
    *,
    meets_on: date | None,
    begins: str = "",
    ends: str = "",
    plan: MeetingPlan,
) -> int:
    """Plan a meeting; every member of the Board with an account is invited. Returns its id.

    Its quorum is the Board's unless the plan has another. Raises NotFound, Invalid.
    """
    actor.must(Permission.MEETINGS_WRITE)
    if meets_on is None:
        raise Invalid("Write the day.", field="day")
    said = plan.checked()
    begins, ends = checked_hours(begins, ends)
    must_be_a_free_day(db, meets_on)
    must_be_promised_theme(db, said.theme_id)
    usual = db.scalar(
        sa.select(Group.quorum).where(Group.kind == GroupKind.BOARD, Group.closed_at.is_(None))
    )
    values = {**said.values, "quorum": said.quorum or usual}
    meeting = Meeting(
        **values, meets_on=meets_on, begins=begins, ends=ends, state=S.PLANNED,
        planned_at=actor.at, planned_by_id=actor.id,
    )  # fmt: skip
    db.add(meeting)
    db.flush()
    members = db.scalars(sa.select(Person.id).where(holds(Role.BOARD_MEMBER, Role.CHAIR)))
    db.add_all(MeetingInvited(meeting_id=meeting.id, person_id=one) for one in sorted(members))
    return kept(db, actor, EventKind.MEETING_PLANNED, meeting)


def change_meeting(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    plan: MeetingPlan,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what a meeting is about, where it is and who may come. `opened` is what the form
    showed. Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    said = plan.checked()
    must_be_as_opened(MeetingPlan.of(meeting).values, opened, said.values)
    if said.theme_id != meeting.theme_id:
        must_be_promised_theme(db, said.theme_id)
    for field, value in said.values.items():
        setattr(meeting, field, value)
    record_if_changed(db, actor, EventKind.MEETING_CHANGED, meeting)


def move_meeting(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    meets_on: date | None,
    begins: str,
    ends: str,
    why: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Move a meeting to another day or time, with a reason that everybody invited can read.

    Who answered for the day before is asked again for the new one. Raises NotFound, Refused,
    Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    if meets_on is None:
        raise Invalid("Write the day.", field="day")
    begins, ends = checked_hours(begins, ends)
    typed = {"meets_on": meets_on, "begins": begins, "ends": ends}
    now = {name: getattr(meeting, name) for name in typed}
    must_be_as_opened(now, opened, typed)
    if typed == now:
        raise Invalid("That is when it is now. Write another day or time.", field="day")
    if meets_on < london_day(actor.at):
        raise Invalid("Move it to a day that is still to come.", field="day")
    must_be_a_free_day(db, meets_on, beside=meeting)
    meeting.why_moved = required_text(why, "why", WHY)
    if meets_on != meeting.meets_on:
        meeting.moved_from = meeting.meets_on
        for seat in db.scalars(sa.select(MeetingInvited).filter_by(meeting_id=meeting.id)):
            seat.reply = None
    meeting.meets_on, meeting.begins, meeting.ends = meets_on, begins, ends
    record(db, actor, EventKind.MEETING_MOVED, meeting)


def cancel_meeting(db: Session, actor: Actor, meeting_id: int, *, why: str) -> None:
    """Cancel a meeting that was not held, with a reason that everybody invited can read.

    Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    meeting.why_cancelled = required_text(why, "why", WHY)
    meeting.state = S.CANCELLED
    record(db, actor, EventKind.MEETING_CANCELLED, meeting)


def restore_meeting(db: Session, actor: Actor, meeting_id: int) -> None:
    """Take back that a meeting was cancelled; it is planned again.

    Raises NotFound, Invalid, and Refused once its day has passed.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, S.CANCELLED)
    if meeting.meets_on < london_day(actor.at):
        raise Refused("Its day has passed. Plan a new meeting.")
    must_be_a_free_day(db, meeting.meets_on, beside=meeting)
    meeting.state, meeting.why_cancelled = S.PLANNED, ""
    record(db, actor, EventKind.MEETING_RESTORED, meeting)


def set_invited(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    person_ids: Collection[int],
    opened: Collection[int] | None = None,
) -> None:
    """Say who is invited: members and officers, by account. `opened` is whom the form showed, and
    only what was changed in it is changed. Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    seats = {
        seat.person_id: seat
        for seat in db.scalars(sa.select(MeetingInvited).filter_by(meeting_id=meeting.id))
    }
    invited = changed_set(seats.keys(), opened, person_ids)
    for person_id in sorted(invited - seats.keys()):
        on_board = db.scalar(
            sa.select(holds(Role.BOARD_MEMBER, Role.CHAIR)).where(Person.id == person_id)
        )
        if not on_board:  # a young person may be a member, and is then invited as one
            must_be_an_adult(db, person_id, YOUNG)
        db.add(MeetingInvited(meeting_id=meeting.id, person_id=person_id))
    for person_id in sorted(seats.keys() - invited):
        db.delete(seats[person_id])
    record_if_changed(db, actor, EventKind.MEETING_INVITED, meeting)


def reply_to_meeting(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    reply: MeetingReply,
    person_id: int | None = None,
    opened: MeetingReply | None = None,
) -> None:
    """Say whether one comes; whoever keeps meetings records it for another, `person_id`.

    `opened` is the answer that the form showed. Raises NotFound, NotAllowed, Refused,
    ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_OWN)
    seat = _seat(db, actor, meeting_id, person_id)
    must_be_as_opened({"reply": seat.reply}, {"reply": opened}, {"reply": reply})
    seat.reply = reply
    record_if_changed(db, actor, EventKind.MEETING_REPLIED, seat)


def declare_interest(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    interest: str,
    person_id: int | None = None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Declare an interest, or take it back with an empty text; whoever keeps meetings records one
    for another, `person_id`. `opened` is what the form showed. Raises NotFound, NotAllowed,
    Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_OWN)
    seat = _seat(db, actor, meeting_id, person_id)
    said = " ".join(optional_text(interest, "interest", 240).split())
    must_be_as_opened({"interest": seat.interest}, opened, {"interest": said})
    seat.interest = said
    record_if_changed(db, actor, EventKind.INTEREST_DECLARED, seat)


def _seat(db: Session, actor: Actor, meeting_id: int, person_id: int | None) -> MeetingInvited:
    meeting = meeting_of(db, meeting_id, *AHEAD)
    if person_id not in (None, actor.person_id) and not actor.may(Permission.MEETINGS_WRITE):
        raise NotAllowed("Only the chair and the clerk answer for somebody else.")
    return seat_of(db, meeting, person_id or actor.id)
