"""Projects of services: how people are involved in each, and whether it may start."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.events_of import history_of_project
from coprod_data.queries.people import services
from coprod_data.queries.projects import ProjectRow, plans_by_service, project, projects
from coprod_data.vocabulary.projects import ProjectState
from pages.parts.address import choose, number_in_address, row_in_address, say_if_lost
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import on
from pages.shared.happened import show_happened
from pages.shared.work_projects import plans_said
from pages.together.projects_forms import HERE, add_form, forms, plan_form

LATE = {
    ProjectState.NO_PLAN: "Its start has passed, no agreed plan",
    ProjectState.AGREED: "Its start has passed",
    ProjectState.STARTED: "Its end has passed",
}
NOT_YET = "This project cannot start yet"
WHY_NOT = (
    "Say how people will be involved at its start, in its middle and at its end, and agree that "
    "with them. Then it can start."
)


def line(row: ProjectRow) -> dict[str, object]:
    """Return a project as a row of `list.html`."""
    return {
        "title": row.title,
        "detail": f"{row.service} · {row.owner_named} · {_when(row)}",
        "state": Look(LATE[row.state], "alert", "clock") if row.late else row.state,
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def every() -> None:
    """Show the projects that the address chooses, by how far they are, and the plans by service."""
    service_id = number_in_address("service")
    named = st.query_params.get("state")
    state = next((one for one in ProjectState if one == named), None)
    with refusals(stop=True), reading() as (db, actor):
        rows = projects(db, actor, service_id=service_id, state=state)
        by_service = plans_by_service(db, actor)
        names = {one.service_id: one.service for one in by_service}
        owns = actor.may(Permission.PROJECTS_OWN) or actor.may(Permission.PROJECTS_WRITE)
        names |= {one.id: one.name for one in services(db, actor) if one.id == service_id}
    chosen = [one for one in by_service if service_id in (None, one.service_id)]
    whole = sum(one.projects for one in chosen)
    if whole and state is None:
        show("lede.html", words=plans_said(chosen))
    if names:
        choose("service", names, service_id, label="Service", every="Every service")
    if state is not None or service_id is not None:
        show("link.html", words="All projects", href=HERE)
    if not rows:
        show(
            "empty.html", title="No projects here" if names else "No projects yet", icon="together",
            words="A service writes down each project here before it starts, with how people will "
            "be involved in it.",
        )  # fmt: skip
    for one in (state,) if state else ProjectState:
        of_state = [line(row) for row in rows if row.state is one]
        if of_state:
            show("section.html", title=one.words, count=len(of_state))
            show("list.html", rows=of_state, empty="")
    if rows:
        download("projects", "this list", service=service_id, state=state)
    if by_service and state is None and service_id is None:
        show("section.html", title="Involvement plans by service", count=0)
        show("list.html", rows=[
            {
                "title": one.service, "href": f"{HERE}?service={one.service_id}", "state": None,
                "word": None, "detail": plans_said([one]),
            }
            for one in by_service
        ], empty="")  # fmt: skip
    if owns:
        add_form()


def one(row: ProjectRow) -> None:
    """Show a project, its plan and what that changed, and its forms to those who keep it."""
    with refusals(stop=True), reading() as (db, actor):
        happened = history_of_project(db, actor, row.id)
    facts = f"{row.owner_named} · {_when(row)}"
    here = {**line(row), "title": row.service, "detail": facts, "href": None}
    show("list.html", rows=[here], empty="")
    if row.state is ProjectState.NO_PLAN:
        show("notice.html", tone="soon", icon="lock", title=NOT_YET, words=WHY_NOT, urgent=False)
    agreed = row.agreed_on and f"{row.agreed_by}, with {row.agreed_with}, on {on(row.agreed_on)}"
    plan = {
        "At the start": row.at_start,
        "In the middle": row.in_middle,
        "At the end": row.at_end,
        "Who agreed it": agreed or ("Nobody yet" if row.at_start else ""),
        "What involvement changed": row.what_changed,
    }
    _facts("How people are involved", plan)
    _facts("About this project", {"What it is": row.about, "Why it was stopped": row.why_stopped})
    if row.may_change:
        plan_form(row)
        forms(row)
    show_happened(happened, here=f"{HERE}?id={row.id}")


def _facts(title: str, facts: dict[str, str]) -> None:
    said = [{"label": label, "words": words, "whole": True} for label, words in facts.items()]
    if said := [one for one in said if one["words"]]:
        show("facts.html", title=title, facts=said)


def _when(row: ProjectRow) -> str:
    match row.state:
        case ProjectState.STOPPED if row.stopped_on:
            return f"stopped on {on(row.stopped_on)}"
        case ProjectState.FINISHED if row.finished_on:
            return f"finished on {on(row.finished_on)}"
        case ProjectState.STARTED if row.started_on:
            return f"started on {on(row.started_on)}, to {on(row.ends_on)}"
        case _:
            return f"{on(row.starts_on)} to {on(row.ends_on)}"


chosen = row_in_address(project)
open_page(
    chosen.title if chosen else "Projects, and how people are involved in them",
    Permission.PROJECTS_READ,
    back=("All projects", HERE) if chosen else None,
)
if chosen:
    one(chosen)
else:
    say_if_lost("project")
    every()
