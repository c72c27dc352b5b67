"""The columns of the sheets about projects, recruitment, venues and pages, and their reads."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.files.exports_filters import Filters, member, number
from coprod_data.permissions import Actor
from coprod_data.queries.projects import ProjectRow, projects
from coprod_data.queries.recruitment import RecruitmentRow, recruitments
from coprod_data.vocabulary.projects import ProjectState

Field = str | Callable[[Any], object]

PROJECT_COLUMNS: Mapping[str, Field] = {
    "Project": "title",
    "Service": "service",
    "Led by": "owner",
    "State": lambda row: row.state.words,
    "Planned start": "starts_on",
    "Planned end": "ends_on",
    "What it is": "about",
    "Involved at the start": "at_start",
    "In the middle": "in_middle",
    "At the end": "at_end",
    "Agreed by": "agreed_by",
    "Agreed with": "agreed_with",
    "Agreed on": "agreed_on",
    "Started on": "started_on",
    "Finished on": "finished_on",
    "What involvement changed": "what_changed",
    "Why it was stopped": "why_stopped",
}
RECRUITMENT_COLUMNS: Mapping[str, Field] = {
    "Post": "post",
    "Service": "service",
    "Led by": "owner",
    "Day of the panel": "meets_on",
    "Key post": "key_post",
    "With young people": "with_young",
    "With parents or carers": "with_parents",
    "On the panel": lambda row: "; ".join(one.as_said for one in row.panel),
    "How they were prepared": "prepared",
    "What they asked": "asked",
    "What changed": "what_changed",
    "How they were thanked": "thanked",
}
VENUE_COLUMNS: Mapping[str, Field] = {
    "Venue": "name",
    "Address": "address",
    "Getting there": "getting_there",
    "Friendly to young people": "friendly",
    "Step-free": "step_free",
    "Quiet room": "quiet_room",
    "In use": lambda row: not row.closed,
    "Sessions": "sessions",
}
PAGE_COLUMNS: Mapping[str, Field] = {
    "Address": lambda row: f"/{row.page}",
    "Useful": "yes",
    "Not useful": "no",
    "Wrote something": "texts",
    "Not read yet": "unread",
}


def projects_chosen(db: Session, actor: Actor, at: Filters) -> Iterable[ProjectRow]:
    """Read the projects of the page that the address describes."""
    state = member(at, "state", ProjectState)
    return projects(db, actor, service_id=number(at, "service"), state=state)


def recruitment_chosen(db: Session, actor: Actor, at: Filters) -> Iterable[RecruitmentRow]:
    """Read the recruitment of the page that the address describes."""
    key = at.get("key") == "yes"
    return recruitments(db, actor, service_id=number(at, "service"), key=key)
