"""What has lost its owner, in words for My work and the Overview."""

from collections.abc import Iterable
from datetime import datetime

from coprod_data.queries.work_owners_steps import LEFT
from coprod_data.queries.work_steps import Turn
from coprod_data.vocabulary.work import WorkKind
from pages.shared.work_actions import due

OWNERLESS = {  # each with its button and the form that it opens
    WorkKind.NO_OWNER: ("Find an owner", "/actions?action={}"),
    WorkKind.NO_MEMBER: ("Ask somebody", "/opportunities?id={}"),
    WorkKind.EMPTY_SEAT: ("Fill the seat", "/groups?id={}"),
    WorkKind.NO_RETURNER: ("Name somebody", "/set_up"),
    WorkKind.NO_POLICY_OWNER: ("Find somebody", "/policies?id={}"),
    WorkKind.NO_PROJECT_OWNER: ("Find somebody", "/projects?id={}"),
    WorkKind.NO_PANEL_LEAD: ("Find somebody", "/recruitment?id={}"),
    WorkKind.NO_LIBRARY_KEEPER: ("Find somebody", "/library?id={}"),
    WorkKind.NO_SERVICE: ("Name somebody", "/people?id={}"),
}


def of_ownerless(one: Turn, now: datetime) -> str:
    """Return whose it was, where it belongs, and when it is due."""
    match one.kind:
        case WorkKind.NO_OWNER if not one.who:
            parts = ["A policy asks for it. Nobody owns it yet", one.reference]
        case WorkKind.NO_OWNER:
            end = "has left" if one.note == LEFT else "no longer keeps actions"
            parts = [f"{one.who} owned it and {end}", one.reference, one.source]
        case WorkKind.NO_MEMBER:
            end = "has left" if one.note == LEFT else "is not on the staff side any more"
            parts = [f"{one.who} said yes and {end}"]
        case WorkKind.EMPTY_SEAT:
            parts = [f"{one.who} sat in this group and has left"]
        case WorkKind.NO_POLICY_OWNER:
            parts = [f"{one.who} led it and has left"]
        case WorkKind.NO_PROJECT_OWNER | WorkKind.NO_PANEL_LEAD:
            parts = [f"{one.who} led it and has left", one.source]
        case WorkKind.NO_LIBRARY_KEEPER:
            parts = [f"{one.who} kept it and does so no more"]
        case WorkKind.NO_SERVICE:
            parts = [f"{one.who} was responsible for it and has left"]
        case _:
            parts = ["Nobody is responsible for this service, so nobody can fill in its return"]
    return " · ".join([*parts, *_due(one, now)])


def _due(one: Turn, now: datetime) -> Iterable[str]:
    if one.due_on is not None:
        yield due(one.due_on, one.due_kind, now)
