"""What projects and recruitment wait for, and how many were done with people, as words."""

from collections.abc import Sequence

from coprod_data.queries.projects import PlansOfService
from coprod_data.queries.recruitment import KeyPosts
from coprod_data.queries.work_steps import Turn
from coprod_data.vocabulary.work import WorkKind
from pages.parts.times import on

OF_PROJECTS = {  # each with its button and what it opens
    WorkKind.PROJECT_PLAN: ("Write the plan", "/projects?id={}"),
    WorkKind.PROJECT_REVIEW: ("Say what changed", "/projects?id={}"),
    WorkKind.PANEL_OWED: ("Go on", "/recruitment?id={}"),
    WorkKind.LIBRARY_REVIEW: ("Look at it", "/library?id={}"),
}


def of_project(one: Turn) -> str:
    """Return why it waits, of which service it is, and the day it is about."""
    day = on(one.due_on) if one.due_on else ""
    match one.kind:
        case WorkKind.PROJECT_PLAN:
            why = f"Without it the project cannot start · planned start {day}"
        case WorkKind.PROJECT_REVIEW:
            why = f"It was planned to end on {day}"
        case WorkKind.LIBRARY_REVIEW:
            return f"It was to be looked at again by {day}" if one.late else f"By {day}"
        case _:
            why = f"The panel met on {day}"
    return f"{why} · {one.source}"


def plans_said(of: Sequence[PlansOfService]) -> str:
    """Return how many projects of these services have an agreed plan, as a sentence."""
    agreed, whole = sum(one.agreed for one in of), sum(one.projects for one in of)
    if whole == 1:
        return f"1 project. It has {'an' if agreed else 'no'} agreed involvement plan."
    if agreed == whole:
        return f"All {whole} projects have an agreed involvement plan."
    return f"{agreed} of {whole} projects have an agreed involvement plan."


def posts_said(of: Sequence[KeyPosts]) -> str:
    """Return how many key posts of these services were filled with young people and with parents,
    as a sentence.
    """
    posts, young = sum(one.posts for one in of), sum(one.with_young for one in of)
    parents = sum(one.with_parents for one in of)
    if posts == 1:
        words = ("with" if one else "without" for one in (young, parents))
        return "1 key post so far, {} young people and {} parents or carers.".format(*words)
    return (
        f"{posts} key posts so far: {young or 'none'} with young people, "
        f"{parents or 'none'} with parents or carers."
    )
