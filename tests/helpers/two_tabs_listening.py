"""What is under Listening, as two people have it open in their forms."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.audits import open_round
from coprod_data.commands.audits_standards import change_audit_round, change_standard, name_auditors
from coprod_data.commands.measures import FigureTyped, keep_figures
from coprod_data.commands.priorities import PriorityTyped, add_priority, change_priority
from coprod_data.commands.surveys import (
    FindingTyped,
    add_survey_round,
    change_survey_round,
    keep_findings,
)
from coprod_data.models import AuditReturn, AuditRound, AuditStandard, Priority, SurveyRound
from coprod_data.permissions import Actor, Role
from coprod_data.queries.audits_auditors import auditors_of
from coprod_data.queries.measures import known_figures
from coprod_data.queries.surveys import known_shares
from coprod_data.vocabulary.measures import Better, MeasureArea, MeasureUnit
from coprod_data.vocabulary.surveys import ChosenHow, FindingSide
from tests.helpers.audit_returns import DUE
from tests.helpers.builders import NOW, a_service, somebody
from tests.helpers.two_tabs import Open, Values, a_subset, a_theme, of_row, word

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


def some_figures(db: Session) -> Open:
    worker, day, title = somebody(db, Role.YOUTH_VOICE), NOW.date(), "In a suitable home"

    def read() -> Values:
        return {title: known_figures(db, worker, day).get(title)}

    def save(typed: Values, opened: Values) -> None:
        one = FigureTyped(
            title=title, area=MeasureArea.HOMES, unit=MeasureUnit.PERCENT, better=Better.UP,
            value=Decimal(typed[title]) / 10,
        )  # fmt: skip
        was = {name: value for name, value in opened.items() if value is not None}
        keep_figures(db, worker, day, [one], opened=was)

    return Open(read, save, lambda chance, _: str(chance.randrange(200, 800)), (title,))


def _an_audit(db: Session) -> tuple[Actor, int]:
    administrator = somebody(db, Role.ADMINISTRATOR)
    a_service(db)
    return administrator, open_round(db, administrator, title="This year", due_on=DUE)


def a_standard(db: Session) -> Open:
    administrator, round_id = _an_audit(db)
    row = db.scalars(sa.select(AuditStandard).filter_by(round_id=round_id)).first()
    assert row
    number, names = row.id, ("short", "wording", "source")

    def save(typed: Values, opened: Values) -> None:
        change_standard(db, administrator, number, **typed, opened=opened)

    return Open(of_row(row, *names), save, word, names)


def an_audit_round(db: Session) -> Open:
    administrator, round_id = _an_audit(db)
    row, known = db.get_one(AuditRound, round_id), [None, a_theme(db).id]

    def vary(chance: random.Random, name: str) -> Any:
        if name == "theme_id":
            return chance.choice(known)
        return DUE + timedelta(days=chance.randrange(90))

    def save(typed: Values, opened: Values) -> None:
        change_audit_round(db, administrator, round_id, **typed, opened=opened)

    names = ("due_on", "theme_id")
    return Open(of_row(row, *names), save, vary, names)


def some_auditors(db: Session) -> Open:
    worker, (_, round_id) = somebody(db, Role.YOUTH_VOICE), _an_audit(db)
    number = db.scalar(sa.select(AuditReturn.id).filter_by(round_id=round_id)) or 0
    young = [somebody(db, Role.YOUNG_PERSON).id for _ in range(4)]

    def read() -> Values:
        return {"auditors": sorted(auditors_of(db, worker, number))}

    def save(typed: Values, opened: Values) -> None:
        name_auditors(db, worker, number, typed["auditors"], opened=opened["auditors"])

    return Open(
        read, save, lambda chance, _: sorted(a_subset(chance, young)), ("auditors",),
        frozenset({"auditors"}),
    )  # fmt: skip
