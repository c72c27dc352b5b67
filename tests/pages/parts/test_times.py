"""Days as people type them: in words or in numbers, the day before the month."""

from datetime import date

import pytest

from coprod_data.permissions import Invalid
from pages.parts.times import A_DAY, on, typed_day


@pytest.mark.parametrize(
    "typed",
    [
        "3 December 2026",
        " 3  december, 2026 ",
        "3 Dec 2026",
        "3/12/2026",
        "03.12.2026",
        "2026-12-03",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed: str):
    assert typed_day(typed, "day") == date(2026, 12, 3)


def test_what_a_box_holds_beforehand_is_read_again():
    for day in (date(2026, 1, 31), date(2024, 2, 29)):
        assert typed_day(on(day), "day") == day
    assert typed_day(A_DAY, "day") == date(2026, 12, 3)


@pytest.mark.parametrize("typed", ["soon", "31 June 2026", "12/13/2026", "3 December", "3/12/26"])
def test_anything_else_is_a_sentence_beside_its_box(typed: str):
    with pytest.raises(Invalid, match="Write the date like this: 3 December 2026.") as refused:
        typed_day(typed, "due_on")

    assert refused.value.field == "due_on"


def test_a_year_of_no_plan_is_a_slip_of_the_hand():
    with pytest.raises(Invalid, match="Check the year 206"):
        typed_day("3 December 0206", "due_on")


def test_an_empty_box_is_no_day():
    assert typed_day("  ", "day") is None
