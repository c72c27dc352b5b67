"""When the plan runs, and who wrote it and works on its actions: said with what shows it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_authors import say_who_agreed, say_who_works
from coprod_data.commands.actions_changes import change_action
from coprod_data.commands.groups import add_group
from coprod_data.commands.promise_changes import copy_promise
from coprod_data.commands.promise_plan import plan_promise
from coprod_data.models import Event, Group, Milestone, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_detail import more_of
from coprod_data.queries.actions_listed import actions_counted
from coprod_data.queries.actions_movement import MET, PLANNED, milestones_over_time
from coprod_data.queries.events_of import history_of_action
from coprod_data.queries.promise_plan import plan_authors, plan_runs
from coprod_data.rules.plan_period import month_of_plan, plan_end
from coprod_data.vocabulary.actions import Listed, Stage, WorkedOnBy
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.groups import GroupKind
from tests.helpers.builders import TODAY, add, somebody
from tests.helpers.plans import owned, shown

EVIDENCE = "Four evenings; the notes are with the papers."


def a_band(db: Session, name: str = "The Thursday group") -> int:
    return add_group(db, somebody(db, Role.YOUTH_VOICE), name=name, kind=GroupKind.YOUNG_PEOPLE)


def test_the_plan_says_when_it_runs_and_who_wrote_it(
    db: Session, theme: PromiseTheme, chair: Actor
):
    group, member = a_band(db), somebody(db, Role.BOARD_MEMBER)
    assert plan_runs(db, member).starts_on is None
    said = {"starts_on": TODAY - timedelta(days=40), "months": 18, "written_by": WorkedOnBy.JOINTLY}
    named = {"group_ids": frozenset({group}), "shown": EVIDENCE}
    with pytest.raises(NotAllowed):
        plan_promise(db, member, theme.version_id, **said, **named)
    for wrong, field in (
        ({"months": None}, "months"),
        ({"months": 0}, "months"),
        ({"months": 121}, "months"),
        ({"shown": " "}, "shown"),
        ({"group_ids": frozenset()}, "group_ids"),
        ({"group_ids": frozenset({4711})}, "group_ids"),
    ):
        with pytest.raises(Invalid) as refused:
            plan_promise(db, chair, theme.version_id, **{**said, **named, **wrong})
        assert refused.value.field == field

    plan_promise(db, chair, theme.version_id, **said, **named)
    plan_promise(db, chair, theme.version_id, **said, **named)

    assert db.scalars(sa.select(Event.kind)).all()[-1] is EventKind.PROMISE_PLANNED
    runs = plan_runs(db, member)
    assert (runs.months, runs.month, runs.written_by) == (18, 2, WorkedOnBy.JOINTLY)
    assert plan_authors(db, member, theme.version_id) == {group: "The Thursday group"}
    worker = somebody(db, Role.YOUTH_VOICE)
    draft = copy_promise(db, worker, title="The next one")
    assert plan_runs(db, member, draft) is None  # a draft is for who writes it
    copied = plan_runs(db, worker, draft)
    assert (copied.ends_on, copied.written_by) == (runs.ends_on, None)

    plan_promise(
        db, chair, theme.version_id, starts_on=None, months=None, written_by=WorkedOnBy.STAFF
    )
    assert plan_authors(db, member, theme.version_id) == {}


@pytest.mark.parametrize(
    ("starts_on", "months", "last"),
    [
        (date(2024, 10, 1), 24, date(2026, 9, 30)),
        (date(2025, 1, 31), 1, date(2025, 2, 27)),
        (date(2026, 3, 15), 120, date(2036, 3, 14)),
    ],
)
def test_a_plan_ends_before_the_next_would_begin(starts_on: date, months: int, last: date):
    assert plan_end(starts_on, months) == last
    assert month_of_plan(starts_on, months, starts_on - timedelta(days=1)) == 0
    assert month_of_plan(starts_on, months, starts_on) == 1
    assert month_of_plan(starts_on, months, last + timedelta(days=90)) == months


def test_milestones_are_shown_from_the_start_of_the_plan_to_its_end(
    db: Session, commitment: PromiseCommitment, theme: PromiseTheme, owner: Actor, chair: Actor
):
    action = owned(db, commitment, owner, stage=Stage.IN_PROGRESS)
    shown(db, action, due_on=TODAY - timedelta(days=30), met_on=TODAY)
    add(db, Milestone(action_id=action.id, title="b", due_on=TODAY + timedelta(days=200)))
    start = TODAY.replace(day=1) - timedelta(days=100)
    plan_promise(db, chair, theme.version_id, starts_on=start, months=12, written_by=None)

    found = milestones_over_time(db, chair)

    planned, met = (found[found["series"] == name] for name in (PLANNED, MET))
    assert planned["when"].iloc[0].date() == start.replace(day=1)
    assert planned["when"].iloc[-1].date() == plan_end(start, 12).replace(day=1)
    assert met["when"].iloc[-1].date() == TODAY.replace(day=1)
    assert (planned["number"].iloc[-1], met["number"].iloc[-1]) == (2, 1)


def test_who_works_on_an_action_is_said_with_what_shows_it_and_counted(
    db: Session, commitment: PromiseCommitment, owner: Actor
):
    action, group = owned(db, commitment, owner), a_band(db)
    with pytest.raises(NotAllowed):
        say_who_works(
            db, somebody(db, Role.MANAGER), action.id, worked_on_by=WorkedOnBy.JOINTLY, shown="-"
        )
    for said, field in (
        ({"worked_on_by": WorkedOnBy.JOINTLY}, "shown"),
        ({"worked_on_by": WorkedOnBy.STAFF}, "why_alone"),
        ({"worked_on_by": WorkedOnBy.STAFF, "together_with_id": group}, "by"),
        ({"worked_on_by": WorkedOnBy.YOUNG_LED, "together_with_id": 4711, "shown": "-"},
         "together_with"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            say_who_works(db, owner, action.id, **said)
        assert refused.value.field == field

    led = {"worked_on_by": WorkedOnBy.YOUNG_LED, "together_with_id": group, "shown": EVIDENCE}
    say_who_works(db, owner, action.id, **led)
    say_who_works(db, owner, action.id, **led)

    numbers = actions_counted(db, owner)
    named = (Listed.TOGETHER, Listed.YOUNG_LED, Listed.STAFF_ONLY)
    assert [numbers[one] for one in named] == [0, 1, 0]
    assert more_of(db, owner, action.id).shown == EVIDENCE
    told = history_of_action(db, owner, action.id)
    assert [row.did for row in told] == ["said who works on an action"]
    assert {change.what for change in told[0].changes} == {"who works on it", "group"}
    dropped = owned(db, commitment, owner, stage=Stage.DROPPED)
    with pytest.raises(Refused):
        say_who_works(db, owner, dropped.id, **led)


def test_what_you_will_see_was_agreed_with_a_group_until_it_says_something_else(
    db: Session, commitment: PromiseCommitment, owner: Actor, chair: Actor
):
    action, group = owned(db, commitment, owner), a_band(db)
    assert more_of(db, owner, action.id).agreed_with == ""
    seen = {"group_id": None, "will_see": action.will_see}
    with pytest.raises(NotAllowed):
        say_who_agreed(db, somebody(db, Role.MANAGER), action.id, group_id=group)
    board = add_group(db, somebody(db, Role.YOUTH_VOICE), name="The Board", kind=GroupKind.BOARD)
    for other in (4711, board):
        with pytest.raises(Invalid, match="Choose a group of young people"):
            say_who_agreed(db, owner, action.id, group_id=other)
    say_who_agreed(db, owner, action.id, group_id=group, opened=seen)
    with pytest.raises(ChangedMeanwhile):
        say_who_agreed(db, owner, action.id, group_id=None, opened=seen)

    assert more_of(db, owner, action.id).agreed_with_id == group
    [row] = [row for row in action_plan(db, owner) if row.id == action.id]
    assert row.see_agreed_with == db.get_one(Group, group).name
    [told, *_] = history_of_action(db, owner, action.id)
    assert [change.what for change in told.changes] == ["group that agreed what will be seen"]
    same = {
        "commitment_id": action.commitment_id, "title": action.title, "due_on": None,
        "reason": "The Board said so.",
    }  # fmt: skip
    change_action(db, chair, action.id, **{**same, "title": "Another", "will_see": action.will_see})
    assert more_of(db, owner, action.id).agreed_with_id == group
    change_action(db, chair, action.id, **same, will_see="You see less.")
    assert more_of(db, owner, action.id).agreed_with_id is None
