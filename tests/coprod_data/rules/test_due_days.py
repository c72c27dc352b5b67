"""One sentence for one date, and a date given as a month is late once the month has ended."""

from datetime import date

import pytest

from coprod_data.rules.due_days import days_to, due_says, last_day
from coprod_data.rules.typed_days import read_month
from coprod_data.vocabulary.actions import DueKind

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("due_on", "says"),
    [
        (date(2026, 2, 24), "8 days late"),
        (date(2026, 3, 3), "1 day late"),
        (TODAY, "due today"),
        (date(2026, 3, 5), "due in 1 day"),
        (date(2026, 3, 7), "due in 3 days"),
        (None, ""),
    ],
)
def test_a_date_is_told_in_one_way(due_on: date | None, says: str):
    assert due_says(days_to(due_on, TODAY)) == says


@pytest.mark.parametrize(
    ("typed", "kind", "late_after"),
    [
        (date(2026, 12, 1), DueKind.MONTH, date(2026, 12, 31)),
        (date(2026, 11, 30), DueKind.MONTH, date(2026, 11, 30)),
        (date(2028, 2, 1), DueKind.QUARTER, date(2028, 2, 29)),
        (date(2026, 12, 1), DueKind.DAY, date(2026, 12, 1)),
        (date(2026, 12, 1), DueKind.ONGOING, date(2026, 12, 1)),
        (None, DueKind.MONTH, None),
    ],
)
def test_in_that_month_is_until_its_last_day(
    typed: date | None, kind: DueKind, late_after: date | None
):
    assert last_day(typed, kind) == late_after


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("March 2027", date(2027, 3, 31)),
        ("feb 2028", date(2028, 2, 29)),
        ("Sept 2027", date(2027, 9, 30)),
        (" 03/2027 ", date(2027, 3, 31)),
        ("2027-03", date(2027, 3, 31)),
        ("3 March 2027", None),
        ("March", None),
        ("13/2027", None),
        ("", None),
    ],
)
def test_a_month_without_a_day_is_read_as_its_last_day(typed: str, last: date | None):
    assert read_month(typed) == last
