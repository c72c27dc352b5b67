"""What two rounds of a survey say about one share: better, worse, or too few to say.

The difference of two shares has an interval by Newcombe's method (score intervals of Wilson for
each share, 95 %: Statistics in Medicine 17, 1998, method 10). Only where it leaves out zero is it
called a change. Points are counted between the whole numbers that are shown.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from coprod_data.rules.shares import SMALLEST_BASE, whole
from coprod_data.vocabulary.surveys import Change, FindingSide

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Measured:
    """A share in percent, None where it is hidden, and how many answered, None if not known."""

    percent: Decimal | None
    base: int | None


@dataclass(frozen=True)
class Compared:
    """The change between two rounds, in points as shown; `low` and `high` bound it, in points."""

    change: Change
    points: int | None = None
    low: float | None = None
    high: float | None = None


def compare(before: Measured, now: Measured, side: FindingSide, *, reworded: bool) -> Compared:
    """Return what two rounds say. More of a worry is worse."""
    if reworded:
        return Compared(Change.REWORDED)
    if before.percent is None or now.percent is None:
        return Compared(Change.HIDDEN)
    points = whole(now.percent) - whole(before.percent)
    if before.base is None or now.base is None or min(before.base, now.base) < SMALLEST_BASE:
        return Compared(Change.HIDDEN)
    low, high = bounds(before, now)
    if low <= 0 <= high or points == 0:
        return Compared(Change.TOO_FEW, points, low, high)
    grew = points > 0
    better = grew is (side is FindingSide.GOOD)
    return Compared(Change.BETTER if better else Change.WORSE, points, low, high)


def bounds(before: Measured, now: Measured) -> tuple[float, float]:
    """Return the interval of the difference `now` minus `before`, in points."""
    (first, first_low, first_high), (last, last_low, last_high) = _score(before), _score(now)
    difference = last - first
    low = difference - sqrt((last - last_low) ** 2 + (first_high - first) ** 2)
    high = difference + sqrt((last_high - last) ** 2 + (first - first_low) ** 2)
    return low * 100, high * 100


def _score(one: Measured) -> tuple[float, float, float]:
    """Return a share and its interval by Wilson."""
    from scipy.stats import binomtest  # here, because it takes half a second to load

    if one.percent is None or one.base is None:
        raise ValueError("A share without its number of people has no interval.")
    said = round(one.percent * one.base / 100)
    interval = binomtest(said, one.base).proportion_ci(CONFIDENCE, method="wilson")
    return said / one.base, interval.low, interval.high
