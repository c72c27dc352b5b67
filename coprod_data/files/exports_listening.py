"""The columns of the sheets about surveys, priorities, training, and who is heard."""

from collections.abc import Callable, Mapping
from typing import Any

from coprod_data.vocabulary.training import Audience

Field = str | Callable[[Any], object]


def _tenths(kept: int | None) -> float | None:
    return None if kept is None else kept / 10


SURVEY_COLUMNS: Mapping[str, Field] = {
    "Survey": lambda row: row.round.survey,
    "Closed on": lambda row: row.round.held_on,
    "State": lambda row: row.round.state.words,
    "Who was asked": lambda row: row.round.about,
    "How many there are": lambda row: row.round.population,
    "Invited": lambda row: row.round.invited,
    "Replied": lambda row: row.round.replied,
    "What they said": lambda row: row.finding.indicator,
    "More of it": lambda row: row.finding.side.words,
    "Percent": lambda row: row.finding.now,
    "Answered": lambda row: row.finding.base,
    "Percent in the round before": lambda row: row.finding.before,
    "Answered in the round before": lambda row: row.finding.base_before,
    "Change": lambda row: row.finding.compared.change.words,
    "Points": lambda row: row.finding.compared.points,
    "Other councils, percent": lambda row: row.finding.comparator,
}
MEASURE_COLUMNS: Mapping[str, Field] = {
    "Measure": lambda row: row.measure.title,
    "Area": lambda row: row.measure.area.words,
    "Day": lambda row: row.figure.as_at,
    "Figure": lambda row: _tenths(row.figure.value),
    "Unit": lambda row: row.measure.unit.words,
    "Out of": lambda row: row.figure.base,
    "Target": lambda row: _tenths(row.measure.target),
    "Good is": lambda row: row.measure.better.words,
    "Others": lambda row: _tenths(row.figure.comparator),
    "Who the others are": lambda row: row.figure.compared_with,
    "Source": lambda row: row.figure.source,
}
PRIORITY_COLUMNS: Mapping[str, Field] = {
    "Priority": "title",
    "Why": "why",
    "Chosen": lambda row: row.chosen_how.words,
    "Chosen by": "chosen_by",
    "Chosen on": "chosen_on",
    "Programme": "programme",
    "Finding": lambda row: row.finding and row.finding.indicator,
    "A meeting was held": "met",
    "Opportunities": lambda row: "; ".join(one.title for one in row.opportunities),
    "Actions": lambda row: "; ".join(one.title for one in row.actions),
    "What changed": lambda row: "; ".join(one.title for one in row.outcomes),
}
HEARD_COLUMNS: Mapping[str, Field] = {
    "Group": lambda row: row.group.words,
    "What it says": lambda row: row.group.question.words,
    "In our care or care leavers": "total",
    "Answers": "number",
    "Or more": "more",
    "For each 100 of them": "per_hundred",
    "Last session": lambda row: row.last_on and f"{row.last_on:%B %Y}",
    "Sessions in 12 months": "sessions",
}
COURSE_COLUMNS: Mapping[str, Field] = {
    "Course": lambda row: row.plan.title,
    "What it teaches": lambda row: row.plan.level.words,
    "For": lambda row: "; ".join(one.words for one in Audience.of(row.plan)),
    "Has to be done": lambda row: row.plan.required,
    "Refreshed after (months)": lambda row: row.plan.refresh_months,
    "Delivered with young people": lambda row: row.plan.with_young,
    "Accessible": lambda row: row.plan.accessible,
    "What young people expect": lambda row: row.plan.aims,
    "Next date": "next_on",
    "Offered": lambda row: not row.closed,
}
COVERAGE_COLUMNS: Mapping[str, Field] = {
    "Course": "course",
    "Who": "who_counted",
    "In role": "base",
    "Trained and in date": "trained",
    "Of each hundred": "per_hundred",
    "Audit standards established": lambda row: row.audit and row.audit[0],
    "Audit standards answered": lambda row: row.audit and row.audit[1],
}
NEXT_COLUMNS: Mapping[str, Field] = {
    "Name": lambda row: row.who.name,
    "Service": lambda row: row.who.where,
    "Course": "course",
    "How they stand": lambda row: row.standing.words,
    "Counts until": "until",
}
