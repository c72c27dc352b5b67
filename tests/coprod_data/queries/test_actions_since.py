"""What was done since a day, and what young people read of a job that was stopped."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.actions import propose_action
from coprod_data.commands.actions_stopping import drop_action, hold_action
from coprod_data.models import Group, GroupMeeting, OpportunitySource, Person
from coprod_data.permissions import Actor, Invalid, Role
from coprod_data.queries.actions_detail import more_of
from coprod_data.queries.actions_since import SinceNumbers, since_numbers, since_then
from coprod_data.queries.actions_views import actions_stopped, actions_to_view
from coprod_data.queries.groups import board_last_met
from coprod_data.vocabulary.actions import Stage, WorkedOnBy
from coprod_data.vocabulary.groups import GroupKind
from tests.helpers.builders import (
    TODAY,
    a_person,
    a_promise,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    days_ago,
    holding_the_code,
    somebody,
)
from tests.helpers.plans import shown, under


def day(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_what_was_done_since_a_day_is_told_and_what_did_not_move(db: Session, member: Actor):
    homes, health, _ = a_promise(db)
    owner = a_person(db, Role.MANAGER)
    moving = under(db, homes, owner, moved_at=days_ago(5))
    still = under(db, health, owner, moved_at=days_ago(90))
    under(db, homes, owner, stage=Stage.VERIFIED, moved_at=days_ago(200))
    shown(db, moving, title="New", met_on=day(5))
    shown(db, moving, title="On the day", met_on=day(30))
    shown(db, still, title="Long ago", met_on=day(90))
    shown(db, under(db, homes, owner, stage=Stage.DROPPED), title="Dropped", met_on=day(5))
    taken = an_opportunity(db, homes, owner, working_at=days_ago(10))
    an_opportunity(db, homes, owner, working_at=days_ago(100))

    found = since_then(db, member, day(30))

    assert [row.words for row in found.milestones] == ["New", "On the day"]
    assert [row.id for row in found.taken_up] == [taken.id]
    assert [row.id for row in found.still] == [still.id]
    assert (found.outcomes, found.nothing) == ((), False)
    assert since_numbers(db, member, day(30)) == SinceNumbers(day(30), 2, 0, 1, 1)
    of_one = since_then(db, member, day(30), commitment_id=still.commitment_id)
    assert of_one.nothing
    assert [row.id for row in of_one.still] == [still.id]


def test_the_board_last_met_before_today(db: Session, member: Actor):
    assert board_last_met(db, member) is None
    board = add(db, Group(name="The Board", kind=GroupKind.BOARD))
    other = add(db, Group(name="Another", kind=GroupKind.OTHER))
    for group, ago in ((board, 0), (board, 40), (board, 100), (other, 3)):
        add(db, GroupMeeting(group_id=group.id, met_on=day(ago)))
    assert board_last_met(db, member) == day(40)


def test_a_young_person_reads_that_a_job_of_their_card_was_stopped_and_why(
    db: Session, chair: Actor
):
    homes, _, _ = a_promise(db)
    owner = a_person(db, Role.MANAGER)
    entry = an_entry(db, a_report_card(db, homes))
    work = an_opportunity(db, homes, owner)
    add(db, OpportunitySource(opportunity_id=work.id, entry_id=entry.id))
    dropped, held, proposed = (
        under(db, homes, owner, opportunity_id=work.id, approved_at=days_ago(9)) for _ in range(3)
    )
    proposed.approved_at, proposed.stage = None, Stage.PROPOSED
    db.flush()
    db.info["gathered"] = []
    holder = holding_the_code(entry)
    assert actions_stopped(db, holder) == []

    drop_action(db, chair, dropped.id, reason="The house was sold.")
    drop_action(db, chair, proposed.id, reason="It was never agreed.")
    hold_action(db, chair, held.id, reason="The budget is late.")

    found = {row.id: (row.dropped, row.why) for row in actions_stopped(db, holder)}
    assert found == {
        dropped.id: (True, "The house was sold."),
        held.id: (False, "The budget is late."),
    }
    assert dropped.id not in {row.id for row in actions_to_view(db, holder)}
    young = somebody(db, Role.YOUNG_PERSON)
    assert actions_stopped(db, young, entry.id) == []


def test_staff_who_work_on_it_by_themselves_say_why(db: Session):
    homes, _, _ = a_promise(db)
    owner = somebody(db, Role.MANAGER)
    some = under(db, homes, db.get_one(Person, owner.id))
    said = {
        "commitment_id": some.commitment_id, "title": "Check every heater",
        "will_see": "Warm rooms.", "owner_id": owner.id, "service_id": some.service_id,
        "partners": "A college",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        propose_action(db, owner, worked_on_by=WorkedOnBy.STAFF, why_alone=" ", **said)
    assert refused.value.field == "why_alone"

    alone = propose_action(
        db, owner, worked_on_by=WorkedOnBy.STAFF, why_alone="A tradesman has to.", **said
    )
    together = propose_action(
        db, owner, worked_on_by=WorkedOnBy.JOINTLY, why_alone="Not asked.", **said
    )

    assert more_of(db, owner, alone).why_alone == "A tradesman has to."
    assert (more_of(db, owner, together).why_alone, more_of(db, owner, together).partners) == (
        "", "A college",
    )  # fmt: skip
