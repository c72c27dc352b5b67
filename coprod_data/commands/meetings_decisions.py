"""What a meeting decided: written down by the clerk, confirmed by the chair, then done.

The chair's confirmation is the approval: from then on it is an agreed action of the plan, or a line
of the actions log with its date.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.meetings_decisions_rules import (
    checked,
    decision_of,
    must_be_possible,
    newest_of_item,
    said_of,
)
from coprod_data.commands.meetings_rules import meeting_of
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.commands.rows import kept, locked, must_be_as_opened, plan_in_turn
from coprod_data.models import Action, AgendaItem, Decision, MeetingPresent, Person
from coprod_data.permissions import (
    Actor,
    ChangedMeanwhile,
    Invalid,
    NotAllowed,
    Permission,
    Refused,
)
from coprod_data.rules.clocks import london_day
from coprod_data.rules.meeting_decision import Said
from coprod_data.rules.meeting_plan import MOST_PEOPLE
from coprod_data.rules.texts import required_line, required_text
from coprod_data.scopes.one_person import same_person
from coprod_data.vocabulary.actions import DueKind, Stage, WorkedOnBy
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import AHEAD, MeetingPart
from coprod_data.vocabulary.meetings import MeetingState as S
from coprod_data.vocabulary.rewordings import TextPlace

OF_A_DECISION = (TextPlace.DECISION, TextPlace.DECISION_ASKED, TextPlace.DECISION_WITH)
IN_PLAN = "This was talked about without the public. Say what the plan may tell everybody."
NOT_SAID = "It was decided at a meeting. Its owner says who works on it, and what shows that."


def record_decision(
    db: Session, actor: Actor, item_id: int, *, said: Said, opened: Mapping[str, Any] | None = None
) -> int:
    """Write down a decision about an item; it is to be confirmed by the chair. Returns its id.

    `opened` holds, as `newest`, the id of the item's newest decision that the form showed, 0 for
    none. Raises NotFound, Refused, Invalid, and ChangedMeanwhile with the other text when somebody
    else wrote one first.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item = locked(db, AgendaItem, item_id, "item")
    meeting = meeting_of(db, item.meeting_id, *AHEAD, S.HELD)
    if meeting.started_at is None and meeting.ended_at is None:
        raise Refused("Begin the meeting first.")
    newest = newest_of_item(db, item.id)
    if opened is not None and (newest.id if newest else 0) != opened["newest"]:
        raise _written_by_another(db, newest)
    said = checked(said, london_day(actor.at))
    must_be_possible(db, said)
    decision = Decision(
        **said.values, meeting_id=meeting.id, item_id=item.id, recorded_at=actor.at,
        recorded_by_id=actor.id,
    )  # fmt: skip
    return kept(db, actor, EventKind.DECISION_RECORDED, decision)


def change_decision(
    db: Session,
    actor: Actor,
    decision_id: int,
    *,
    said: Said,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change a decision that is not confirmed yet. `opened` is what the form showed.

    Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_WRITE)
    decision = decision_of(db, decision_id)
    said = checked(said, london_day(actor.at))
    must_be_as_opened(said_of(decision).values, opened, said.values)
    must_be_possible(db, said)
    for name, value in said.values.items():
        setattr(decision, name, value)
    record_if_changed(db, actor, EventKind.DECISION_CHANGED, decision)


def confirm_decision(
    db: Session,
    actor: Actor,
    decision_id: int,
    *,
    opened: Mapping[str, Any] | None = None,
    in_plan: str = "",
) -> None:
    """Confirm a decision as it was read out. That is the approval: with a commitment it is an
    agreed action of the plan from now on. `opened` is what the page showed.

    What was decided without the public goes into the plan as `in_plan`, in words that everybody may
    read. Raises NotFound, Refused, Invalid without them, NotAllowed for an action that the actor
    wrote down themselves, and ChangedMeanwhile when it says something else by now.
    """
    actor.must(Permission.MEETINGS_CONFIRM)
    decision = decision_of(db, decision_id)
    now = said_of(decision).values
    if opened is not None and dict(opened) != now:
        raise ChangedMeanwhile({name: now[name] for name in now if now[name] != opened.get(name)})
    if decision.becomes_action:
        if same_person(db, actor.id, decision.recorded_by_id):
            raise NotAllowed(
                "You wrote this down yourself. Somebody else writes down what becomes an action."
            )
        plan_in_turn(db)
        must_be_possible(db, said_of(decision))
        action = _action_of(db, actor, decision, in_plan)
        db.add(action)
        record(db, actor, EventKind.ACTION_APPROVED, action)
        decision.action_id = action.id
    decision.confirmed_at, decision.confirmed_by_id = actor.at, actor.id
    record(db, actor, EventKind.DECISION_CONFIRMED, decision)


def withdraw_decision(db: Session, actor: Actor, decision_id: int) -> None:
    """Delete a decision that was written down by mistake and is not confirmed.

    Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    decision = decision_of(db, decision_id)
    stop_rewording(db, actor, [(place, decision.id) for place in OF_A_DECISION])
    db.delete(decision)
    record(db, actor, EventKind.DECISION_WITHDRAWN, decision)


def take_confirmation_back(db: Session, actor: Actor, decision_id: int) -> None:
    """Take back that a decision was confirmed, so that it can be corrected and confirmed again.

    Raises NotFound, and Refused once it is an action of the plan or was carried out.
    """
    actor.must(Permission.MEETINGS_CONFIRM)
    decision = locked(db, Decision, decision_id, "decision")
    if decision.confirmed_at is None:
        raise Refused("It is not confirmed any more. Reload the page.")
    if decision.action_id is not None:
        raise Refused("This is an action of the plan. Change it there.")
    if decision.done_at is not None:
        raise Refused("It is carried out already. Take that back first.")
    decision.confirmed_at = decision.confirmed_by_id = None
    record(db, actor, EventKind.DECISION_UNCONFIRMED, decision)


def finish_line(db: Session, actor: Actor, decision_id: int, *, words: str) -> None:
    """Say that a line of the actions log is done: its owner, or whoever keeps meetings.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.MEETINGS_OWN)
    decision = locked(db, Decision, decision_id, "decision")
    if decision.owner_id != actor.person_id and not actor.may(Permission.MEETINGS_WRITE):
        raise NotAllowed("Only who is responsible, the chair or the clerk says that it is done.")
    if decision.confirmed_at is None:
        raise Refused("The chair has not confirmed this decision yet.")
    if decision.action_id is not None:
        raise Refused("This is an action of the plan. Update it there.")
    if decision.done_at is not None:
        raise Refused("It is done already. Reload the page.")
    decision.done_words = required_text(words, "words", "Say in a sentence what was done.")
    decision.done_at = actor.at
    record(db, actor, EventKind.DECISION_DONE, decision)


def take_done_back(db: Session, actor: Actor, decision_id: int) -> None:
    """Say that a line of the actions log is not done after all; what was said of it is erased.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.MEETINGS_OWN)
    decision = locked(db, Decision, decision_id, "decision")
    if decision.owner_id != actor.person_id and not actor.may(Permission.MEETINGS_WRITE):
        raise NotAllowed("Only who is responsible, the chair or the clerk takes that back.")
    if decision.done_at is None:
        raise Refused("It is not done any more. Reload the page.")
    stop_rewording(db, actor, [(TextPlace.DECISION_DONE, decision.id)])
    decision.done_at, decision.done_words = None, ""
    record(db, actor, EventKind.DECISION_NOT_DONE, decision)


def record_present(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    present: Mapping[MeetingPart, int],
    opened: Mapping[MeetingPart, int] | None = None,
) -> None:
    """Say how many of each part were there. `opened` is what the form showed.

    Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD, S.HELD)
    if meeting.started_at is None and meeting.ended_at is None:
        raise Refused("Begin the meeting first.")
    for part, number in present.items():
        if not 0 <= number <= MOST_PEOPLE:
            raise Invalid(f"Give a number from 0 to {MOST_PEOPLE}.", field=part.value)
    rows = {
        row.part: row
        for row in db.scalars(sa.select(MeetingPresent).filter_by(meeting_id=meeting.id))
    }
    now = {part.value: rows[part].number if part in rows else 0 for part in present}
    shown = None if opened is None else {part.value: opened[part] for part in present}
    must_be_as_opened(now, shown, {part.value: number for part, number in present.items()})
    for part, number in present.items():
        if part in rows:
            rows[part].number = number
        else:
            db.add(MeetingPresent(meeting_id=meeting.id, part=part, number=number))
    record_if_changed(db, actor, EventKind.MEETING_PRESENT, meeting)


def _action_of(db: Session, actor: Actor, decision: Decision, in_plan: str) -> Action:
    title, partners = decision.wording, decision.together_with
    if db.get_one(AgendaItem, decision.item_id).private:
        title, partners = required_line(in_plan, "in_plan", IN_PLAN, 240), ""
    return Action(
        commitment_id=decision.commitment_id or 0, title=title,
        will_see=title, owner_id=decision.owner_id or 0,
        service_id=decision.service_id or 0,
        # Nobody has shown yet that young people work on it, so it does not count as done together.
        worked_on_by=WorkedOnBy.STAFF, why_alone=NOT_SAID, partners=partners,
        due_on=decision.due_on, due_kind=DueKind.DAY,
        stage=Stage.AGREED, proposed_at=decision.recorded_at,
        proposed_by_id=decision.recorded_by_id, approved_at=actor.at, approved_by_id=actor.id,
        moved_at=actor.at,
    )  # fmt: skip


def _written_by_another(db: Session, newest: Decision | None) -> ChangedMeanwhile:
    now = {"newest": newest.id if newest else 0}
    if newest is None:
        return ChangedMeanwhile(now)
    by = db.get(Person, newest.recorded_by_id)
    return ChangedMeanwhile(
        now, by=by.name if by else "Somebody", on=london_day(newest.recorded_at),
        words=newest.wording,
    )  # fmt: skip
