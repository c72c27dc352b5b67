"""The forms of a project: what it is, its involvement plan, and its steps from start to end."""

from typing import Any

import streamlit as st

from coprod_data.commands.projects import (
    InvolvementPlan,
    ProjectTyped,
    add_project,
    change_project,
    finish_project,
    plan_involvement,
    start_project,
    step_back,
    stop_project,
)
from coprod_data.permissions import Invalid, Permission, Role
from coprod_data.queries.people import persons_with_role
from coprod_data.queries.projects import ProjectRow
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import LONGEST
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.projects import ProjectState
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.boxes import DAY, text_line
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, sure
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.who_leads import must_be_chosen, service_and_owner, telling, to_choose

HERE = "/projects"
ADULTS = tuple(role for role in Role if role is not Role.YOUNG_PERSON)
LABELS = {
    "title": "Name of the project",
    "about": "What is it, and whom is it for?",
    "service_id": "Service",
    "owner_id": "Who leads it",
    "starts_on": "Planned start",
    "ends_on": "Planned end",
}
PLAN = {
    "at_start": "How are people involved at the start, before anything is decided?",
    "in_middle": "How are they involved in the middle?",
    "at_end": "How are they involved at the end, when you look back?",
    "agreed_by_id": "Who agreed it for the council",
    "agreed_with": "With whom: a group, or people by their part, never a young person’s name",
    "agreed_on": "On which day",
}
CHANGED = {"what_changed": "What did involvement change? Say also what it did not change, and why"}
BACK = {
    ProjectState.STARTED: "It has not started",
    ProjectState.FINISHED: "It has not finished",
    ProjectState.STOPPED: "It was not stopped",
}


def add_form() -> None:
    """Offer to write down a project."""
    form = carried_form("project", "new", {}, LABELS)
    with st.expander("Add a project", expanded=form.restored):
        form.begin()
        said = _boxes(form)
        if st.button("Add this project", type="primary", key=f"{form.key}-save"):
            done = "Added. Now agree how people will be involved."
            with form.saving(done) as (db, actor):
                number = add_project(db, actor, _typed(said))
                st.query_params.from_dict({"id": str(number)})


def plan_form(row: ProjectRow) -> None:
    """Show the involvement plan to be written, and agreed; open where there is none."""
    if row.state in (ProjectState.FINISHED, ProjectState.STOPPED):
        return
    with refusals(stop=True), reading() as (db, actor):
        people = {one.id: one.name for one in persons_with_role(db, actor, *ADULTS)}
    if row.agreed_by_id is not None:
        people.setdefault(row.agreed_by_id, row.agreed_by)
    values = {name: getattr(row, name) for name in PLAN}
    form = carried_form("project-plan", row.id, values, PLAN, tell=telling(agreed_by_id=people))
    words = "Change the involvement plan" if row.agreed_on else "Write the involvement plan"
    with st.expander(words, expanded=form.restored or row.state is ProjectState.NO_PLAN):
        form.begin()
        start = form.area(PLAN["at_start"], "at_start", place=TextPlace.PROJECT_START)
        middle = form.area(PLAN["in_middle"], "in_middle", place=TextPlace.PROJECT_MIDDLE)
        end = form.area(PLAN["at_end"], "at_end", place=TextPlace.PROJECT_END)
        st.text("Leave the next three empty as long as it is a draft.")
        by = st.selectbox(
            f"{PLAN['agreed_by_id']} (empty: you)", [None, *people], placeholder="You",
            format_func=lambda one: people.get(one, "You"),
            **form.choice("agreed_by_id", [None, *people], row.agreed_by_id),
        )  # fmt: skip
        agreed_with = form.line(
            PLAN["agreed_with"], "agreed_with", place=TextPlace.PROJECT_WITH, longest=160
        )
        day = form.line(
            f"{PLAN['agreed_on']}, for example {A_DAY}", "agreed", place=None,
            first=on(row.agreed_on) if row.agreed_on else "",
        )  # fmt: skip
        if st.button("Save this plan", type="primary", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                agreed_on = typed_day(day, "agreed_on", Meant.GONE)
                if by is not None and not agreed_with and agreed_on is None:
                    raise Invalid("Say with whom it was agreed.", field="agreed_with")
                plan = InvolvementPlan(
                    at_start=start, in_middle=middle, at_end=end, agreed_by_id=by,
                    agreed_with=agreed_with, agreed_on=agreed_on,
                )  # fmt: skip
                plan_involvement(db, actor, row.id, plan, opened=form.opened)


def forms(row: ProjectRow) -> None:
    """Show the steps that a project can take now, and what can be put right."""
    if row.state is ProjectState.AGREED:
        _start(row)
    if row.state in (ProjectState.STARTED, ProjectState.FINISHED):
        _finish(row)
    if row.state is not ProjectState.STOPPED:
        _change(row)
    if row.state not in (ProjectState.STOPPED, ProjectState.FINISHED):
        _stop(row)
    if row.state in BACK and sure(
        BACK[row.state], f"back-{row.id}-{row.state}", yes="Yes, take it back",
        question="For what was pressed by mistake. What was written stays.",
    ):  # fmt: skip
        with saving("Taken back.") as (db, actor):
            step_back(db, actor, row.id)


def _start(row: ProjectRow) -> None:
    key = fresh(f"start-{row.id}")
    with reading() as (_, actor):
        today = on(london_day(actor.at))
    with st.container(border=True, key="project-start"):
        show("sub_heading.html", title="Has it started?", level=2)
        day = text_line(
            f"On which day, for example {A_DAY}", longest=DAY, value=today, key=f"{key}-day"
        )
        if st.button("It has started", type="primary", key=f"{key}-save"):
            with saving("It has started.", key) as (db, actor):
                started_on = typed_day(day, "started_on", Meant.GONE)
                start_project(db, actor, row.id, started_on=started_on)


def _finish(row: ProjectRow) -> None:
    finished = row.state is ProjectState.FINISHED
    form = carried_form("project-end", row.id, {"what_changed": row.what_changed}, CHANGED)
    words = "Correct what involvement changed" if finished else "Finish it: say what changed"
    with st.expander(words, expanded=form.restored or row.late):
        form.begin()
        said = form.area(CHANGED["what_changed"], "what_changed", place=TextPlace.PROJECT_MADE)
        label = f"Day on which it finished, for example {A_DAY} (empty: today)"
        first = on(row.finished_on) if row.finished_on else ""
        day = form.line(label, "finished", place=None, first=first)
        if st.button("Save this" if finished else "It has finished", key=f"{form.key}-save"):
            with form.saving("Saved." if finished else "It has finished.") as (db, actor):
                finish_project(
                    db, actor, row.id, what_changed=said, opened=form.opened,
                    finished_on=typed_day(day, "finished_on", Meant.GONE),
                )  # fmt: skip


def _change(row: ProjectRow) -> None:
    known, people, _ = to_choose(Permission.PROJECTS_WRITE, row)
    values = {name: getattr(row, name) for name in LABELS}
    tell = telling(owner_id=people, service_id=known)
    form = carried_form("project", row.id, values, LABELS, tell=tell)
    with st.expander("Change this project", expanded=form.restored):
        form.begin()
        said = _boxes(form, row)
        if st.button("Save this project", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_project(db, actor, row.id, _typed(said), opened=form.opened)


def _stop(row: ProjectRow) -> None:
    form = carried_form("project-stop", row.id)
    with st.expander("It does not go on", expanded=form.restored):
        form.begin()
        reason = form.line("Why?", "reason", place=TextPlace.PROJECT_STOPPED, longest=LONGEST)
        if st.button("Stop this project", key=f"{form.key}-save"):
            with form.saving("Stopped. It counts no more.") as (db, actor):
                stop_project(db, actor, row.id, reason=reason)


def _boxes(form: Form, row: ProjectRow | None = None) -> dict[str, Any]:
    return {
        "title": form.line(LABELS["title"], "title", place=TextPlace.PROJECT_TITLE, longest=160),
        "about": form.area(LABELS["about"], "about", place=TextPlace.PROJECT_ABOUT),
        **service_and_owner(form, Permission.PROJECTS_WRITE, LABELS, row),
        "starts_on": form.line(
            f"{LABELS['starts_on']}, for example {A_DAY}", "starts", place=None,
            first=on(row.starts_on) if row else "",
        ),
        "ends_on": form.line(
            f"{LABELS['ends_on']}, for example {A_DAY}", "ends", place=None,
            first=on(row.ends_on) if row else "",
        ),
    }  # fmt: skip


def _typed(said: dict[str, Any]) -> ProjectTyped:
    must_be_chosen(said)
    days = {name: typed_day(said[name], name, Meant.NEAREST) for name in ("starts_on", "ends_on")}
    for name, day in days.items():
        if day is None:
            raise Invalid(f"Give the {LABELS[name].lower()}, like {A_DAY}.", field=name)
    return ProjectTyped(**{**said, **days})
