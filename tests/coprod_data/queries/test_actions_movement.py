"""What is movement of the plan, and what is none."""

from datetime import timedelta

from sqlalchemy.orm import Session

from coprod_data.commands.actions import meet_milestone, update_action
from coprod_data.commands.actions_stopping import drop_action, hold_action
from coprod_data.commands.actions_undo import correct_milestone, undo_last_step
from coprod_data.models import Milestone, Person, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.queries.actions_movement import (
    milestones_over_time,
    movement,
    movement_by_hands,
)
from coprod_data.vocabulary.actions import Rag, Stage, WorkedOnBy
from tests.helpers.builders import NOW, TODAY, acting, add, days_ago, somebody
from tests.helpers.plans import under


def test_what_was_undone_corrected_away_or_turned_down_is_no_movement_and_a_drop_is_named(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    now, chair = acting(owner, Role.MANAGER), somebody(db, Role.CHAIR)
    action = under(db, theme, owner, approved_at=days_ago(30))
    update_action(db, now, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="Vans.")
    undo_last_step(db, now, action.id)
    milestone = add(db, Milestone(action_id=action.id, title="a"))
    meet_milestone(db, now, milestone.id, evidence="The log of visits.", met_on=NOW.date())
    correct_milestone(db, now, milestone.id, evidence="", met_on=None, reason="A draft.")
    drop_action(db, chair, under(db, theme, owner, stage=Stage.PROPOSED).id, reason="Too dear.")
    assert movement(db, member)["number"].sum() == 0

    drop_action(db, chair, action.id, reason="The law changed.")

    [row] = movement(db, member).query("number > 0").itertuples()
    assert (row.series, row.number) == ("Dropped", 1)


def test_movement_is_split_by_who_works_and_milestones_by_month_of_plan_and_of_evidence(
    db: Session, theme: PromiseTheme, owner: Person, member: Actor
):
    now = acting(owner, Role.MANAGER)
    led = under(db, theme, owner, worked_on_by=WorkedOnBy.YOUNG_LED, stage=Stage.AGREED)
    staff = under(db, theme, owner, worked_on_by=WorkedOnBy.STAFF, stage=Stage.AGREED)
    past = TODAY - timedelta(days=40)
    for action, due_on in ((led, past), (staff, TODAY + timedelta(days=400))):
        step = add(db, Milestone(action_id=action.id, title="a", due_on=due_on))
        meet_milestone(db, now, step.id, evidence="The log of visits.", met_on=TODAY)
    hold_action(db, somebody(db, Role.CHAIR), led.id, reason="No vans.")

    moved = movement_by_hands(db, member)
    assert moved["number"].sum() == movement(db, member)["number"].sum() == 3
    by_hands = moved.groupby("series")["number"].sum()
    assert by_hands[WorkedOnBy.YOUNG_LED.words] == 2
    assert by_hands[WorkedOnBy.STAFF.words] == 1
    last, before = (milestones_over_time(db, member).groupby("series")["number"].nth(-n)
                    for n in (1, 2))  # fmt: skip
    assert (sorted(last), sorted(before)) == ([1, 2], [0, 1])
