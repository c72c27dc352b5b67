"""Small numbers stay private: from how many people on one is shown, and what hides beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

SMALLEST = 5
SMALLEST_BASE = 10  # below it no share of it is shown
STEP = 5  # in which a number is told that changes from one day to the next

Name = TypeVar("Name")


def shown(number: int) -> int | None:
    """Return a number of people that may be shown, None for fewer than five, nobody included."""
    return number if number >= SMALLEST else None


def in_steps(number: int) -> int | None:
    """Return a number that changes by single people as it may be told beside others of the same
    people, or day after day: rounded down to whole fives, None for fewer.

    Of two such numbers the difference is known to less than five, so that neither the rest of a
    whole, nor who came since yesterday, follows as a number from one to four.
    """
    return number // STEP * STEP or None


def shown_beside(
    numbers: Mapping[Name, int], sets: Iterable[Sequence[Name]]
) -> dict[Name, int | None]:
    """Return which of these numbers may be shown.

    In each of the `sets`, which exclude each other, never just one is hidden: the least of the
    others goes with it, and looks the same. How many said nothing is told nowhere, so who knows how
    many were asked knows no sum of these numbers either.
    """
    told = {name: shown(number) for name, number in numbers.items()}
    for names in sets:
        left = [name for name in names if told[name] is not None]
        if left and len(left) == len(names) - 1:
            told[min(left, key=numbers.__getitem__)] = None
    return told


def sum_shown(numbers: Iterable[int | None]) -> int | None:
    """Return the sum of the numbers that are shown, None where none is.

    What is hidden is in no sum, so the difference of two sums tells nothing about it.
    """
    told = [number for number in numbers if number is not None]
    return sum(told) if told else None


def per_hundred(number: int | None, base: int | None) -> int | None:
    """Return a shown number per hundred of its base, None for a base under ten."""
    if number is None or base is None or base < SMALLEST_BASE:
        return None
    return round(100 * number / base)
