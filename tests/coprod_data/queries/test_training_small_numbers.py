"""Of young people in training nobody finds a number from one to four: not by subtracting, by
comparing two days, or by filling places.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.training_places import book_place
from coprod_data.files.exports import export
from coprod_data.permissions import Actor, Permission, Role
from coprod_data.queries.training import course_date, course_dates, courses
from coprod_data.queries.training_coverage import coverage
from coprod_data.queries.training_people import bookings_of_date
from coprod_data.rules.small_numbers import in_steps
from tests.helpers.builders import somebody
from tests.helpers.training import a_course, a_date, at, everybody_came

READERS = [
    role
    for role in Role
    if role in Permission.TRAINING_COVERAGE.holders and role not in Permission.TRAINING_KEEP.holders
]
OF_YOUNG = {"managers": False, "officers": False, "young": True, "required": False}


def told(db: Session, day: int, course_id: int) -> list[Any]:
    """All that those read of a course and its dates who do not keep training, on this day."""
    found: list[Any] = []
    for role in READERS:
        reader = at(somebody(db, role, name="The reader"), day)
        found += [coverage(db, reader), coverage(db, reader, course_id=course_id)]
        found += [courses(db, reader), course_dates(db, reader, course_id)]
        found += [export(db, reader, sheet, {}) for sheet in ("training", "courses")]
    return found


def test_a_solver_with_two_days_finds_no_number_between_one_and_four():
    """It knows all that is told of two days: who wants to, who is trained, who of these has SEND;
    and that the last are among the second, and these among the first.
    """
    days = [
        (whole, done, send)
        for whole, done, send in product(range(16), repeat=3)
        if send <= done <= whole
    ]
    possible: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in days:
        possible[tuple(map(in_steps, numbers))].append(numbers)
    for of_a_day in possible.values():
        sums = [
            (whole, done, send, whole - done, done - send, whole - send)
            for whole, done, send in of_a_day
        ]
        for values in map(set, zip(*sums, strict=True)):
            assert len(values) > 1 or not 1 <= min(values) <= 4
    for one, other in product(possible.values(), repeat=2):
        for which in range(3):
            apart = {abs(a[which] - b[which]) for a, b in product(one[::3], other[::3])}
            assert len(apart) > 1 or not 1 <= min(apart) <= 4


@pytest.mark.parametrize("whole", [5, 9, 11])
def test_who_is_not_trained_and_who_has_no_send_follows_from_nothing_that_is_told(
    db: Session, worker: Actor, whole: int
):
    """Each more of them up to the next whole five changes nothing, of one day or the next."""
    course_id = a_course(db, worker, title="Our turn", **OF_YOUNG)
    held, later = a_date(db, worker, course_id, places=10), at(worker, 8)
    for _ in range(5):
        book_place(db, worker, held)
    everybody_came(db, later, held, send_came=5)
    next_one = a_date(db, later, course_id, later.at.date(), places=30)
    for _ in range(whole - 5):
        book_place(db, later, next_one)
    before = told(db, 8, course_id), told(db, 9, course_id)
    young, send = (
        row for row in coverage(db, later, course_id=course_id) if row.who.startswith("Young")
    )
    assert (young.base, young.trained, send.trained) == (whole // 5 * 5, 5, 5)
    assert young.per_hundred is send.per_hundred is None
    for _ in range(4 - whole % 5):
        book_place(db, later, next_one)
        assert (told(db, 8, course_id), told(db, 9, course_id)) == before
    placed = bookings_of_date(db, later, next_one)
    assert len(placed) == whole - 5 + 4 - whole % 5


def test_of_one_to_four_young_people_who_want_to_nothing_looks_different_from_none(
    db: Session, worker: Actor
):
    course_id = a_course(db, worker, title="Our turn", **OF_YOUNG)
    held, later = a_date(db, worker, course_id, places=12), at(worker, 8)
    booked = told(db, 0, course_id)
    for _ in range(4):
        book_place(db, worker, held)
        assert told(db, 0, course_id) == booked
    none = [row for row in told(db, 8, course_id) if "recorded" not in str(row)]
    everybody_came(db, later, held, send_came=4)
    assert [row for row in told(db, 8, course_id) if "recorded" not in str(row)] == none


def test_no_date_tells_how_many_young_people_have_a_place_or_wait_before_one(
    db: Session, worker: Actor
):
    course_id = a_course(db, worker, title="Our turn", **OF_YOUNG)
    few, many = (a_date(db, worker, course_id, places=places) for places in (3, 5))
    jay = somebody(db, Role.YOUNG_PERSON)
    reader = somebody(db, Role.MANAGER)
    for _ in range(3):
        assert course_date(db, reader, few).full is course_date(db, jay, few).full is None
        book_place(db, worker, few)
    assert course_date(db, reader, few).full is course_date(db, jay, few).full is None
    for _ in range(5):
        assert course_date(db, jay, many).full is False
        book_place(db, worker, many)
    assert course_date(db, jay, many).full is True
    assert course_date(db, worker, few).full is True  # who keeps training counts by name
    book_place(db, worker, many)
    book_place(db, jay, many, person_id=jay.id)
    row = course_date(db, jay, many)
    assert (row.placed, row.waits_as, row.taken, row.waiting) == (False, 0, None, None)
    assert course_date(db, replace(worker, person_id=jay.id), many).waits_as == 2
