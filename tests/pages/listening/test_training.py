"""Training on screen: what one owes, one's team, booking, who came; as each role."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from coprod_data.models import Booking, Course, CourseDate
from coprod_data.queries.training import DateRow, course_dates
from coprod_data.store.actors import BySession, System
from coprod_data.store.database import Database
from coprod_data.vocabulary.training import BookingState
from tests.helpers.opening import OpenAs, heading, menu, session_of, words

PAGE = "listening/training.py"
BASICS = "Co-production: the basics"
OUR_TURN = "Our turn: co-production for young people"
PARENTS = "Working with parents and carers"


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [button for button in at.button if button.label == label]
    return button.click().run()


def dates(council: Database, username: str, title: str) -> list[DateRow]:
    with council.reading(System()) as (db, _):
        number = db.scalar(sa.select(Course.id).where(Course.title == title)) or 0
    with council.reading(BySession(session_of(username))) as (db, actor):
        return course_dates(db, actor, number)


def test_a_manager_reads_at_once_who_is_not_trained_and_what_they_owe(
    council: Database, open_as: OpenAs
):
    at = open_as("manager", PAGE)

    said = words(at)
    assert heading(at) == "Training"
    assert "of 12 in your team have training to do" in said
    assert "You owe Person-centred planning" in said
    assert "Vicky Amos" in said
    assert "Add a course" not in [one.label for one in at.expander]
    assert council


@pytest.mark.parametrize("username", ["board.member", "chair", "administrator", "clerk"])
def test_others_read_how_many_and_no_name_of_a_team(
    council: Database,  # noqa: ARG001 - the demo council it reads
    open_as: OpenAs,
    username: str,
):
    said = words(open_as(username, PAGE))

    assert "How many are trained in what has to be done" in said
    assert "kept private" in said
    assert "Vicky Amos" not in said


def test_a_young_person_sees_courses_for_them_and_books_and_gives_back(
    council: Database, open_as: OpenAs
):
    at = open_as("young.person", PAGE)
    assert "Training" in menu(at)
    assert OUR_TURN in words(at)
    assert BASICS not in words(at)
    assert "In role" not in words(at)
    coming = next(row for row in dates(council, "young.person", OUR_TURN) if not row.past)

    at = press(open_as("young.person", PAGE, date=str(coming.id)), "Book a place for me")
    assert "You have a place" in words(at)
    assert "Who is booked" not in words(at)
    press(at, "Give my place back")

    row = next(row for row in dates(council, "young.person", OUR_TURN) if row.id == coming.id)
    assert (row.booking_id, row.taken) == (None, None)


def test_on_a_full_date_one_waits_and_reads_the_number(council: Database, open_as: OpenAs):
    full = next(row for row in dates(council, "anita.rao", BASICS) if not row.past)
    assert full.full

    at = press(open_as("anita.rao", PAGE, date=str(full.id)), "Go on the waiting list")

    assert f"You are number {(full.waiting or 0) + 1} on the waiting list" in words(at)


def test_a_keeper_records_who_came_and_only_they_are_trained(council: Database, open_as: OpenAs):
    past = next(row for row in dates(council, "youth.voice", PARENTS) if row.past)
    at = open_as("youth.voice", PAGE, date=str(past.id))
    first, *_ = at.checkbox
    first.check()
    press(at, "Save who came")

    with council.reading(System()) as (db, _):
        states = db.scalars(sa.select(Booking.state).where(Booking.date_id == past.id))
        assert sorted(states) == [
            BookingState.CAME,
            *[BookingState.MISSED] * ((past.taken or 0) - 1),
        ]
        assert db.get_one(CourseDate, past.id).recorded_at


def test_a_manager_books_one_of_their_team_and_sees_only_them(council: Database, open_as: OpenAs):
    coming = next(row for row in dates(council, "manager", "Person-centred planning"))
    at = open_as("manager", PAGE, date=str(coming.id))
    assert "Who of your team is booked" in words(at)
    (box,) = [one for one in at.selectbox if one.label == "Who"]
    box.select(next(one for one in box.options if "Vicky Amos" in one))
    at = press(at, "Book a place")

    assert "Vicky Amos" in words(at)
    assert "Save who came" not in labels(at)


def test_a_course_without_a_name_is_refused_beside_what_was_typed(
    council: Database,  # noqa: ARG001
    open_as: OpenAs,
):
    at = open_as("administrator", PAGE)
    (aims,) = [one for one in at.text_area if one.label == "What young people expect of it"]
    aims.input("Ask us first")
    at = press(at, "Add this course")

    assert "Give the course a name." in words(at)
    assert "Ask us first" in [one.value for one in at.text_area]


def test_the_audit_of_a_service_says_how_many_of_its_staff_are_trained(
    council: Database, open_as: OpenAs
):
    said = words(open_as("chair", "listening/audits.py", **{"return": "10"}))
    assert "How many of its staff are trained" in said
    number = dates(council, "chair", BASICS)[0].course_id
    assert "Audit: standards established" in words(open_as("chair", PAGE, id=str(number)))
    assert "5 of 11" in words(open_as("chair", PAGE, id=str(number)))
