"""When the plan runs, in words: on the plan, as at an earlier day, and beside a version."""

from coprod_data.queries.promise_plan import PlanRuns
from pages.parts.times import on


def length(months: int) -> str:
    """Return a number of months in words."""
    return "1 month" if months == 1 else f"{months} months"


def plan_words(runs: PlanRuns | None, met: int, whole: int) -> str:
    """Return where the plan is between its start and its end, and how many milestones are met."""
    if runs is None or runs.starts_on is None or runs.ends_on is None or runs.months is None:
        return ""
    until = f"{on(runs.starts_on)} to {on(runs.ends_on)}"
    if not runs.month:
        says = f"The plan runs from {until} ({length(runs.months)}). It has not begun"
    else:
        says = f"The plan runs from {until}: month {runs.month} of {runs.months}"
    return f"{says}. {met} of {whole} milestones are met, with evidence." if whole else f"{says}."
