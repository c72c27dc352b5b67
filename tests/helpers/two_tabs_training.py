"""Forms of training, as two people have them open."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.training import change_course, change_date
from coprod_data.commands.training_places import book_place, record_attendance
from coprod_data.models import Booking, Course, CourseDate
from coprod_data.permissions import Role
from coprod_data.rules.training import CoursePlan, DatePlan
from coprod_data.vocabulary.training import BookingState, TrainingLevel
from tests.helpers.builders import TODAY, somebody
from tests.helpers.training import a_course, a_date
from tests.helpers.two_tabs import Open, Values, of_row, word

FLAGS = ("officers", "required", "with_young")


def a_training_course(db: Session) -> Open:
    keeper = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(Course, a_course(db, keeper))
    names = ("title", "aims", "level", "refresh_months", *FLAGS)

    def vary(chance: random.Random, name: str) -> Any:
        if name in FLAGS:
            return chance.random() < 0.5
        if name == "level":
            return chance.choice([*TrainingLevel])
        return chance.choice([None, 6, 12]) if name == "refresh_months" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        plan = CoursePlan(**{**CoursePlan.of(row).values, **typed})
        change_course(db, keeper, row.id, plan=plan, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def a_training_date(db: Session) -> Open:
    keeper = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(CourseDate, a_date(db, keeper, a_course(db, keeper)))
    names = ("held_on", "places", "place")

    def vary(chance: random.Random, name: str) -> Any:
        if name == "held_on":
            return TODAY + timedelta(days=chance.randrange(1, 9))
        return chance.randrange(1, 9) if name == "places" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        plan = DatePlan(**{**DatePlan.of(row).values, **typed})
        change_date(db, keeper, row.id, plan=plan, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def who_was_trained(db: Session) -> Open:
    keeper = somebody(db, Role.YOUTH_VOICE)
    number = a_date(db, keeper, a_course(db, keeper), TODAY, places=5)
    people = [somebody(db, Role.MANAGER) for _ in range(3)]
    names = tuple(book_place(db, keeper, number, person_id=one.id) for one in people)

    def read() -> Values:
        return {one: db.get_one(Booking, one).state is BookingState.CAME for one in names}

    def save(typed: Values, opened: Values) -> None:
        record_attendance(db, keeper, number, came={**read(), **typed}, opened=opened)

    return Open(read, save, lambda chance, _: chance.random() < 0.5, names)
