"""The plan in pictures: each has its finding as the words of its chart, and its numbers."""

import pytest

from pages.promise.actions_pictures import gaps_finding, pictures
from tests.helpers.opening import OpenAs, drawn, heading, words

PAGE = "promise/actions.py"


@pytest.mark.usefixtures("council")
def test_each_picture_says_what_it_shows_and_has_its_table(open_as: OpenAs) -> None:
    for name, title in pictures().items():
        at = open_as("board.member", PAGE, show=name)

        assert not at.exception
        assert heading(at) == title
        [chart] = at.get("vega_lite_chart")
        assert chart.proto.alt
        assert chart.proto.alt in words(at)
        assert "<table" in drawn(at)


def test_the_finding_counts_on_how_many_both_sides_differ() -> None:
    assert gaps_finding(2, 0, 0).startswith("Young people and staff say the same of 2 commitments")
    assert "differ on 3. Staff rate none" in gaps_finding(9, 3, 0)
