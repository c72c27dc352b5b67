"""A word on no list is named with the nearest listed words; nothing else about a code is told."""

import pytest

from coprod_data.rules.code_words import (
    is_one_short,
    nearest,
    put_apart,
    put_right,
    unknown_words,
)
from coprod_data.store.card_codes import LISTS, words

LENGTHS = list(LISTS)


def unknown(code: str) -> list[str]:
    return [word.typed for word in unknown_words(code, words, LENGTHS)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bananna", "banana"),
        ("bannana", "banana"),
        ("dolfin", "dolphin"),
        ("kamel", "camel"),
        ("elefant", "elephant"),
        ("kitchin", "kitchen"),
        ("tresure", "treasure"),
        ("pengwin", "penguin"),
    ],
)
def test_the_word_that_was_meant_is_among_the_nearest(typed: str, meant: str):
    assert meant in nearest(typed, words())


def test_words_of_the_list_are_never_named_whatever_code_they_make():
    assert unknown("acorn adventure alpaca zebra apple") == []
    assert unknown("afternoon clamshell kipper houseplant") == []


def test_the_number_of_words_says_which_list_is_asked():
    assert "clamshell" not in words()
    assert unknown("clamshell acorn alpaca zebra apple") == ["clamshell"]
    assert unknown("clamshell acorn") == []


def test_a_word_typed_twice_is_named_once():
    assert unknown("bananna acorn bananna zebra apple") == ["bananna"]


def test_a_long_text_is_not_looked_through():
    assert unknown("qqq " * 13) == []


@pytest.mark.parametrize(
    ("code", "typed", "instead", "right"),
    [
        ("Bananna acorn", "bananna", "banana", "banana acorn"),
        ("acorn-bananna-zebra", "bananna", "banana", "acorn-banana-zebra"),
        ("rain, bow acorn", "rain bow", "rainbow", "rainbow acorn"),
        ("acorn zebra", "corn", "banana", "acorn zebra"),
        ("acorn zebra", "", "banana", "acorn zebra"),
        ("acorn zebra", ".*", "banana", "acorn zebra"),
    ],
)
def test_one_word_is_put_right_and_the_rest_stays(code: str, typed: str, instead: str, right: str):
    assert put_right(code, typed, instead) == right


def test_a_code_typed_without_spaces_is_put_apart_and_one_word_too_few_is_told():
    code = " ".join(words()[7:200:40])

    assert put_apart(code.replace(" ", ""), words, LENGTHS) == code
    assert put_apart("nothinglisted", words, LENGTHS) == "nothinglisted"
    assert is_one_short(code.rpartition(" ")[0], words, LENGTHS)
    assert not is_one_short(code, words, LENGTHS)
    assert not is_one_short("a b c d", words, LENGTHS)
