"""Movement of the action plan over time: stages, milestones met, outcomes signed, and drops."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    CoSignature,
    Event,
    Milestone,
    OutcomeAction,
    PromiseVersion,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import LONDON, london_day
from coprod_data.rules.plan_period import plan_end
from coprod_data.rules.statements import statement
from coprod_data.scopes.actions import live
from coprod_data.scopes.promise import version_in_force
from coprod_data.vocabulary.actions import WorkedOnBy
from coprod_data.vocabulary.events import EventKind

PLANNED, MET = "Planned by then", "Met, with evidence"
STAGED = (EventKind.ACTION_MOVED, EventKind.ACTION_HELD, EventKind.ACTION_TAKEN_UP)
SERIES = ("Milestone met", "Moved to another stage", "Outcome signed", "Dropped")


def movement(db: Session, actor: Actor, *, months: int = 18) -> pd.DataFrame:
    """Return how often the plan moved in each of the last months, including this one.

    Columns: `when` (first day of the month in London), `series` (one of SERIES), `number`. Months
    without movement have 0. Neither an approval, nor a proposal that is turned down, nor an update
    text is movement; a step that was undone or corrected away is none either.
    """
    actor.must(Permission.ACTIONS_READ)
    return _frame(db, actor, months, {series: series for series in SERIES}, by_hands=False)


def movement_by_hands(db: Session, actor: Actor, *, months: int = 18) -> pd.DataFrame:
    """Return the same movement, split by who works on the action; `series` are words of WorkedOnBy.

    A signature counts for the first of the actions that its outcome names.
    """
    actor.must(Permission.ACTIONS_READ)
    return _frame(db, actor, months, {who.value: who.words for who in WorkedOnBy}, by_hands=True)


def milestones_over_time(db: Session, actor: Actor, *, months: int = 18) -> pd.DataFrame:
    """Return how many milestones of live actions were planned, and met, by the end of each month:
    of the plan in force from its start to its end, else of the last months.

    Columns: `when` (first day of the month), `series` (PLANNED or MET), `number`. What is met is
    counted until today, and in no later month. A milestone without a date is planned for no month.
    """
    actor.must(Permission.ACTIONS_READ)
    today = london_day(actor.at)
    version = sa.select(PromiseVersion.plan_starts_on, PromiseVersion.plan_months).where(
        PromiseVersion.id == version_in_force()
    )
    starts_on, length = db.execute(version).one_or_none() or (None, None)
    last = plan_end(starts_on, length) if starts_on and length else today
    if starts_on:
        months = (last.year - starts_on.year) * 12 + last.month - starts_on.month + 1
    firsts = _first_days(last, months)
    ends = [*(day - timedelta(days=1) for day in firsts[1:]), last]
    found = db.execute(
        sa.select(Milestone.due_on, Milestone.met_on, sa.func.count().label("number"))
        .join(Action, Action.id == Milestone.action_id)
        .where(live(), sa.or_(Milestone.due_on.is_not(None), Milestone.met_on.is_not(None)))
        .group_by(Milestone.due_on, Milestone.met_on)
    ).all()
    of_each = {
        PLANNED: [(row.due_on, row.number) for row in found],
        MET: [(row.met_on, row.number) for row in found],
    }
    return pd.DataFrame(
        [
            (pd.Timestamp(first), series, sum(n for day, n in days if day and day <= end))
            for first, end in zip(firsts, ends, strict=True)
            for series, days in of_each.items()
            if series == PLANNED or first <= today
        ],
        columns=["when", "series", "number"],
    )


def _frame(
    db: Session, actor: Actor, months: int, named: dict[str, str], *, by_hands: bool
) -> pd.DataFrame:
    firsts = _first_days(london_day(actor.at), months)
    starts = [datetime.combine(day, time(0), LONDON).astimezone(UTC) for day in firsts]
    asked = {_start(place): start for place, start in enumerate(starts)}
    numbers: Counter[tuple[int, str]] = Counter()
    for series, place, number in db.execute(_counted(months, by_hands), asked):
        numbers[place, series] += number
    return pd.DataFrame(
        [
            (pd.Timestamp(day), words, numbers[place, series])
            for place, day in enumerate(firsts)
            for series, words in named.items()
        ],
        columns=["when", "series", "number"],
    )


@statement
def _counted(months: int, by_hands: bool) -> sa.CompoundSelect[*tuple[Any, ...]]:
    paper = CoSignature.recorded_by_id.is_not(None)
    named = sa.exists().where(OutcomeAction.outcome_id == CoSignature.outcome_id)
    stands = (Event.id.not_in(_undone()),)
    still_met = sa.exists().where(Milestone.id == Event.subject_id, Milestone.met_on.is_not(None))
    agreed = sa.exists().where(Action.id == Event.subject_id, Action.approved_at.is_not(None))
    on_paper_alone = sa.and_(paper, CoSignature.witnessed_by_id.is_(None))
    whose, of = aliased(Milestone), aliased(OutcomeAction)
    of_milestone = sa.select(whose.action_id).where(whose.id == Event.subject_id).correlate(Event)
    of_outcome = (
        sa.select(sa.func.min(of.action_id))
        .where(of.outcome_id == CoSignature.outcome_id)
        .correlate(CoSignature)
    )
    series = [
        _hands(action) if by_hands else sa.literal(name)
        for name, action in zip(
            SERIES,
            (
                of_milestone.scalar_subquery(),
                Event.subject_id,
                of_outcome.scalar_subquery(),
                Event.subject_id,
            ),
            strict=True,
        )
    ]
    return sa.union_all(
        _by_month(
            series[0], Event.at, months, Event.kind == EventKind.MILESTONE_MET, still_met, *stands
        ),
        _by_month(series[1], Event.at, months, Event.kind.in_(STAGED), *stands),
        _by_month(series[2], CoSignature.at, months, ~on_paper_alone, named),
        _by_month(
            series[3], Event.at, months, Event.kind == EventKind.ACTION_DROPPED, agreed, *stands
        ),
    )


def _hands(action_id: Any) -> sa.ColumnElement[str]:
    whose = aliased(Action)
    who = sa.select(whose.worked_on_by).where(whose.id == action_id)
    return sa.cast(who.correlate(Event, CoSignature).scalar_subquery(), sa.String)


def _undone() -> sa.Select[int]:
    """Select the events that were undone in these months: an undo is younger than its step."""
    undoing = aliased(Event)
    undone = undoing.changes["undone"].as_integer()
    return sa.select(undone).where(
        undoing.kind == EventKind.ACTION_UNDONE,
        undoing.at >= sa.bindparam(_start(0)),
        undone.is_not(None),
    )


def _first_days(today: date, months: int) -> list[date]:
    """Return the first day of this month and of the ones before it, oldest first."""
    this = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(this - months + 1, this + 1)]


def _by_month(
    series: sa.ColumnElement[str], at: Any, months: int, *conditions: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    # Months begin at midnight in London, which neither engine can work out from a stored UTC
    # moment.
    newest_first = reversed(range(months))
    place = sa.case(*((at >= sa.bindparam(_start(month)), month) for month in newest_first))
    return (
        sa.select(series.label("series"), place.label("place"), sa.func.count())
        .where(at >= sa.bindparam(_start(0)), *conditions)
        .group_by("series", "place")
    )


def _start(month: int) -> str:
    return f"start_{month}"
