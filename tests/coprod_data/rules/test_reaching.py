"""What is enough to reach somebody, by our rule and by the pattern of the box in a browser."""

import pytest

from coprod_data.rules.reaching import has_whole_number, is_a_name, too_few_digits


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("07700 900123", True),
        ("+44 (0)7700 900-123", True),
        ("07700 900123, not after 6pm", True),
        ("07700 900123 or 01632 960001", True),
        ("mum: 7700900123", True),
        ("07700 90", False),
        ("07700 or 900123", False),
        ("ask my mum", False),
    ],
)
def test_any_text_with_one_whole_number_in_it_is_enough(text: str, whole: bool):
    assert has_whole_number(text) is whole


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Oak School, Friday", True),
        ("St Mary's", True),
        ("Школа, Friday", True),
        ("Sam", True),
        ("Friday", False),
        ("every Mon and THURS after school", False),
        ("my school on Tuesday at 3pm", False),
        ("", False),
    ],
)
def test_a_day_names_no_school(text: str, named: bool):
    assert is_a_name(text) is named


def test_part_of_a_number_is_too_short_and_words_beside_it_may_help():
    assert too_few_digits("07700 90")
    assert not too_few_digits("room 4, Oak House")
