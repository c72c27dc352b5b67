"""Projects: none starts without an agreed involvement plan, and none ends without its review."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coprod_data.commands.projects import (
    STAGES,
    InvolvementPlan,
    add_project,
    change_project,
    finish_project,
    plan_involvement,
    start_project,
    step_back,
    stop_project,
)
from coprod_data.models import Person, Project
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.events_of import history_of_project
from coprod_data.queries.people import services
from coprod_data.queries.projects import plans_by_service, project, projects
from coprod_data.queries.work import turns
from coprod_data.vocabulary.projects import ProjectState
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import TODAY, a_person, a_service, acting, somebody, unrecorded
from tests.helpers.projects import AGREED, a_project

DAY = timedelta(days=1)
TEXTS = st.sampled_from(["", " ", "⠀", "They are asked."])
DAYS = st.sampled_from([None, TODAY - DAY, TODAY, TODAY + DAY])
STEPS = st.one_of(
    st.builds(
        lambda *said: ("plan", InvolvementPlan(**dict(zip((*STAGES, "agreed_with"), said[1:],
                                                          strict=True)), agreed_on=said[0])),
        DAYS, TEXTS, TEXTS, TEXTS, TEXTS,
    ),
    st.just(("plan", AGREED)),
    st.tuples(st.just("start"), DAYS),
    st.tuples(st.just("finish"), TEXTS),
    st.sampled_from([("stop", ""), ("back", "")]),
)  # fmt: skip


def take(db: Session, worker: Actor, number: int, step: tuple[str, Any]) -> None:
    """Do one step of a project, as its page, the seed or a stale tab may ask for it."""
    name, said = step
    match name:
        case "plan":
            plan_involvement(db, worker, number, said)
        case "start":
            start_project(db, worker, number, started_on=said)
        case "finish":
            finish_project(db, worker, number, what_changed=said)
        case "stop":
            stop_project(db, worker, number, reason="No money.")
        case _:
            step_back(db, worker, number)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=8))
def test_whatever_people_press_in_whatever_order_the_gate_holds(
    db: Session, worker: Actor, steps: list[tuple[str, Any]]
):
    number, _ = a_project(db, worker)
    for step in steps:
        with suppress(Refused):
            take(db, worker, number, step)
        row = project(db, worker, number)
        whole = all((row.at_start, row.in_middle, row.at_end, row.agreed_with, row.agreed_by))
        assert row.agreed_on is None or whole
        assert row.started_on is None or row.agreed_on is not None
        assert row.finished_on is None or (row.started_on is not None and row.what_changed)


@pytest.mark.parametrize(
    "said",
    [
        {"started_on": TODAY},
        {"agreed_on": TODAY, "started_on": TODAY, "agreed_with": "Voices", "at_start": "A"},
        {"finished_on": TODAY, "what_changed": "All of it."},
    ],
)
def test_the_table_itself_refuses_what_no_command_asked_about(
    db: Session, worker: Actor, said: dict[str, Any]
):
    row = db.get_one(Project, a_project(db, worker)[0])
    with pytest.raises(IntegrityError), db.begin_nested(), unrecorded(db):
        db.execute(sa.update(Project).where(Project.id == row.id).values(**said))


def test_a_project_starts_once_its_plan_is_agreed_and_ends_with_what_that_changed(
    db: Session, worker: Actor, member: Actor
):
    number, _ = a_project(db, worker)
    assert project(db, member, number).state is ProjectState.NO_PLAN
    with pytest.raises(Refused, match="Agree first"):
        start_project(db, worker, number)

    plan_involvement(db, worker, number, replace(AGREED, agreed_with="", agreed_on=None))
    assert project(db, member, number).state is ProjectState.NO_PLAN  # a draft
    plan_involvement(db, worker, number, AGREED)
    start_project(db, worker, number)
    assert project(db, member, number).state is ProjectState.STARTED
    with pytest.raises(Invalid, match="what involvement changed"):
        finish_project(db, worker, number, what_changed="  ")
    finish_project(db, worker, number, what_changed="Nobody pays for the bus any more.")

    assert project(db, member, number).state is ProjectState.FINISHED
    with pytest.raises(Refused, match="stays as it was"):
        plan_involvement(db, worker, number, AGREED)
    told = [row.did for row in history_of_project(db, member, number)]
    assert told[0].startswith("finished a project")
    assert len(told) == 5


@pytest.mark.parametrize("missing", [*STAGES, "agreed_with", "agreed_on"])
def test_a_plan_is_agreed_whole_or_not_at_all(db: Session, worker: Actor, missing: str):
    number, _ = a_project(db, worker)
    with pytest.raises(Invalid) as refused:
        empty = None if missing == "agreed_on" else ""
        plan_involvement(db, worker, number, replace(AGREED, **{missing: empty}))
    assert refused.value.field == missing
    assert project(db, worker, number).agreed_on is None


def test_a_changed_plan_is_agreed_again(db: Session, worker: Actor):
    number, _ = a_project(db, worker)
    plan_involvement(db, worker, number, AGREED)
    draft = replace(AGREED, at_end="A supper.", agreed_with="", agreed_on=None)
    plan_involvement(db, worker, number, draft)
    with pytest.raises(Refused):
        start_project(db, worker, number)

    plan_involvement(db, worker, number, AGREED)
    start_project(db, worker, number)
    with pytest.raises(Invalid, match="has started"):
        plan_involvement(db, worker, number, draft)


@pytest.mark.parametrize("started", [False, True])
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_written_under_an_agreement_that_was_about_other_words(
    db: Session, worker: Actor, stage: str, started: bool
):
    number, _ = a_project(db, worker)
    plan_involvement(db, worker, number, AGREED)
    if started:
        start_project(db, worker, number)
    other = replace(AGREED, **{stage: "Nobody is asked."})
    with pytest.raises(Invalid, match="says something else now") as refused:
        plan_involvement(db, worker, number, other)
    assert refused.value.field == "agreed_with"
    assert getattr(project(db, worker, number), stage) == getattr(AGREED, stage)

    anew = replace(other, agreed_with="The same group, once more")
    plan_involvement(db, worker, number, anew)
    assert project(db, worker, number).agreed_with == "The same group, once more"


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (("start", TODAY - DAY), "started_on"), (("start", TODAY + DAY), "started_on"),
        (("plan", replace(AGREED, agreed_on=TODAY + DAY)), "agreed_on"),
    ],
)  # fmt: skip
def test_days_follow_each_other(db: Session, worker: Actor, step: tuple[str, Any], field: str):
    number, _ = a_project(db, worker)
    plan_involvement(db, worker, number, AGREED)
    with pytest.raises(Invalid) as refused:
        take(db, worker, number, step)
    assert refused.value.field == field


def test_what_was_pressed_by_mistake_is_taken_back_step_by_step(db: Session, worker: Actor):
    number, _ = a_project(db, worker)
    for step in (("plan", AGREED), ("start", None), ("finish", "A lot."), ("back", ""),
                 ("stop", ""), ("back", ""), ("back", "")):  # fmt: skip
        take(db, worker, number, step)
    row = project(db, worker, number)
    assert (row.state, row.what_changed) == (ProjectState.AGREED, "A lot.")
    with pytest.raises(Refused, match="not started"):
        step_back(db, worker, number)


def test_coverage_counts_what_was_not_stopped(db: Session, worker: Actor, member: Actor):
    service = a_service(db, name="Homes")
    numbers = [a_project(db, worker, service_id=service.id, title=title)[0] for title in "abc"]
    plan_involvement(db, worker, numbers[0], AGREED)
    stop_project(db, worker, numbers[2], reason="No money.")

    [counted] = plans_by_service(db, member)
    assert (counted.service, counted.agreed, counted.projects) == ("Homes", 1, 2)
    shown = projects(db, member, service_id=service.id, state=ProjectState.NO_PLAN)
    assert [row.id for row in shown] == [numbers[1]]


def test_a_manager_keeps_what_is_theirs_and_no_other(db: Session, member: Actor):
    person, other = a_person(db, Role.MANAGER), a_person(db, Role.MANAGER)
    manager, stranger = acting(person, Role.MANAGER), acting(other, Role.MANAGER)
    service = a_service(db, person)
    number, typed = a_project(db, manager, service_id=service.id)
    plan_involvement(db, manager, number, AGREED)

    assert project(db, manager, number).may_change
    assert not project(db, stranger, number).may_change
    for step in (("plan", AGREED), ("start", None), ("stop", ""), ("back", "")):
        with pytest.raises(NotAllowed):
            take(db, stranger, number, step)
        with pytest.raises(NotAllowed):
            take(db, member, number, step)
    with pytest.raises(NotAllowed):
        change_project(db, stranger, number, typed)
    with pytest.raises(Invalid, match="your own services"):
        add_project(db, stranger, replace(typed, owner_id=person.id, title="Another"))
    with pytest.raises(NotAllowed):
        projects(db, somebody(db, Role.YOUNG_PERSON))
    assert service.name in {row.name for row in services(db, manager)}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"), ({"ends_on": TODAY - DAY}, "ends_on"),
        ({"service_id": 99_999}, "service_id"), ({"owner_id": 99_999}, "owner_id"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_said_beside_its_box(
    db: Session, worker: Actor, wrong: dict[str, Any], field: str
):
    number, typed = a_project(db, worker)
    with pytest.raises(Invalid) as refused:
        change_project(db, worker, number, replace(typed, **wrong))
    assert refused.value.field == field
    with pytest.raises(Invalid, match="already"):
        add_project(db, worker, typed)
    with pytest.raises(NotFound):
        start_project(db, worker, 99_999)


def waits(db: Session, who: Actor) -> list[tuple[WorkKind, bool, date | None]]:
    mine = {WorkKind.PROJECT_PLAN, WorkKind.PROJECT_REVIEW, WorkKind.NO_PROJECT_OWNER}
    return [(row.kind, row.late, row.due_on) for row in turns(db, who) if row.kind in mine]


def test_my_work_has_plans_to_agree_and_reviews_owed(db: Session, worker: Actor):
    number, _ = a_project(db, worker, starts_on=TODAY - DAY)
    assert waits(db, worker) == [(WorkKind.PROJECT_PLAN, True, TODAY - DAY)]
    plan_involvement(db, worker, number, AGREED)
    assert waits(db, worker) == []
    start_project(db, worker, number)
    assert waits(db, worker) == [(WorkKind.PROJECT_REVIEW, False, TODAY)]
    finish_project(db, worker, number, what_changed="A lot.")
    assert waits(db, worker) == []


def test_what_somebody_who_left_still_owns_waits_for_another(db: Session, worker: Actor):
    owner = a_person(db, Role.MANAGER)
    number, typed = a_project(db, worker, owner_id=owner.id)
    with unrecorded(db):
        db.get_one(Person, owner.id).disabled_at = worker.at
    assert [row[0] for row in waits(db, worker)] == [WorkKind.NO_PROJECT_OWNER]
    assert project(db, worker, number).owner_named.endswith("(has left)")

    change_project(db, worker, number, replace(typed, about="More."))  # who left may stay so far
    change_project(db, worker, number, replace(typed, owner_id=worker.id))
    assert [row[0] for row in waits(db, worker)] == [WorkKind.PROJECT_PLAN]


@pytest.mark.parametrize("nobody", ["Nobody", "no one", "None yet", "n/a", "-"])
def test_an_agreement_with_nobody_is_none(db: Session, nobody: str):
    worker = somebody(db, Role.YOUTH_VOICE)
    number, _ = a_project(db, worker)

    with pytest.raises(Invalid, match="Say who it was, or leave it empty") as refused:
        plan_involvement(db, worker, number, replace(AGREED, agreed_with=nobody))
    assert refused.value.field == "agreed_with"
