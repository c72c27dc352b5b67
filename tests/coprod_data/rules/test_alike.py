"""Texts that say nearly the same are found by their longer words."""

import pytest

from coprod_data.rules.alike import MOST, nearest


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("My taxi is late, I miss period one", "the taxi is ALWAYS late so i miss period one"),
        ("I want to see my brother more", "let me see my brother at weekends"),
        ("wifi is rubbish upstairs", "The wifi upstairs is rubbish!!"),
    ],
)  # fmt: skip
def test_the_same_wish_in_other_words_is_found(text: str, other: str):
    assert nearest(text, {1: "My keys came the day after I moved.", 2: other}) == [2]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The taxi is late", "I like my school and my teacher is nice"),
        ("Nobody asked me", "The food is cold"),
        ("???", "!!!"),
    ],
)
def test_different_wishes_are_not(text: str, other: str):
    assert nearest(text, {1: other}) == []


def test_the_nearest_comes_first_and_three_at_most():
    others = {number: "The bus was late " + "today " * number for number in range(1, 6)}
    others[9] = "The bus was late"

    found = nearest("the bus was late", others)

    assert len(found) == MOST
    assert found[0] == 9 or found[0] == 1
