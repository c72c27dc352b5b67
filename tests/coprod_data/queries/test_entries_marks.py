"""A mark stands for an entry in an address and tells nothing of its number."""

from sqlalchemy.orm import Session

from coprod_data.permissions import Role
from coprod_data.queries.entries_marks import entry_of_mark, mark_of_entry
from coprod_data.queries.events import mark_of
from tests.helpers.builders import somebody


def test_a_mark_tells_no_number_and_nothing_else_is_one(db: Session):
    member, worker = somebody(db, Role.BOARD_MEMBER), somebody(db, Role.YOUTH_VOICE)
    numbers = [1, 2, 2, 1_000_000]

    marks = [mark_of_entry(db, member, number) for number in numbers]

    assert [entry_of_mark(db, member, mark) for mark in marks] == numbers
    assert len(set(marks)) == 4  # nobody can compare two
    assert len({len(mark) for mark in marks}) == 1
    others = ["", "12", "x" * 100, marks[0][:-4], mark_of(db, worker, 12), "\u0661"]
    assert [entry_of_mark(db, member, typed) for typed in others] == [None] * 6
