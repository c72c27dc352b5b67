"""The columns of the sheets about meetings of the Board, what they decided, and their papers."""

from collections.abc import Callable, Mapping
from typing import Any

Field = str | Callable[[Any], object]

DECISION_COLUMNS: Mapping[str, Field] = {
    "Meeting": "met_on",
    "Decision": lambda row: row.said.wording,
    "What was asked": lambda row: row.said.recommendation,
    "Result": lambda row: row.said.result and row.said.result.words,
    "Who does it": "owner",
    "Together with": lambda row: row.said.together_with,
    "Due": lambda row: row.said.due_on,
    "Commitment": "commitment",
    "Without the public": "private",
    "Confirmed on": "confirmed_on",
    "Late": "late",
    "Done": "done",
    "What was done": "done_words",
    "Action no.": "action_id",
}
PAPER_COLUMNS: Mapping[str, Field] = {
    "Meeting": "meets_on",
    "Item": "item",
    "Paper": "title",
    "Version": "version",
    "State": lambda row: row.state.words,
    "Report status": lambda row: row.status and row.status.words,
    "Report author": "author",
    "Corrected since": "replaced",
}
