"""Rows of the sheet about training, as commands."""

from coprod_data.commands.training import add_course, add_date
from coprod_data.commands.training_places import (
    add_learner,
    book_place,
    end_learner,
    give_place_back,
    record_attendance,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_council import Council, Steps
from coprod_data.models import Booking, CourseDate
from coprod_data.permissions import Actor
from coprod_data.rules.training import CoursePlan, DatePlan
from coprod_data.vocabulary.training import Audience, BookingState

FLAGS = ("required", "with_young", "accessible")
YOUNG = "a young person"  # in `who`, without an account


def _course(council: Council, actor: Actor, row: Row) -> None:
    plan = CoursePlan(
        title=row["course"],
        level=row["level"],
        aims=row["aims"] or "",
        refresh_months=row["refresh"],
        **dict.fromkeys(map(Audience, row["for"] or ()), True),
        **{name: bool(row[name]) for name in FLAGS},
    )
    council.name("course", row["course"], add_course(council.db, actor, plan=plan))


def _date(council: Council, actor: Actor, row: Row) -> None:
    plan = DatePlan(
        held_on=row["day"],
        begins=row["begins"] or "",
        ends=row["ends"] or "",
        places=row["places"],
        venue_id=council.number(row, "venue") if row["venue"] else None,
        place=row["place"] or "",
    )
    date_id = add_date(council.db, actor, council.number(row, "course"), plan=plan)
    council.name("course date", f"{row['course']} / {row['day']}", date_id)


def _learners(council: Council, actor: Actor, row: Row) -> None:
    service_id = council.number(row, "service") if row["service"] else None
    for name in row["who"] or ():
        [audience] = map(Audience, row["for"] or ())
        number = add_learner(
            council.db, actor, name=name, audience=audience, service_id=service_id
        )  # fmt: skip
        council.name("learner", name, number)


def _book(council: Council, actor: Actor, row: Row) -> None:
    for name in row["who"] or ():
        book_place(council.db, actor, _number(council, row), **_person(council, row, name))


def _give_back(council: Council, actor: Actor, row: Row) -> None:
    for name in row["who"] or ():
        which = _person(council, row, name)
        booked = council.db.query(Booking).filter_by(date_id=_number(council, row), **which)
        give_place_back(council.db, actor, booked.one().id)


def _came(council: Council, actor: Actor, row: Row) -> None:
    """Record that everybody who had a place came, but for those in `who`."""
    date = council.db.get_one(CourseDate, _number(council, row))
    missed = [_person(council, row, name) for name in row["who"] or ()]
    live = council.db.query(Booking).filter(
        Booking.date_id == date.id, Booking.state != BookingState.CANCELLED
    )
    came = {
        one.id: {"person_id": one.person_id, "learner_id": one.learner_id} not in missed
        for one in live.order_by(Booking.turn).limit(date.places)
    }
    record_attendance(council.db, actor, date.id, came=came, send_came=row["send"])


def _left(council: Council, actor: Actor, row: Row) -> None:
    for name in row["who"] or ():
        end_learner(council.db, actor, council.number_of(row, "who", "learner", name))


def _number(council: Council, row: Row) -> int:
    return council.number_of(row, "day", "course date", f"{row['course']} / {row['day']}")


def _person(council: Council, row: Row, name: str) -> dict[str, int | None]:
    if name == YOUNG:
        return {"person_id": None, "learner_id": None}
    if ("learner", name) in council.numbers:
        return {"person_id": None, "learner_id": council.numbers["learner", name]}
    return {"person_id": council.number_of(row, "who", "person", name), "learner_id": None}


STEPS: Steps = {
    ("training", "course"): _course,
    ("training", "date"): _date,
    ("training", "learners"): _learners,
    ("training", "book"): _book,
    ("training", "give back"): _give_back,
    ("training", "came"): _came,
    ("training", "left"): _left,
}
