"""Typed text is cleaned, kept complete, and refused with a count when it is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_data.permissions import Invalid
from coprod_data.rules.texts import (
    LONGEST,
    clean,
    is_blank,
    optional_text,
    required_line,
    required_text,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  cold room \n", "cold room"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc[31m"),
        ("abc\u202edcba\u202c \u2066x\u2069", "abcdcba x"),
        ("half \ud800 a letter", "half  a letter"),
        ("👩‍👧 Żółw ﷽ नमस्ते", "👩‍👧 Żółw ﷽ नमस्ते"),
        ("e\u0301", "é"),
        ("<b>bold</b> {{ 7*7 }} =1+1", "<b>bold</b> {{ 7*7 }} =1+1"),
    ],
)
def test_what_is_kept_of_what_was_typed(typed: str, kept: str):
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_and_what_is_left_can_be_stored(typed: str):
    kept = clean(typed)

    assert clean(kept) == kept
    assert "\x00" not in kept
    kept.encode("utf-8")


def test_5000_letters_are_kept_and_5001_refused_with_how_many_to_take_out():
    assert optional_text("a" * LONGEST, "wants") == "a" * LONGEST

    with pytest.raises(Invalid, match=r"5,001 letters long.*take out 1") as refused:
        optional_text("a" * (LONGEST + 1), "wants")
    assert refused.value.field == "wants"


FILLERS = ("\u2800", "\u3164", "\u115f", "\u1160", "\uffa0", " \u3164\n\u2800 ")


@pytest.mark.parametrize(
    "typed", ["", "  \n\t ", "\x00\u202e", "\u200b \u200d\n\u2060", "\u00ad\ufe0f", *FILLERS]
)
def test_nothing_is_refused_with_the_sentence_of_its_field(typed: str):
    with pytest.raises(Invalid, match=r"Say what you think\."):
        required_text(typed, "thinks", "Say what you think.")


@pytest.mark.parametrize("filler", FILLERS)
def test_a_filler_beside_words_stays_with_them(filler: str):
    assert optional_text(f"a{filler}b", "wants") == f"a{filler}b"
    assert not is_blank(f"{filler}b")


def test_a_line_has_no_breaks():
    assert required_line("Cold\n rooms\t now", "title", "Give it a title.") == "Cold rooms now"
