"""A survey round, its findings and a priority, as two people have them open in their forms."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.priorities import PriorityTyped, add_priority, change_priority
from coprod_data.commands.surveys import (
    FindingTyped,
    add_survey_round,
    change_survey_round,
    keep_findings,
)
from coprod_data.models import Priority, SurveyRound
from coprod_data.permissions import Role
from coprod_data.queries.surveys import known_shares
from coprod_data.vocabulary.surveys import ChosenHow, FindingSide
from tests.helpers.builders import NOW, somebody
from tests.helpers.two_tabs import Open, Values, of_row, word

NUMBERS = {"population": 300, "invited": 200, "replied": 100}


def a_survey_round(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = add_survey_round(db, worker, survey="S", about="care leavers", held_on=NOW.date())
    row = db.get_one(SurveyRound, number)
    names = ("survey", "about", "reached_by", "source", *NUMBERS)

    def vary(chance: random.Random, name: str) -> Any:
        if name in NUMBERS:
            return NUMBERS[name] + chance.randrange(60)
        return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_survey_round(db, worker, number, **typed, held_on=row.held_on, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def some_findings(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = add_survey_round(db, worker, survey="S", about="care leavers", held_on=NOW.date())
    asked = "I feel safe"

    def read() -> Values:
        return {asked: known_shares(db, worker, number).get(asked)}

    def save(typed: Values, opened: Values) -> None:
        one = FindingTyped(
            indicator=asked, side=FindingSide.GOOD, percent=Decimal(typed[asked]) / 10
        )
        was = {name: share for name, share in opened.items() if share is not None}
        keep_findings(db, worker, number, [one], opened=was)

    return Open(read, save, lambda chance, _: str(chance.randrange(200, 800)), (asked,))


def a_priority(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    first = PriorityTyped(
        title="A worker who answers", chosen_how=ChosenHow.VOTE, chosen_by="Voices",
        chosen_on=NOW.date(),
    )  # fmt: skip
    number = add_priority(db, worker, first)
    row = db.get_one(Priority, number)
    names = ("title", "why", "chosen_by", "programme", "chosen_how")

    def vary(chance: random.Random, name: str) -> Any:
        return chance.choice([*ChosenHow]) if name == "chosen_how" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_priority(db, worker, number, replace(first, **typed), opened=opened)

    return Open(of_row(row, *names), save, vary, names)
