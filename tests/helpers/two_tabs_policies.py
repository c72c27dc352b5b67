"""A policy, its text, its twin and how people were asked, as two people have them open."""

import random
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import keep_entry, open_to_read
from coprod_data.commands.entries_comments import settle_comment
from coprod_data.commands.policies import change_policy
from coprod_data.commands.policies_asking import add_activity, change_activity
from coprod_data.commands.policies_text import (
    PartTyped,
    credit_easy,
    place_cut,
    remove_part,
    write_easy,
    write_part,
)
from coprod_data.models import (
    Policy,
    PolicyActivity,
    PolicyComment,
    PolicyCut,
    PolicyPart,
    PolicyVersion,
)
from coprod_data.permissions import Role
from coprod_data.vocabulary.policies import CutState, Disposition, PolicyStep
from tests.helpers.builders import a_promise, somebody, the_duty
from tests.helpers.policies import ASKED, a_comment, a_policy, a_version, until
from tests.helpers.two_tabs import Open, Values, of_row, word


def a_policy_said(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number, first = a_policy(db, worker)
    names = ("title", "purpose", "audiences", "definitions", "next_with")

    def save(typed: Values, opened: Values) -> None:
        change_policy(db, worker, number, replace(first, **typed), opened=opened)

    return Open(of_row(db.get_one(Policy, number), *names), save, word, names)


def a_part_of_it(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    version, part = a_version(db, worker, a_policy(db, worker)[0])
    names = ("heading", "text", "tested_with", "tested_said")

    def save(typed: Values, opened: Values) -> None:
        write_part(db, worker, version, PartTyped(**typed), part_id=part, opened=opened)

    return Open(of_row(db.get_one(PolicyPart, part), *names), save, word, names)


def its_easy_words(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    _, part = a_version(db, worker, a_policy(db, worker)[0])

    def save(typed: Values, opened: Values) -> None:
        write_easy(db, worker, part, **typed, opened=opened)

    return Open(of_row(db.get_one(PolicyPart, part), "easy"), save, word, ("easy",))


def who_wrote_them(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    version, _ = a_version(db, worker, a_policy(db, worker)[0])

    def save(typed: Values, opened: Values) -> None:
        credit_easy(db, worker, version, **typed, easy_read_by="", opened=opened)

    names = ("easy_by",)
    return Open(of_row(db.get_one(PolicyVersion, version), *names), save, word, names)


def how_it_was_asked(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number = add_activity(db, worker, a_policy(db, worker)[0], ASKED)
    names = ("title", "question", "heard", "audience")

    def save(typed: Values, opened: Values) -> None:
        change_activity(db, worker, number, replace(ASKED, **typed), opened=opened)

    return Open(of_row(db.get_one(PolicyActivity, number), *names), save, word, names)


def a_place_of_a_cut(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    _, part = a_version(db, worker, a_policy(db, worker)[0])
    remove_part(db, worker, part)
    row = db.scalars(sa.select(PolicyCut)).one()

    def vary(chance: random.Random, _name: str) -> Any:
        return chance.choice([*CutState])

    def save(typed: Values, opened: Values) -> None:
        place_cut(db, worker, row.id, **typed, opened=opened)

    return Open(of_row(row, "state"), save, vary, ("state",))


def a_comment_settled(db: Session) -> Open:
    the_duty(db)
    a_promise(db)
    worker = somebody(db, Role.YOUTH_VOICE)
    a_comment(db, until(db, worker, a_policy(db, worker)[0], PolicyStep.REVISION))
    row = db.scalars(sa.select(PolicyComment)).one()
    open_to_read(db, worker, row.entry_id)
    keep_entry(db, worker, row.entry_id, why="")

    def vary(chance: random.Random, name: str) -> Any:
        some = (Disposition.USED, Disposition.PARTLY)
        return chance.choice(some) if name == "disposition" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        settle_comment(db, worker, row.entry_id, reason="So.", **typed, opened=opened)

    names = ("disposition", "changed")
    return Open(of_row(row, *names), save, vary, names)
