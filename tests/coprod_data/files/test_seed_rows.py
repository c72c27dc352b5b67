"""A row that lacks what its step needs is refused in a sentence that names the cell."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.files.csv_in import Row
from coprod_data.files.csv_read import SheetRefused
from coprod_data.files.seed import STEPS
from coprod_data.files.seed_council import Council
from coprod_data.files.sheets import SHEETS
from coprod_data.permissions import Role
from coprod_data.store.actors import Played, actor_for
from coprod_data.vocabulary.audits import Rater
from tests.helpers.builders import NOW

NOBODY = 999_999
KNOWN = ("person", "service", "commitment", "opportunity", "outcome", "entry", "action", "theme")


def a_row(name: str, **cells: Any) -> Row:
    sheet = next(sheet for sheet in SHEETS if sheet.name == name)
    return Row(sheet, 7, {column.name: cells.get(column.name) for column in sheet.columns})


@pytest.mark.parametrize(
    ("sheet", "cells", "sentence"),
    [
        ("audit_rounds", {"step": "open", "round": "A"}, "due: say by which day services"),
        ("audit_returns", {"step": "answer", "round": "A"}, "rater: say who rates."),
        (
            "audit_returns",
            {"step": "answer", "round": "A", "service": "X", "rater": Rater.SERVICE},
            'service: there is no return "A / X" yet on that day.',
        ),
        ("report_cards", {"step": "share", "title": "X"}, "body: say who was given the card."),
        (
            "people",
            {"step": "confirm role", "username": "X", "role": Role.YOUTH_VOICE},
            "role: nobody asked for this role, or it was given already.",
        ),
        ("actions", {"step": "propose", "action": "A"}, "worked_on_by: say who works on it."),
        ("actions", {"step": "approve"}, "action: this step needs this cell."),
        (
            "outcomes",
            {"step": "write down", "opportunity": "X", "who": "cllr.iqbal"},
            "who: name the card that signed on paper",
        ),
        (
            "outcomes",
            {"step": "witness", "opportunity": "X"},
            "step: no signature was written down.",
        ),
        (
            "opportunity_steps",
            {"step": "reply", "opportunity": "X", "who": "maybe"},
            'who: "maybe" is not yes, not this time, or pass to and a name.',
        ),
        (
            "opportunity_steps",
            {"step": "park", "opportunity": "X"},
            "review_on: say on which day to look again.",
        ),
        (
            "opportunity_steps",
            {"step": "confirm", "opportunity": "X", "who": "X"},
            "who: nobody asked them, and they did not offer.",
        ),
        ("entry_reviews", {"step": "agree", "entry": "X"}, "step: nobody asked anything about"),
    ],
)
def test_a_missing_cell_is_told(
    westmarch: Session, sheet: str, cells: dict[str, Any], sentence: str
) -> None:
    council = Council(westmarch, NOW, "", {(kind, "X"): NOBODY for kind in KNOWN})
    council.name("report card", "X", NOBODY)
    actor = actor_for(westmarch, Played("administrator", NOW), NOW, [])

    with pytest.raises(SheetRefused) as refused:
        STEPS[sheet, cells["step"]](council, actor, a_row(sheet, **cells))

    assert refused.value.sentence.startswith(f"{sheet}.csv, row 7, {sentence}")


def test_words_that_became_no_entry_are_told(westmarch: Session) -> None:
    council = Council(westmarch, NOW, "")

    with pytest.raises(SheetRefused, match="row 7, words_as: no words of a young person"):
        council.name_words(a_row("young_views", words_as="never-said"))
