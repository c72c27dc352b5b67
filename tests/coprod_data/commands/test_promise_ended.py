"""Work that was finished as its commitment ended: it leaves the plan, and stays to be read."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.actions import add_milestone, meet_milestone
from coprod_data.commands.actions_facts import say_partners_and_start
from coprod_data.commands.actions_undo import undo_last_step
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import copy_promise, decide_home
from coprod_data.commands.promise_order import remove_commitment
from coprod_data.files.exports import export
from coprod_data.models import Action, Person, Service
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.actions import action_plan
from coprod_data.queries.actions_detail import more_of
from coprod_data.queries.actions_listed import actions_counted
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.actions_since import since_numbers, since_then
from coprod_data.queries.events_of import history_of_action
from coprod_data.vocabulary.actions import Listed, Stage
from coprod_data.vocabulary.promise import HomeKind
from tests.helpers.builders import NOW, TODAY, a_person, a_promise, a_service, acting, somebody
from tests.helpers.plans import shown, under
from tests.helpers.wordings import heir, homeless_in_the_plan

LONG_AGO = NOW.date() - timedelta(days=4000)


@pytest.fixture
def owner(db: Session) -> Person:
    return a_person(db, Role.MANAGER)


@pytest.fixture
def service(db: Session) -> Service:
    return a_service(db)


@pytest.fixture
def ended(db: Session, worker: Actor, chair: Actor, owner: Person, service: Service) -> Action:
    """An action that was finished with its commitment, which nothing carries on."""
    homes, _, _ = a_promise(db)
    done, stays = (under(db, homes, owner, service=service) for _ in range(2))
    shown(db, done)
    draft = copy_promise(db, worker, title="Shorter")
    before = since_numbers(db, chair, LONG_AGO)
    remove_commitment(db, worker, heir(db, draft, done.commitment_id))
    other = next(
        line.id
        for theme in progress_by_theme(db, chair)
        for line in theme.commitments
        if line.id != done.commitment_id
    )
    decide_home(db, worker, draft, done.id, kind=HomeKind.FINISH)
    decide_home(
        db, worker, draft, stays.id, kind=HomeKind.MOVE, commitment_id=heir(db, draft, other)
    )
    adopt_promise(db, chair, draft, adopted_by="The Board")
    assert since_numbers(db, chair, LONG_AGO) == before  # what was met is still told
    return done


def test_what_was_finished_leaves_the_plan_and_is_a_list_of_its_own(
    db: Session, ended: Action, chair: Actor
):
    assert homeless_in_the_plan(db) == []
    plan = [line.live for theme in progress_by_theme(db, chair) for line in theme.commitments]
    numbers = actions_counted(db, chair)
    assert sum(plan) == numbers[Listed.ALL] == 1  # nothing is counted under words it is not of

    [row] = action_plan(db, chair, which=Listed.ENDED)
    assert numbers[Listed.ENDED] == 1
    assert (row.id, row.stage, row.ended, row.met) == (ended.id, Stage.DONE, True, 1)
    assert more_of(db, chair, ended.id).ended_with == "Shorter"
    assert numbers[Listed.DROPPED] == 0
    told = [row.id for row in since_then(db, chair, LONG_AGO).milestones]
    assert told == [ended.id]

    columns, cells = export(db, chair, "actions", {})
    [number, over] = [columns.index(one) for one in ("No.", "Finished with an earlier wording")]
    assert {line[number]: line[over] for line in cells}[ended.id] is True


def test_partners_and_start_are_said_and_corrected_while_an_action_is_open(
    db: Session, owner: Person, ended: Action, theme_action: Action
):
    actor, action = acting(owner, Role.MANAGER), theme_action
    seen = {"partners": "", "starts_on": None}
    action.due_on = TODAY + timedelta(days=30)
    late = action.due_on + timedelta(days=1)
    with pytest.raises(NotAllowed):
        say_partners_and_start(
            db, somebody(db, Role.MANAGER), action.id, partners="A college", starts_on=None
        )
    with pytest.raises(Invalid, match="cannot start after it is due") as refused:
        say_partners_and_start(db, actor, action.id, partners="A college", starts_on=late)
    assert refused.value.field == "starts"
    with pytest.raises(Refused, match="earlier version"):
        say_partners_and_start(db, actor, ended.id, partners="A college", starts_on=None)

    said = {"partners": "A college", "starts_on": TODAY}
    say_partners_and_start(db, actor, action.id, **said, opened=seen)
    with pytest.raises(ChangedMeanwhile):
        say_partners_and_start(db, actor, action.id, partners="", starts_on=None, opened=seen)
    more = more_of(db, actor, action.id)
    assert (more.partners, more.starts_on) == ("A college", TODAY)
    [told] = history_of_action(db, actor, action.id)
    assert told.did == "said the partners or the start of an action"
    columns, cells = export(db, actor, "actions", {})
    at = [columns.index(one) for one in ("No.", "Partners", "Starts")]
    assert (action.id, "A college", TODAY) in [tuple(line[n] for n in at) for line in cells]


@pytest.fixture
def theme_action(db: Session, owner: Person, service: Service) -> Action:
    homes, _, _ = a_promise(db)
    return under(db, homes, owner, service=service)


def test_a_milestone_is_met_undone_and_met_again(
    db: Session, owner: Person, theme_action: Action, chair: Actor
):
    actor, before = acting(owner, Role.MANAGER), theme_action.moved_at
    step = add_milestone(db, actor, theme_action.id, title="The log is tried")
    for met in (1, 0, 1):
        if met:
            meet_milestone(db, actor, step, evidence="The log of all visits.", met_on=TODAY)
        else:
            undo_last_step(db, actor, theme_action.id)
        [row] = action_plan(db, chair, which=Listed.ALL)
        assert (row.met, row.whole) == (met, 1)
        assert (theme_action.moved_at == before) is not bool(met)
        assert since_numbers(db, chair, LONG_AGO).milestones == met
