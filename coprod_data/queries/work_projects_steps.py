"""Waits about projects: a plan to agree before the start, and a review owed at the end."""

from typing import Any

from coprod_data.models import Project, Service
from coprod_data.queries.work_steps import ME, NEVER, TODAY, Statement, wait
from coprod_data.vocabulary.work import WorkKind


def plans_to_agree() -> Statement:
    """Select projects of this person that cannot start: their involvement plan is not agreed."""
    return _mine(WorkKind.PROJECT_PLAN, Project.starts_on).where(Project.agreed_on.is_(None))


def reviews_to_write() -> Statement:
    """Select projects of this person whose end has come, and nobody has said what involvement
    changed.
    """
    return _mine(WorkKind.PROJECT_REVIEW, Project.ends_on).where(
        Project.started_on.is_not(None), Project.ends_on <= TODAY
    )


def _mine(kind: WorkKind, due_on: Any) -> Statement:
    late = due_on < TODAY
    return (
        wait(kind, Project.id, Project.title, NEVER, late=late, due_on=due_on, source=Service.name)
        .select_from(Project)
        .join(Service, Service.id == Project.service_id)
        .where(
            Project.owner_id == ME, Project.stopped_on.is_(None), Project.finished_on.is_(None)
        )
    )  # fmt: skip
