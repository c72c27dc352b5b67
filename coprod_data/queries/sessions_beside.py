"""What belongs to one session: who came, what was found, the run sheet, what is to be done."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    CoproductionSession,
    Opportunity,
    Person,
    Service,
    SessionCame,
    SessionFound,
    SessionStep,
    SessionTask,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.scopes.opportunities import shown_state
from coprod_data.scopes.sessions import may_change, plans_sessions
from coprod_data.vocabulary.opportunities import OpportunityProgress, OpportunityState
from coprod_data.vocabulary.sessions import AttendeeKind


@dataclass(frozen=True)
class CameRow:
    """How many of a part came; `number` is None for 1 to 4 young people and a reader who is not of
    the team: such a number could tell who they are.
    """

    kind: AttendeeKind
    service_id: int | None
    service: str
    number: int | None

    @property
    def part(self) -> str:
        """The part in words, a service by its name."""
        return self.service or self.kind.words

    @property
    def words(self) -> str:
        """The number in words."""
        return f"fewer than {SMALLEST}" if self.number is None else str(self.number)


@dataclass(frozen=True)
class FoundRow:
    """An opportunity that was found at a session."""

    id: int
    title: str
    state: OpportunityProgress


@dataclass(frozen=True)
class StepRow:
    """A step of the run sheet; `begins` is a time of day, "16:30"."""

    id: int
    begins: str
    title: str
    detail: str
    done_at: datetime | None


@dataclass(frozen=True)
class TaskRow:
    """Something to do before a session; `asked_at` is the title of the one that asked for it."""

    id: int
    text: str
    person: str
    mine: bool
    due_on: date | None
    late: bool
    done: bool
    asked_at: str


def who_came(db: Session, actor: Actor, session_id: int) -> list[CameRow]:
    """Return how many came by part, young people first; a small number of young people only to
    those who may change the session.
    """
    actor.must(Permission.SESSIONS_READ)
    session = db.get(CoproductionSession, session_id)
    exact = session is not None and may_change(actor, session)
    rows = db.execute(
        sa.select(SessionCame, Service.name)
        .outerjoin(Service, Service.id == SessionCame.service_id)
        .where(SessionCame.session_id == session_id)
    )
    order = list(AttendeeKind)

    def shown(row: SessionCame) -> int | None:
        small = row.kind is AttendeeKind.YOUNG_PEOPLE and row.number < SMALLEST
        return None if small and not exact else row.number

    came = [CameRow(row.kind, row.service_id, name or "", shown(row)) for row, name in rows]
    return sorted(came, key=lambda one: (order.index(one.kind), one.service))


def found_at(db: Session, actor: Actor, session_id: int) -> list[FoundRow]:
    """Return the opportunities that were found at a session."""
    actor.must(Permission.SESSIONS_READ)
    rows = db.execute(
        sa.select(Opportunity.id, Opportunity.title, shown_state().label("state"))
        .join(SessionFound, SessionFound.opportunity_id == Opportunity.id)
        .where(SessionFound.session_id == session_id)
        .order_by(SessionFound.id)
    )
    return [FoundRow(row.id, row.title, OpportunityProgress(row.state)) for row in rows]


def run_sheet(db: Session, actor: Actor, session_id: int) -> list[StepRow]:
    """Return the steps of a session in their order."""
    actor.must(Permission.SESSIONS_READ)
    rows = db.scalars(
        sa.select(SessionStep)
        .filter_by(session_id=session_id)
        .order_by(SessionStep.begins, SessionStep.id)
    )
    return [StepRow(row.id, row.begins, row.title, row.detail, row.done_at) for row in rows]


def tasks_before(db: Session, actor: Actor, session_id: int) -> list[TaskRow]:
    """Return what is to be done before a session, what is not done first."""
    actor.must(Permission.SESSIONS_READ)
    asked = aliased(CoproductionSession)
    rows = db.execute(
        sa.select(SessionTask, Person.name, asked.title)
        .outerjoin(Person, Person.id == SessionTask.person_id)
        .outerjoin(asked, asked.id == SessionTask.asked_at_id)
        .where(SessionTask.session_id == session_id)
        .order_by(SessionTask.done_at.is_not(None), SessionTask.due_on, SessionTask.id)
    )
    today = london_day(actor.at)
    return [
        TaskRow(
            id=task.id,
            text=task.text,
            person=name or "",
            mine=task.person_id == actor.person_id,
            due_on=task.due_on,
            late=task.done_at is None and task.due_on is not None and task.due_on < today,
            done=task.done_at is not None,
            asked_at=title or "",
        )
        for task, name, title in rows
    ]


def who_may_lead(db: Session, actor: Actor) -> dict[int, str]:
    """Return who may lead a session or do something before one, id and name, to choose."""
    actor.must(Permission.SESSIONS_OWN)
    rows = db.execute(
        sa.select(Person.id, Person.name).where(plans_sessions()).order_by(Person.name)
    )
    return {row.id: row.name for row in rows}


def work_to_meet_for(db: Session, actor: Actor) -> dict[int, str]:
    """Return the opportunities that have not ended, id and title, the newest first, to choose."""
    actor.must(Permission.SESSIONS_OWN)
    ended = (OpportunityState.CLOSED, OpportunityState.DECLINED)
    rows = db.execute(
        sa.select(Opportunity.id, Opportunity.title)
        .where(Opportunity.state.not_in(ended))
        .order_by(Opportunity.id.desc())
    )
    return {row.id: row.title for row in rows}
