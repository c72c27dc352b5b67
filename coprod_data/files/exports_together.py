"""The columns of sheets about projects, policies, the library, venues, pages, and their reads."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.files.exports_filters import Filters, member, number
from coprod_data.permissions import Actor
from coprod_data.queries.library import LibraryRow, library_items
from coprod_data.queries.policies_asked import ActivityRow, activities
from coprod_data.queries.projects import ProjectRow, projects
from coprod_data.queries.recruitment import RecruitmentRow, recruitments
from coprod_data.vocabulary.library import LibraryKind, LibraryState
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
POLICY_COLUMNS: Mapping[str, Field] = {
    "Policy": "title",
    "Led by": "owner",
    "How it stands": lambda row: row.standing.words,
    "Next step": lambda row: row.step.words if row.step else "",
    "Who has it": "holder",
    "By": "next_by",
    "What it is for": "purpose",
    "For whom": "audiences",
    "Partners": "partners",
    "Written together with": "co_producers",
    "Valid from": "valid_from",
    "Valid to": "valid_to",
    "Review on": "review_on",
    "What changed because of it": "what_changed",
}
POLICY_ACTIVITY_COLUMNS: Mapping[str, Field] = {
    "Policy": "policy",
    "What it was for": lambda row: row.kind.words,
    "Way": lambda row: row.channel.words,
    "Activity": "title",
    "Day": "held_on",
    "Who was asked": "audience",
    "Question": "question",
    "What was heard": "heard",
    "Reached": "reached",
    "Replies (empty: not counted, or fewer than 5)": "replies",
    "Replies of each 100": "rate",
    "Did it work": lambda row: row.worked.words,
    "Published in": "source",
}
LIBRARY_COLUMNS: Mapping[str, Field] = {
    "Title": "title",
    "Kind": lambda row: row.plan.kind.words,
    "State": lambda row: row.state.words,
    "What it is for": lambda row: row.plan.about,
    "For whom": lambda row: "; ".join(one.words for one in row.plan.audiences),
    "Made with": lambda row: row.plan.made_with,
    "How complete": lambda row: row.plan.complete.words,
    "Formats": lambda row: "; ".join(
        f"{one.format.words}: {one.link or one.ending.upper()}" for one in row.formats
    ),
    "Kept by": "keeper",
    "To be looked at again": lambda row: row.plan.review_on,
    "Overdue": "overdue",
    "Why it was withdrawn": "why_withdrawn",
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


def policy_activities(db: Session, actor: Actor, at: Filters) -> Iterable[ActivityRow]:
    """Read how people were asked about the policy that the address names, or about all."""
    return activities(db, actor, number(at, "policy"))


def projects_chosen(db: Session, actor: Actor, at: Filters) -> Iterable[ProjectRow]:
    """Read the projects of the page that the address describes."""
    state = member(at, "state", ProjectState)
    return projects(db, actor, service_id=number(at, "service"), state=state)


def recruitment_chosen(db: Session, actor: Actor, at: Filters) -> Iterable[RecruitmentRow]:
    """Read the recruitment of the page that the address describes."""
    key = at.get("key") == "yes"
    return recruitments(db, actor, service_id=number(at, "service"), key=key)


def library_chosen(db: Session, actor: Actor, at: Filters) -> Iterable[LibraryRow]:
    """Read what is in the library on the page that the address describes."""
    kind, state = member(at, "kind", LibraryKind), member(at, "state", LibraryState)
    return library_items(db, actor, kind=kind, state=state)
