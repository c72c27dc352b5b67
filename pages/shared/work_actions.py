"""An action that waits for its owner, in words for My work and the Overview."""

from datetime import date, datetime

from coprod_data.queries.work_steps import Turn
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.rules.due_days import days_to, due_named, due_says
from coprod_data.vocabulary.actions import DueKind, Rag
from coprod_data.vocabulary.work import ActionWait
from pages.parts.times import days, on


def of_action(one: Turn, now: datetime) -> list[str]:
    """Return the parts of the line: where it belongs, how far it is, and why it waits.

    An update is no movement, so it is told beside how long there has been none.
    """
    met = f"{one.met} of {one.whole} milestones" if one.whole else "no milestone yet"
    parts = [one.reference, met]
    if one.due_on:
        parts.append(due(one.due_on, one.due_kind, now))
    if one.next_on and (one.due_on is None or one.next_on < one.due_on):
        says = due_says(days_to(one.next_on, london_day(now)))
        parts.insert(0, f"Next: {one.next_step}, {says}")
    why = ActionWait(one.note)
    if one.red and why is not ActionWait.NO_NOTE:
        parts.insert(0, Rag.RED.words)
    if why is ActionWait.NO_NOTE:
        parts.append(why.words)
    if why is ActionWait.UNMOVED and one.since:
        parts.append(f"no milestone for {days(days_between(one.since, now))}; {_updated(one, now)}")
    elif one.updated_at:
        parts.append(_updated(one, now))
    return parts


def due(due_on: date, kind: str, now: datetime) -> str:
    """Return a date no closer than the plan means it, and how long that is or was."""
    meant = due_named(due_on, DueKind(kind or DueKind.DAY))
    return f"{meant}: {due_says(days_to(due_on, london_day(now)))}"


def _updated(one: Turn, now: datetime) -> str:
    if one.updated_at is None:
        return "no update yet"
    day = london_day(one.updated_at)
    return f"last update {'today' if day == london_day(now) else on(day)}"
