"""Projects as shown: how far each is, its involvement plan, and how many of a service have one."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Person, Project, Service
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.owned_rows import may_be_changed_by
from coprod_data.vocabulary.projects import ProjectState

AS_KEPT = (
    "id", "title", "about", "service_id", "owner_id", "starts_on", "ends_on", "at_start",
    "in_middle", "at_end", "agreed_by_id", "agreed_with", "agreed_on", "started_on", "finished_on",
    "what_changed", "stopped_on", "why_stopped",
)  # fmt: skip


@dataclass(frozen=True)
class ProjectRow:
    """A project with its plan; `may_change` says that its reader may.

    `late`: it was to start and has not, or was to end and nobody has said what involvement changed.
    """

    id: int
    title: str
    about: str
    service_id: int
    service: str
    owner_id: int
    owner: str
    owner_gone: bool
    starts_on: date
    ends_on: date
    at_start: str
    in_middle: str
    at_end: str
    agreed_by_id: int | None
    agreed_by: str
    agreed_with: str
    agreed_on: date | None
    started_on: date | None
    finished_on: date | None
    what_changed: str
    stopped_on: date | None
    why_stopped: str
    may_change: bool
    late: bool

    @property
    def owner_named(self) -> str:
        """The name of who leads it, and that they have left if they have."""
        return f"{self.owner} (has left)" if self.owner_gone else self.owner

    @property
    def state(self) -> ProjectState:
        """How far it is."""
        if self.stopped_on is not None:
            return ProjectState.STOPPED
        if self.finished_on is not None:
            return ProjectState.FINISHED
        if self.started_on is not None:
            return ProjectState.STARTED
        return ProjectState.AGREED if self.agreed_on is not None else ProjectState.NO_PLAN


@dataclass(frozen=True)
class PlansOfService:
    """How many projects of a service have an agreed plan, of all that were not stopped."""

    service_id: int
    service: str
    agreed: int
    projects: int


def projects(
    db: Session, actor: Actor, *, service_id: int | None = None, state: ProjectState | None = None
) -> list[ProjectRow]:
    """Return projects by their planned start, those that ended last; of one service or in one
    state, if one is named.
    """
    actor.must(Permission.PROJECTS_READ)
    which = sa.true() if service_id is None else Project.service_id == service_id
    return [row for row in _rows(db, actor, which) if state is None or row.state is state]


def project(db: Session, actor: Actor, project_id: int) -> ProjectRow:
    """Return one project. Raises NotFound."""
    actor.must(Permission.PROJECTS_READ)
    rows = _rows(db, actor, Project.id == project_id)
    if not rows:
        raise NotFound("We could not find that project.")
    return rows[0]


def plans_by_service(db: Session, actor: Actor) -> list[PlansOfService]:
    """Return how many projects of each service have an agreed plan, by service."""
    actor.must(Permission.PROJECTS_READ)
    rows = db.execute(
        sa.select(Service.id, Service.name, sa.func.count(Project.agreed_on), sa.func.count())
        .join(Project, Project.service_id == Service.id)
        .where(Project.stopped_on.is_(None))
        .group_by(Service.id, Service.name)
        .order_by(Service.name)
    )
    return [PlansOfService(*row) for row in rows]


def _rows(db: Session, actor: Actor, which: sa.ColumnElement[bool]) -> list[ProjectRow]:
    agreer, today = aliased(Person), london_day(actor.at)
    ended = sa.or_(Project.stopped_on.is_not(None), Project.finished_on.is_not(None))
    mine = may_be_changed_by(actor, Project)
    found = db.execute(
        sa.select(Project, Service.name, Person.name, Person.disabled_at, agreer.name, mine)
        .join(Service, Service.id == Project.service_id)
        .join(Person, Person.id == Project.owner_id)
        .outerjoin(agreer, agreer.id == Project.agreed_by_id)
        .where(which)
        .order_by(ended, Project.starts_on, Project.id)
    )
    return [
        ProjectRow(
            **{name: getattr(one, name) for name in AS_KEPT},
            service=service,
            owner=owner,
            owner_gone=gone is not None,
            agreed_by=agreed_by or "",
            may_change=bool(may),
            late=_late(one, today),
        )
        for one, service, owner, gone, agreed_by, may in found
    ]


def _late(row: Project, today: date) -> bool:
    if row.stopped_on is not None or row.finished_on is not None:
        return False
    return (row.ends_on if row.started_on is not None else row.starts_on) < today
