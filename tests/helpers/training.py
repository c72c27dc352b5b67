"""A course and its dates, for tests of training."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.training import add_course, add_date
from coprod_data.commands.training_places import record_attendance
from coprod_data.permissions import Actor
from coprod_data.queries.training_people import bookings_of_date
from coprod_data.rules.training import CoursePlan, DatePlan
from coprod_data.vocabulary.training import TrainingLevel
from tests.helpers.builders import NOW, TODAY

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


def at(actor: Actor, days: int) -> Actor:
    """Somebody, so many days later."""
    later = NOW + timedelta(days=days)
    return replace(actor, at=later, recorded_at=later)


def everybody_came(db: Session, keeper: Actor, date_id: int, **said: Any) -> None:
    placed = [one.id for one in bookings_of_date(db, keeper, date_id) if not one.waits_as]
    record_attendance(db, keeper, date_id, came=dict.fromkeys(placed, True), **said)
