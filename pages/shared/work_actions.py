"""An action that waits for its owner, in words for My work and the Overview."""

from datetime import datetime

from coprod_data.queries.work_steps import Turn
from coprod_data.rules.clocks import days_between, london_day
from coprod_data.vocabulary.work import ActionWait
from pages.parts.times import days, on


def of_action(one: Turn, now: datetime) -> list[str]:
    """Return the parts of the line: where it belongs, how far it is, and why it waits.

    An update is no movement, so it is told beside how long there has been none.
    """
    met = f"{one.met} of {one.whole} milestones" if one.whole else "no milestone yet"
    parts = [one.reference, met]
    if one.due_on:
        late = (london_day(now) - one.due_on).days
        parts.append(f"due {on(one.due_on)}" + (f", {days(late)} late" if one.late else ""))
    why = ActionWait(one.note)
    if why is ActionWait.NO_NOTE:
        parts.append(why.words)
    if why is ActionWait.UNMOVED and one.since:
        parts.append(f"no milestone for {days(days_between(one.since, now))}; {_updated(one, now)}")
    elif one.updated_at:
        parts.append(_updated(one, now))
    return parts


def _updated(one: Turn, now: datetime) -> str:
    if one.updated_at is None:
        return "no update yet"
    day = london_day(one.updated_at)
    return f"last update {'today' if day == london_day(now) else on(day)}"
