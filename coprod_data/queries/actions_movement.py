"""Movement of the action plan over time: stages, milestones met, outcomes signed, and drops."""

from datetime import UTC, date, datetime, time
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import Action, CoSignature, Event, Milestone, OutcomeAction
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import LONDON, london_day
from coprod_data.rules.statements import statement
from coprod_data.vocabulary.events import EventKind

SERIES = ("Milestone met", "Moved to another stage", "Outcome signed", "Dropped")


def movement(db: Session, actor: Actor, *, months: int = 18) -> pd.DataFrame:
    """Return how often the plan moved in each of the last months, including this one.

    Columns: `when` (first day of the month in London), `series` (one of SERIES), `number`. Months
    without movement have 0. Neither an approval, nor a proposal that is turned down, nor an update
    text is movement; a step that was undone or corrected away is none either.
    """
    actor.must(Permission.ACTIONS_READ)
    firsts = _first_days(london_day(actor.at), months)
    starts = [datetime.combine(day, time(0), LONDON).astimezone(UTC) for day in firsts]
    asked = {_start(place): start for place, start in enumerate(starts)}
    counted = db.execute(_counted(months), asked)
    numbers = {(place, series): number for series, place, number in counted}
    return pd.DataFrame(
        [
            (pd.Timestamp(day), series, numbers.get((place, series), 0))
            for place, day in enumerate(firsts)
            for series in SERIES
        ],
        columns=["when", "series", "number"],
    )


@statement
def _counted(months: int) -> sa.CompoundSelect[*tuple[Any, ...]]:
    paper = CoSignature.recorded_by_id.is_not(None)
    named = sa.exists().where(OutcomeAction.outcome_id == CoSignature.outcome_id)
    stands = (Event.id.not_in(_undone()),)
    still_met = sa.exists().where(Milestone.id == Event.subject_id, Milestone.met_on.is_not(None))
    agreed = sa.exists().where(Action.id == Event.subject_id, Action.approved_at.is_not(None))
    on_paper_alone = sa.and_(paper, CoSignature.witnessed_by_id.is_(None))
    return sa.union_all(
        _by_month(
            SERIES[0], Event.at, months, Event.kind == EventKind.MILESTONE_MET, still_met, *stands
        ),
        _by_month(SERIES[1], Event.at, months, Event.kind == EventKind.ACTION_MOVED, *stands),
        _by_month(SERIES[2], CoSignature.at, months, ~on_paper_alone, named),
        _by_month(
            SERIES[3], Event.at, months, Event.kind == EventKind.ACTION_DROPPED, agreed, *stands
        ),
    )


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
    series: str, at: Any, months: int, *conditions: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    # Months begin at midnight in London, which neither engine can work out from a stored UTC
    # moment.
    newest_first = reversed(range(months))
    place = sa.case(*((at >= sa.bindparam(_start(month)), month) for month in newest_first))
    return (
        sa.select(sa.literal(series), place.label("place"), sa.func.count())
        .where(at >= sa.bindparam(_start(0)), *conditions)
        .group_by("place")
    )


def _start(month: int) -> str:
    return f"start_{month}"
