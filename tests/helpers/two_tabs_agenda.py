"""Forms of an agenda and of decisions, as two people have them open."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings_agenda import add_item, change_item
from coprod_data.commands.meetings_decisions import (
    change_decision,
    record_decision,
    record_present,
)
from coprod_data.commands.meetings_heard import correct_heard, start_meeting
from coprod_data.models import AgendaItem, Decision, HeardTime, MeetingPresent
from coprod_data.permissions import Role
from coprod_data.rules.meeting_decision import Said
from coprod_data.vocabulary.meetings import DecisionResult, MeetingPart
from tests.helpers.builders import NOW, somebody
from tests.helpers.meetings import a_meeting as planned
from tests.helpers.two_tabs import Open, Values, of_row, word


def an_item(db: Session) -> Open:
    clerk = somebody(db, Role.CLERK)
    number = add_item(db, clerk, planned(db, clerk), title="Budget")
    row = db.get_one(AgendaItem, number)
    names = ("title", "detail", "paper", "minutes", "private")

    def vary(chance: random.Random, name: str) -> Any:
        match name:
            case "minutes":
                return chance.randrange(1, 30)
            case "private":
                return chance.choice([True, False])
            case _:
                return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_item(db, clerk, number, **typed, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def _begun(db: Session) -> tuple[Any, int, int]:
    clerk = somebody(db, Role.CLERK)
    number = planned(db, clerk, days=0)
    item = add_item(db, clerk, number, title="Budget")
    start_meeting(db, clerk, number)
    return clerk, number, item


def a_time(db: Session) -> Open:
    clerk, _, item = _begun(db)
    clerk = replace(clerk, at=NOW + timedelta(hours=2))
    correct_heard(db, clerk, item, started_at=NOW, stopped_at=NOW + timedelta(minutes=5))
    row = db.scalars(sa.select(HeardTime).filter_by(item_id=item)).one()
    first = {"started_at": 0, "stopped_at": 30}

    def vary(chance: random.Random, name: str) -> Any:
        return NOW + timedelta(minutes=first[name] + chance.randrange(1, 29))

    def save(typed: Values, opened: Values) -> None:
        correct_heard(db, clerk, item, **typed, opened=opened)

    return Open(of_row(row, *first), save, vary, tuple(first))


def a_decision(db: Session) -> Open:
    clerk, _, item = _begun(db)
    said = Said(result=DecisionResult.NOTED, wording="Noted")
    number = record_decision(db, clerk, item, said=said)
    row = db.get_one(Decision, number)
    names = ("recommendation", "wording", "together_with", "result")

    def vary(chance: random.Random, name: str) -> Any:
        if name == "result":
            return chance.choice([DecisionResult.NOTED, DecisionResult.DEFERRED])
        return word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        now = Said(**{**Said.of(row).values, **typed})
        change_decision(db, clerk, number, said=now, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def who_was_there(db: Session) -> Open:
    clerk, number, _ = _begun(db)

    def read() -> Values:
        rows = db.scalars(sa.select(MeetingPresent).filter_by(meeting_id=number))
        found = {row.part: row.number for row in rows}
        return {part.value: found.get(part, 0) for part in MeetingPart}

    def save(typed: Values, opened: Values) -> None:
        record_present(
            db, clerk, number,
            present={part: typed[part.value] for part in MeetingPart},
            opened={part: opened[part.value] for part in MeetingPart},
        )  # fmt: skip

    names = tuple(part.value for part in MeetingPart)
    return Open(read, save, lambda chance, _name: chance.randrange(1, 9), names)
