"""Shares as people write them, which of them are private, and what two rounds say."""

from decimal import Decimal
from math import sqrt

import pytest

from coprod_data.permissions import Invalid
from coprod_data.rules.shares import is_private, of_permille, permille, read_share, whole
from coprod_data.rules.survey_changes import Measured, bounds, compare
from coprod_data.vocabulary.surveys import Change, FindingSide

GOOD, WORRY = FindingSide.GOOD, FindingSide.WORRY


@pytest.mark.parametrize(
    ("written", "percent"),
    [
        ("71", "71.0"), ("71%", "71.0"), ("71.4 %", "71.4"), ("70,5", "70.5"), ("100", "100.0"),
        ("half", "50.0"), ("one in three", "33.3"), ("two thirds", "66.7"), ("a quarter", "25.0"),
        ("three-quarters", "75.0"), ("3 in 10", "30.0"), ("7 out of 10", "70.0"),
        ("28 of 40", "70.0"), ("0", "0.0"),
    ],
)  # fmt: skip
def test_a_share_is_read_as_it_is_written(written: str, percent: str):
    share = read_share(written)

    assert (share.percent, share.doubt, share.hidden) == (Decimal(percent), "", False)


@pytest.mark.parametrize("written", ["c", "*", "<5", "fewer than 5", "..", "x", "-", "[c]", "n/a"])
def test_a_hidden_cell_stays_hidden(written: str):
    assert read_share(written).hidden


@pytest.mark.parametrize("written", ["0.71", "about half", "nearly two thirds", "over 1 in 3"])
def test_what_is_not_certain_is_asked_about(written: str):
    assert read_share(written).doubt.endswith("?")


@pytest.mark.parametrize("written", ["", "101", "-3", "nan", "many", "12 of 3", "5 of 0", "1e9"])
def test_what_is_no_share_is_refused(written: str):
    with pytest.raises(Invalid):
        read_share(written)


def test_a_count_of_how_many_is_the_base_too():
    assert read_share("28 of 40").base == 40
    assert read_share("7 in 10").base is None


@pytest.mark.parametrize(
    ("percent", "base", "private"),
    [
        (50, 9, True), (50, 10, False), (40, 10, True), (0, 19, True), (0, 20, False),
        (100, 19, True), (100, 20, False), (97, 100, True), (95, 100, False), (3, 100, True),
        (5, 100, False), (50, None, False),
    ],
)  # fmt: skip
def test_a_share_that_tells_of_fewer_than_five_is_private(
    percent: int, base: int | None, private: bool
):
    assert is_private(Decimal(percent), base) is private


def test_a_share_is_kept_in_tenths_and_shown_whole_with_halves_up():
    assert permille(Decimal("33.3")) == 333
    assert of_permille(335) == Decimal("33.5")
    assert [whole(Decimal(one)) for one in ("33.4", "33.5", "34.5")] == [33, 34, 35]
    assert permille(None) is of_permille(None) is None


def newcombe(said: int, of: int, then: int, then_of: int) -> tuple[float, float]:
    """The same interval worked out from its published formula."""
    z = 1.959963984540054

    def score(k: int, n: int) -> tuple[float, float, float]:
        p = k / n
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return p, (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)

    p1, l1, u1 = score(said, of)
    p2, l2, u2 = score(then, then_of)
    low = p2 - p1 - sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2)
    return low * 100, (p2 - p1 + sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2)) * 100


@pytest.mark.parametrize("counts", [(84, 118, 111, 132), (56, 70, 48, 80), (9, 10, 3, 10)])
def test_the_interval_of_a_change_equals_its_published_formula(counts: tuple[int, ...]):
    said, of, then, then_of = counts
    before = Measured(Decimal(said) * 100 / of, of)
    now = Measured(Decimal(then) * 100 / then_of, then_of)

    assert bounds(before, now) == pytest.approx(newcombe(said, of, then, then_of), abs=1e-9)


def test_the_example_of_the_paper_on_the_method():
    low, high = bounds(Measured(Decimal(60), 80), Measured(Decimal(80), 70))

    assert (round(low, 1), round(high, 1)) == (5.2, 33.4)  # 56/70 and 48/80: Newcombe 1998, (a)


@pytest.mark.parametrize(
    ("before", "now", "side", "reworded", "change"),
    [
        ((71, 118), (84, 132), GOOD, False, Change.BETTER),
        ((71, 118), (84, 132), WORRY, False, Change.WORSE),
        ((84, 132), (71, 118), GOOD, False, Change.WORSE),
        ((84, 118), (87, 132), GOOD, False, Change.TOO_FEW),
        ((71, 118), (84, 132), GOOD, True, Change.REWORDED),
        ((None, 118), (84, 132), GOOD, False, Change.HIDDEN),
        ((20, 9), (90, 132), GOOD, False, Change.HIDDEN),
        ((20, None), (90, 132), GOOD, False, Change.HIDDEN),
    ],
)
def test_a_change_is_called_one_only_where_it_is_no_accident(before, now, side, reworded, change):
    first, last = (Measured(p if p is None else Decimal(p), n) for p, n in (before, now))

    assert compare(first, last, side, reworded=reworded).change is change
