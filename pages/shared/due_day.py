"""The date of an action as it is typed, a day or a month: where one is proposed or changed."""

from datetime import date

from coprod_data.rules.typed_days import Meant, is_near, read_month
from coprod_data.vocabulary.actions import DueKind
from pages.parts.times import A_DAY, typed_day

BY_WHEN = f"By when, for example {A_DAY} or March 2027"


def typed_due(typed: str, kind: DueKind) -> tuple[date | None, DueKind]:
    """Return the day that was typed, or the last one of a month, and what kind of date it is.

    A month without a day is meant as that month. Raises Invalid.
    """
    month = read_month(typed)
    if month is None or not is_near(month):
        return typed_day(typed, "due_on", Meant.COMING), kind
    return month, DueKind.MONTH if kind is DueKind.DAY else kind
