"""What is made ready for a session: its run sheet, and what is to be done before it."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, known, locked, must_be_as_opened
from coprod_data.commands.sessions_rules import must_plan_sessions, session_of
from coprod_data.models import CoproductionSession, SessionStep, SessionTask
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.run_sheets import Step
from coprod_data.rules.session_templates import agendas
from coprod_data.rules.texts import required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import AFTER, AHEAD

MOST_STEPS = 40


def set_run_sheet(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    steps: Sequence[Step],
    opened: Sequence[Step] | None = None,
) -> None:
    """Write the run sheet of a session, in the order of its times; a ticked step stays ticked.

    Raises NotFound, NotAllowed, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    if len(steps) > MOST_STEPS:
        raise Invalid(f"A run sheet has at most {MOST_STEPS} steps.", field="steps")
    said = sorted((step.checked() for step in steps), key=lambda step: step.begins)
    rows = db.scalars(
        sa.select(SessionStep).filter_by(session_id=session.id).order_by(SessionStep.id)
    ).all()
    now = tuple(sorted((_step_of(row) for row in rows), key=lambda step: step.begins))
    shown = None if opened is None else {"steps": tuple(opened)}
    must_be_as_opened({"steps": now}, shown, {"steps": tuple(said)})
    done = {_step_of(row): row.done_at for row in rows}
    for row in rows:
        db.delete(row)
    for step in said:
        db.add(SessionStep(
            session_id=session.id, begins=step.begins, title=step.title, detail=step.detail,
            done_at=done.get(step),
        ))  # fmt: skip
    record_if_changed(db, actor, EventKind.RUN_SHEET_CHANGED, session)


def begin_run_sheet(db: Session, actor: Actor, session_id: int, *, agenda: str) -> None:
    """Begin a run sheet with an agenda, its times those of the session.

    Raises NotFound, NotAllowed, and Refused where there is a run sheet already.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD, *AFTER)
    template = agendas().get(agenda)
    if template is None:
        raise NotFound("We could not find that agenda. Choose another.", field="agenda")
    if known(db, SessionStep, session_id=session.id) is not None:
        raise Refused("There is a run sheet already. Change it below.")
    for step in template.between(session.starts_at, session.ends_at):
        db.add(
            SessionStep(
                session_id=session.id, begins=step.begins, title=step.title, detail=step.detail
            )
        )
    record(db, actor, EventKind.RUN_SHEET_CHANGED, session)


def tick_step(db: Session, actor: Actor, step_id: int, *, done: bool = True) -> None:
    """Say that a step of the run sheet is done, or that it is not. Raises NotFound, NotAllowed."""
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    step = locked(db, SessionStep, step_id, "step")
    session_of(db, actor, step.session_id, *AHEAD, *AFTER)
    step.done_at = (step.done_at or actor.at) if done else None
    record_if_changed(db, actor, EventKind.STEP_TICKED, step)


def add_task(
    db: Session,
    actor: Actor,
    session_id: int,
    *,
    text: str,
    person_id: int | None = None,
    due_on: date | None = None,
    asked_at_id: int | None = None,
) -> int:
    """Add something to do before a session; `asked_at_id` is the session that asked for it.

    Returns its id. Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    session = session_of(db, actor, session_id, *AHEAD)
    text = required_line(text, "text", "Write what is to be done.", 240)
    if person_id is not None:
        must_plan_sessions(
            db, person_id, "Choose a worker or a manager: they see it and can tick it.",
            field="person",
        )  # fmt: skip
    if asked_at_id is not None:
        locked(db, CoproductionSession, asked_at_id, "session")
    task = SessionTask(
        session_id=session.id, text=text, person_id=person_id, due_on=due_on,
        asked_at_id=asked_at_id,
    )  # fmt: skip
    return kept(db, actor, EventKind.TASK_ADDED, task)


def tick_task(db: Session, actor: Actor, task_id: int, *, done: bool = True) -> None:
    """Say that something is done, or that it is not; who does it may say so too.

    Raises NotFound, NotAllowed.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    task = locked(db, SessionTask, task_id, "task")
    if task.person_id != actor.person_id:
        session_of(db, actor, task.session_id)
    task.done_at = (task.done_at or actor.at) if done else None
    record_if_changed(db, actor, EventKind.TASK_DONE, task)


def _step_of(row: SessionStep) -> Step:
    return Step(row.begins, row.title, row.detail)
