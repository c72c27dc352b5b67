"""Projects of services, and their gate: how people will be involved is agreed before one starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import (
    kept,
    locked,
    must_be_an_adult,
    must_be_as_opened,
    must_be_led,
    must_be_new,
    must_keep,
)
from coprod_data.models import Project
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_names, optional_text, required_line, required_text
from coprod_data.vocabulary.events import EventKind

STAGES = ("at_start", "in_middle", "at_end")
STOPPED = "This project was stopped. Take that back first."
NOT_AGREED = "Agree first how people will be involved. Without that, a project cannot start."


@dataclass(frozen=True, kw_only=True)
class ProjectTyped:
    """What a form says of a project."""

    title: str
    service_id: int
    owner_id: int
    starts_on: date
    ends_on: date
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class InvolvementPlan:
    """How people will be involved, and who agreed that with whom on which day: all three, or it is
    a draft.
    """

    at_start: str = ""
    in_middle: str = ""
    at_end: str = ""
    agreed_by_id: int | None = None
    agreed_with: str = ""
    agreed_on: date | None = None


def add_project(db: Session, actor: Actor, typed: ProjectTyped) -> int:
    """Add a project of a service, not started. Returns its id. Raises Invalid."""
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    values = _checked(db, actor, typed)
    must_be_new(db, Project, "project", title=values["title"], service_id=typed.service_id)
    return kept(db, actor, EventKind.PROJECT_ADDED, Project(**values))


def change_project(
    db: Session,
    actor: Actor,
    project_id: int,
    typed: ProjectTyped,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change what is said of a project, its owner among it; `opened` is what the form showed.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = _to_change(db, actor, project_id)
    values = _checked(db, actor, typed, row)
    must_be_as_opened({field: getattr(row, field) for field in values}, opened, values)
    by = {"title": values["title"], "service_id": typed.service_id}
    must_be_new(db, Project, "project", beside=row, **by)
    for field, value in values.items():
        setattr(row, field, value)
    record_if_changed(db, actor, EventKind.PROJECT_CHANGED, row)


def hand_over_project(
    db: Session, actor: Actor, project_id: int, *, from_id: int, to_id: int
) -> None:
    """Give a project that somebody owned to another owner.

    Raises NotFound, NotAllowed, Refused, Invalid, and ChangedMeanwhile where it is not theirs.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = _to_change(db, actor, project_id)
    if row.finished_on is not None:
        raise Refused("This project has finished, so it stays with its owner.")
    must_be_as_opened({"owner_id": row.owner_id}, {"owner_id": from_id}, {"owner_id": to_id})
    must_be_led(db, actor, Project, service_id=row.service_id, owner_id=to_id, before=row)
    row.owner_id = to_id
    record_if_changed(db, actor, EventKind.PROJECT_CHANGED, row)


def plan_involvement(
    db: Session,
    actor: Actor,
    project_id: int,
    plan: InvolvementPlan,
    *,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Write how people will be involved, as a draft or as agreed.

    Another plan needs another agreement; without one it is a draft again, and once the project has
    started it must have one. `opened` is what the form showed. Raises NotFound, NotAllowed,
    Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = _to_change(db, actor, project_id)
    if row.finished_on is not None:
        raise Refused("This project has finished. Its plan stays as it was.")
    agreed_with = optional_names(plan.agreed_with, "agreed_with")
    agreed = bool(agreed_with or plan.agreed_on)
    values: dict[str, Any] = {
        **{name: optional_text(getattr(plan, name), name) for name in STAGES},
        "agreed_by_id": (plan.agreed_by_id or actor.id) if agreed else None,
        "agreed_with": agreed_with,
        "agreed_on": plan.agreed_on,
    }
    must_be_as_opened({field: getattr(row, field) for field in values}, opened, values)
    if agreed:
        _must_be_whole(db, actor, row, values)
        _must_be_agreed_anew(row, values)
    elif row.started_on is not None:
        raise Invalid(
            "This project has started. Say with whom the new plan was agreed, and when.",
            field="agreed_with",
        )
    for field, value in values.items():
        setattr(row, field, value)
    kind = EventKind.PROJECT_AGREED if agreed else EventKind.PROJECT_PLANNED
    record_if_changed(db, actor, kind, row)


def start_project(
    db: Session, actor: Actor, project_id: int, *, started_on: date | None = None
) -> None:
    """Mark a project as started, on a day that is not before its plan was agreed.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = _to_change(db, actor, project_id)
    if row.started_on is not None:
        raise Refused("This project has started already. Reload the page.")
    if row.agreed_on is None:
        raise Refused(NOT_AGREED)
    day = started_on or london_day(actor.at)
    _must_have_been(actor, day, "started_on")
    if day < row.agreed_on:
        raise Invalid("It cannot have started before its plan was agreed.", field="started_on")
    row.started_on = day
    record(db, actor, EventKind.PROJECT_STARTED, row)


def finish_project(
    db: Session,
    actor: Actor,
    project_id: int,
    *,
    what_changed: str,
    finished_on: date | None = None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Mark a project as finished, with what involvement changed. Of one that is finished, correct
    what it changed. `opened` holds the `what_changed` that the form showed.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = _to_change(db, actor, project_id)
    if row.started_on is None:
        raise Refused("This project has not started yet. Reload the page.")
    said = required_text(what_changed, "what_changed", "Say first what involvement changed.")
    must_be_as_opened({"what_changed": row.what_changed}, opened, {"what_changed": said})
    day = finished_on or row.finished_on or london_day(actor.at)
    _must_have_been(actor, day, "finished_on")
    if day < row.started_on:
        raise Invalid("It cannot have finished before it started.", field="finished_on")
    row.what_changed, row.finished_on = said, day
    record_if_changed(db, actor, EventKind.PROJECT_FINISHED, row)


def stop_project(db: Session, actor: Actor, project_id: int, *, reason: str) -> None:
    """Record that a project does not go on, with the reason; it counts no more.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = _to_change(db, actor, project_id)
    if row.finished_on is not None:
        raise Refused("This project has finished already. Reload the page.")
    row.why_stopped = required_text(reason, "reason", "Say why it does not go on.")
    row.stopped_on = london_day(actor.at)
    record(db, actor, EventKind.PROJECT_STOPPED, row)


def step_back(db: Session, actor: Actor, project_id: int) -> None:
    """Take back the last step of a project that was pressed by mistake: that it was stopped, has
    finished, or has started. What was written stays.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.PROJECTS_WRITE, Permission.PROJECTS_OWN)
    row = locked(db, Project, project_id, "project")
    must_keep(db, actor, Project, row.id)
    for step in ("stopped_on", "finished_on", "started_on"):
        if getattr(row, step) is not None:
            setattr(row, step, None)
            record(db, actor, EventKind.PROJECT_BACK, row)
            return
    raise Refused("This project has not started yet. Reload the page.")


def _to_change(db: Session, actor: Actor, project_id: int) -> Project:
    row = locked(db, Project, project_id, "project")
    must_keep(db, actor, Project, row.id)
    if row.stopped_on is not None:
        raise Refused(STOPPED)
    return row


def _must_be_whole(db: Session, actor: Actor, row: Project, values: Mapping[str, Any]) -> None:
    for name, when in zip(STAGES, ("the start", "the middle", "the end"), strict=True):
        if not values[name]:
            raise Invalid(f"Say how people will be involved at {when}.", field=name)
    if not values["agreed_with"]:
        raise Invalid("Say with whom it was agreed.", field="agreed_with")
    if values["agreed_on"] is None:
        raise Invalid("Give the day on which it was agreed.", field="agreed_on")
    _must_have_been(actor, values["agreed_on"], "agreed_on")
    if values["agreed_by_id"] != row.agreed_by_id:
        must_be_an_adult(db, values["agreed_by_id"], "Choose who agreed it for the council.")


def _must_be_agreed_anew(row: Project, values: Mapping[str, Any]) -> None:
    """Check that words which were agreed are not changed under that agreement. Raises Invalid."""
    if row.agreed_on is None or all(values[name] == getattr(row, name) for name in STAGES):
        return
    if (values["agreed_with"], values["agreed_on"]) == (row.agreed_with, row.agreed_on):
        clear = "" if row.started_on else ", or empty both: then it is a draft"
        raise Invalid(
            f"The plan says something else now. Say with whom that was agreed, and when{clear}.",
            field="agreed_with",
        )


def _must_have_been(actor: Actor, day: date, field: str) -> None:
    if day > london_day(actor.at):
        raise Invalid("Give a day that is not after today.", field=field)


def _checked(
    db: Session, actor: Actor, typed: ProjectTyped, before: Project | None = None
) -> dict[str, Any]:
    must_be_led(
        db, actor, Project, service_id=typed.service_id, owner_id=typed.owner_id, before=before
    )
    if typed.ends_on < typed.starts_on:
        raise Invalid("A project cannot end before it starts.", field="ends_on")
    return {
        **vars(typed),
        "title": required_line(typed.title, "title", "Give the project a name."),
        "about": optional_text(typed.about, "about"),
    }
