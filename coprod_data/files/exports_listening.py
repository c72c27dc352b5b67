"""The columns of the sheets about surveys and priorities."""

from collections.abc import Callable, Mapping
from typing import Any

Field = str | Callable[[Any], object]

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
