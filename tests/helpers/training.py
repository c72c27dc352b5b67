"""A course and its dates, for tests of training."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.training import add_course, add_date
from coprod_data.permissions import Actor
from coprod_data.rules.training import CoursePlan, DatePlan
from coprod_data.vocabulary.training import TrainingLevel
from tests.helpers.builders import TODAY

WEEK = timedelta(days=7)
BASICS: dict[str, Any] = {
    "title": "Co-production: the basics",
    "level": TrainingLevel.STRATEGIC,
    "managers": True,
    "officers": True,
    "required": True,
    "refresh_months": 12,
}


def a_course(db: Session, keeper: Actor, **said: Any) -> int:
    return add_course(db, keeper, plan=CoursePlan(**{**BASICS, **said}))


def a_date(
    db: Session, keeper: Actor, course_id: int, held_on: date = TODAY + WEEK, **said: Any
) -> int:
    plan = DatePlan(**{"held_on": held_on, "places": 2, **said})
    return add_date(db, keeper, course_id, plan=plan)
