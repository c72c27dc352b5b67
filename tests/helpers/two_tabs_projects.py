"""A project, its plan and a recruitment, as two people have them open in their forms."""

import random
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.projects import (
    InvolvementPlan,
    change_project,
    finish_project,
    plan_involvement,
    start_project,
)
from coprod_data.commands.recruitment import change_recruitment
from coprod_data.models import Project, Recruitment
from coprod_data.permissions import Role
from tests.helpers.builders import TODAY, somebody
from tests.helpers.projects import AGREED, a_project, a_recruitment
from tests.helpers.two_tabs import Open, Values, of_row, word


def a_project_said(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number, first = a_project(db, worker)

    def save(typed: Values, opened: Values) -> None:
        change_project(db, worker, number, replace(first, **typed), opened=opened)

    names = ("title", "about")
    return Open(of_row(db.get_one(Project, number), *names), save, word, names)


def an_involvement_plan(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number, _ = a_project(db, worker)
    plan_involvement(db, worker, number, AGREED)
    names = ("at_start", "in_middle", "at_end", "agreed_with")

    def save(typed: Values, opened: Values) -> None:
        plan = InvolvementPlan(**typed, agreed_by_id=worker.id, agreed_on=TODAY)
        plan_involvement(db, worker, number, plan, opened=opened)

    return Open(of_row(db.get_one(Project, number), *names), save, word, names)


def what_it_changed(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number, _ = a_project(db, worker)
    plan_involvement(db, worker, number, AGREED)
    start_project(db, worker, number)

    def save(typed: Values, opened: Values) -> None:
        finish_project(db, worker, number, **typed, opened=opened)

    names = ("what_changed",)
    return Open(of_row(db.get_one(Project, number), *names), save, word, names)


def a_panel(db: Session) -> Open:
    worker = somebody(db, Role.YOUTH_VOICE)
    number, first = a_recruitment(db, worker)
    names = ("post", "parents", "asked", "thanked")

    def vary(chance: random.Random, name: str) -> Any:
        return chance.randrange(9) if name == "parents" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        change_recruitment(db, worker, number, replace(first, **typed), opened=opened)

    return Open(of_row(db.get_one(Recruitment, number), *names), save, vary, names)
