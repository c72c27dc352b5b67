"""Weighed words move an entry up where no phrase does: they name no reason and no length counts."""

import pytest

from coprod_data.rules.word_files import sections_of
from coprod_data.rules.word_flags import Flags, flags_in
from coprod_data.rules.word_weights import weight_of

GRAVE = "he said something to her and now she wont come out"  # no phrase is in it
HARMLESS = "We had pizza at the meeting. "
WEIGHTS = {"gun": 2.0, "wifi": -2.0, "him": 1.0}


def test_words_together_ask_for_care_without_a_reason():
    assert flags_in(GRAVE) == Flags([], [], read_with_care=True)
    assert flags_in(GRAVE)
    assert flags_in("It is fine", GRAVE).read_with_care
    assert flags_in(f"{HARMLESS}{GRAVE}. {HARMLESS}").read_with_care


def test_slips_and_signs_weigh_as_the_words_they_are():
    assert flags_in("HE SAID S0METHING to HER & now she w0nt come out").read_with_care


@pytest.mark.parametrize("text", ["", "...", "The wifi is slow", HARMLESS, HARMLESS * 20])
def test_what_is_harmless_asks_for_no_care(text: str):
    assert not flags_in(text)


def test_a_phrase_that_is_found_says_more_and_is_enough():
    for text in ("he hits me", "The shouting is loud"):
        assert flags_in(text)
        assert not flags_in(f"{text}. {GRAVE}").read_with_care


@pytest.mark.parametrize("text", ["he estado en casa pero no he comido", "Він щось зробив. he"])
def test_other_languages_are_not_weighed_as_if_they_were_english(text: str):
    assert not flags_in(text)


def test_a_text_does_not_weigh_more_for_its_length():
    sentence = ["him", "with", "a", "gun", "|"]

    assert weight_of(sentence, WEIGHTS) == 3.0
    assert weight_of(sentence * 50, WEIGHTS) == pytest.approx(3.0)
    assert weight_of([*sentence, *["the", "wifi", "|"]], WEIGHTS) < 3.0
    assert weight_of(["him", *["word"] * 40, "gun"], WEIGHTS) < weight_of(["gun"], WEIGHTS)
    assert weight_of([], WEIGHTS) == 0.0


def test_the_list_holds_words_that_weigh_something():
    words = [line.split(" = ") for line in sections_of("weights")["weights"]]

    assert [word for word, _ in words] == sorted({word for word, _ in words})
    assert all(word.isascii() and float(weight) for word, weight in words)
