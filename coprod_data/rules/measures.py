"""What a published figure says: how it reads, beside its target, and beside the one before."""

from coprod_data.rules.shares import is_private, of_permille
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.vocabulary.measures import Better, MeasureChange, MeasureUnit


def figure_words(value: int | None, unit: MeasureUnit) -> str:
    """Return a figure in tenths as people write it: 61.5%, 586, 27.1."""
    if value is None:
        return "hidden, because so few people are in it"
    number = f"{value / 10:,.1f}".removesuffix(".0")
    return f"{number}%" if unit is MeasureUnit.PERCENT else number


def must_hide(value: int, unit: MeasureUnit, base: int | None) -> bool:
    """Say whether a figure in tenths would tell of fewer than five young people."""
    if unit is MeasureUnit.PEOPLE:
        return 0 < value < SMALLEST * 10
    share = of_permille(value)
    return unit is MeasureUnit.PERCENT and share is not None and is_private(share, base)


def met(value: int | None, target: int | None, better: Better) -> bool | None:
    """Say whether a figure reaches its target; None where either is missing or no way is good."""
    if value is None or target is None or better is Better.NEITHER:
        return None
    return value >= target if better is Better.UP else value <= target


def changed(before: int | None, now: int | None, better: Better) -> MeasureChange:
    """Return what a figure says beside the one before; both are known, or it is not comparable."""
    if before is None or now is None:
        return MeasureChange.HIDDEN
    if before == now:
        return MeasureChange.SAME
    if better is Better.NEITHER:
        return MeasureChange.MOVED
    return MeasureChange.BETTER if (now > before) is (better is Better.UP) else MeasureChange.WORSE
