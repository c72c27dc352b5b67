"""Gaps in a year of themed conversations, and run sheets as people write them."""

from datetime import date

import pytest

from coprod_data.permissions import Invalid
from coprod_data.rules.run_sheets import Step, lines_of, read_lines
from coprod_data.rules.session_year import Span, first_day, gap_in, last_day, months_of

MONTHS = months_of(date(2026, 9, 1))


def test_a_school_year_has_twelve_months_from_september_on():
    assert (MONTHS[0], MONTHS[4], MONTHS[-1]) == (
        date(2026, 9, 1),
        date(2027, 1, 1),
        date(2027, 8, 1),
    )
    assert (first_day(date(2026, 8, 31)), first_day(date(2026, 9, 1))) == (
        date(2025, 9, 1),
        date(2026, 9, 1),
    )
    assert last_day(MONTHS[0]) == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("days", "last_on", "gap"),
    [
        ([], None, Span(0, 12)),
        ([date(2026, 9, 4), date(2027, 3, 2)], None, None),
        ([date(2026, 9, 4), date(2027, 4, 2)], None, Span(1, 6)),
        ([date(2026, 9, 4)], None, Span(1, 11)),
        ([date(2026, 12, 1), date(2027, 6, 1)], date(2026, 5, 3), Span(0, 3)),
        ([date(2026, 12, 1), date(2027, 6, 1)], date(2026, 7, 3), None),
        ([date(2027, 2, 3)], date(2025, 12, 3), Span(0, 5)),
    ],
)
def test_half_a_year_without_a_conversation_is_a_gap(
    days: list[date], last_on: date | None, gap: Span | None
):
    assert gap_in(MONTHS, days, last_on) == gap


def test_lines_of_a_run_sheet_are_read_back_as_they_were():
    steps = [Step("09:05", "Hello"), Step("16:30", "Food", "For 24")]

    assert read_lines(lines_of(steps)) == steps
    assert read_lines("16.30 Food|For 24\n\n9:05   Hello") == steps
    with pytest.raises(Invalid) as refused:
        read_lines("16:30 Food\nthen we talk")
    assert "then we talk" in refused.value.sentence
