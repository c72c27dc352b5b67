"""A series of workshops, planned in one act from its template."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.sessions import plan_session
from coprod_data.models import CoproductionSession, SessionGoal, SessionSeries, SessionStep
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.number_words import in_words
from coprod_data.rules.session_plan import SessionPlan, checked_times
from coprod_data.rules.session_templates import workshops
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.sessions import SeriesTemplate, SessionKind


def plan_series(
    db: Session,
    actor: Actor,
    *,
    template: SeriesTemplate,
    plan: SessionPlan,
    times: Sequence[tuple[datetime, datetime]],
) -> list[int]:
    """Plan each workshop of a series, with its aims, warm-up, goals and run sheet.

    `plan` says what they share: who leads, where, for whom; what happened after the last session
    with their group is said at the first one. Returns their ids in order. Raises NotFound, and
    Invalid also where a day is missing or comes before the one before it.
    """
    actor.must(Permission.SESSIONS_WRITE, Permission.SESSIONS_OWN)
    its = workshops(template)
    if len(times) != len(its):
        raise Invalid(
            f"Write a day for each of the {in_words(len(its)).lower()} workshops.", field="days"
        )
    checked = [checked_times(*one) for one in times]
    if any(after[0] < before[1] for before, after in zip(checked, checked[1:], strict=False)):
        raise Invalid("Each workshop comes after the one before it. Check the days.", field="days")
    series = SessionSeries(template=template, planned_at=actor.at, planned_by_id=actor.id)
    db.add(series)
    db.flush()
    record(db, actor, EventKind.SERIES_PLANNED, series)
    planned = []
    for place, (workshop, (starts_at, ends_at)) in enumerate(zip(its, checked, strict=True), 1):
        number = plan_session(
            db, actor, starts_at=starts_at, ends_at=ends_at,
            plan=replace(
                plan, kind=SessionKind.WORKSHOP, title=f"Workshop {place}: {workshop.title}",
                aims=workshop.aims, warm_up=workshop.warm_up,
                since_last=plan.since_last if place == 1 else "",
            ),
        )  # fmt: skip
        session = db.get_one(CoproductionSession, number)
        session.series_id, session.series_place = series.id, place
        db.add_all(SessionGoal(session_id=number, text=text) for text in workshop.goals)
        db.add_all(
            SessionStep(session_id=number, begins=step.begins, title=step.title, detail=step.detail)
            for step in workshop.agenda.between(starts_at, ends_at)
        )
        record(db, actor, EventKind.GOALS_SET, session)
        planned.append(number)
    return planned
