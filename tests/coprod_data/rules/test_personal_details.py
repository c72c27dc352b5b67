"""Possible personal details are pointed out; what is missed is known and stated."""

import pytest

from coprod_data.rules.personal_details import possible_details

FOUND = [
    ("Ring me on 07700 900123 please", "07700 900123"),
    ("my number is 01632960999", "01632960999"),
    ("+44 7700 900123", "+44 7700 900123"),
    ("write to kit.b@example.org", "kit.b@example.org"),
    ("add me @kitty_99 lol", "@kitty_99"),
    ("I live at 12 Acacia Avenue now", "12 Acacia Avenue"),
    ("it is 3b Old Mill Lane", "3b Old Mill Lane"),
    ("my postcode is ZZ9 9ZZ", "ZZ9 9ZZ"),
    ("born 03/04/2011", "03/04/2011"),
    ("Ms Begum never rings", "Ms Begum"),
    ("Dr. O'Neill said no", "Dr. O'Neill"),
    ("at Hill Top Primary they know", "Hill Top Primary"),
    ("everyone at Westmarch Academy", "Westmarch Academy"),
]
MISSED = ["Dave lost my box", "my friend karen smith", "the boy with three sisters in Form 4"]


@pytest.mark.parametrize(("text", "detail"), FOUND)
def test_details_are_pointed_out(text: str, detail: str):
    assert possible_details(text) == [detail]


@pytest.mark.parametrize("text", MISSED)
def test_plain_names_and_stories_are_missed_so_a_clean_result_proves_nothing(text: str):
    assert possible_details(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I waited 3 times and 45 days", "It costs £1,146", "see you at 10:30", "on 12 May",
        "I am 13 and I like A4 paper", "what a mess @ home", "[Ms Begum] never rings",
        "I want to go to college",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str):
    assert possible_details(text) == []


def test_each_detail_is_named_once_in_the_order_of_the_text():
    text = "Ms Begum told Mr Ali. Ms Begum has 07700 900123."

    assert possible_details(text) == ["Ms Begum", "Mr Ali", "07700 900123"]
