"""Typed text is cleaned, kept complete, and refused with a count when it is too long."""

import re
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_data.permissions import Invalid
from coprod_data.rules.account_names import names_of
from coprod_data.rules.excerpts import words_typed
from coprod_data.rules.flag_words import folded
from coprod_data.rules.letters import is_mark
from coprod_data.rules.names import plain
from coprod_data.rules.own_words import letters_of
from coprod_data.rules.texts import (
    LONGEST,
    clean,
    clean_beside,
    clean_start,
    fault_of_length,
    is_blank,
    letters_left,
    names_nobody,
    optional_names,
    optional_text,
    required_line,
    required_text,
    says_something,
)
from coprod_data.rules.usernames import username_of
from coprod_data.store.card_codes import tidy_code


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
def test_a_filler_beside_words_leaves_them_two_words(filler: str):
    assert re.findall(r"\w+", optional_text(f"a{filler}b", "wants")) == ["a", "b"]
    assert not is_blank(f"{filler}b")


@pytest.mark.parametrize(
    "way_in",
    [
        clean, is_blank, folded, plain, letters_of, username_of, names_of, words_typed, tidy_code,
        partial(clean_start, longest=60_000),
        partial(clean_beside, "a", field="shown_thinks"),
        partial(optional_text, field="thinks"),
        partial(required_line, field="name", sentence="Give a name."),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "marks", ["\u0300\u0316", "\u0f73\u0316", "\uff9e\u0316", "\u0300\u202a\u0316"]
)
def test_half_a_megabyte_of_marks_is_dealt_with_at_once(way_in: Callable[[str], Any], marks: str):
    typed = ("a" + marks * 125_000)[:250_000]
    began = process_time()

    with suppress(Invalid):
        way_in(typed)
    assert process_time() - began < 1


def test_every_letter_that_a_normal_form_puts_in_order_counts_as_a_mark():
    letters = (chr(number) for number in range(sys.maxunicode + 1))
    moved = [
        letter
        for letter in letters
        if unicodedata.combining(unicodedata.normalize("NFKD", letter)[0])
    ]
    assert len(moved) > 900
    assert all(map(is_mark, moved))


def test_a_normal_form_is_made_in_one_place():
    made = [
        path.name
        for folder in ("coprod_data", "pages")
        for path in Path(folder).rglob("*.py")
        if re.search(r"unicodedata\.(normalize|is_normalized)|import normalize", path.read_text())
    ]
    assert made == ["letters.py"]


@pytest.mark.parametrize(
    "cry", ["help", "no", "??", "!!", ":(", "</3", "1 2", "痛", "أ", "\U0001f622"]
)
def test_a_cry_says_something_however_short(cry: str):
    assert says_something(cry)


@pytest.mark.parametrize("typed", [".", "...", "x", "7", "?", "- - -", "\u2800", "(,)"])
def test_dots_and_one_letter_or_sign_say_nothing(typed: str):
    assert not says_something(typed)


def test_a_line_has_no_breaks():
    assert required_line("Cold\n rooms\t now", "title", "Give it a title.") == "Cold rooms now"


@pytest.mark.parametrize("text", ["Nobody", "no-one", " none. ", "N/A", "-", "…", "Just me", "TBC"])
def test_a_text_that_names_nobody_is_no_agreement(text: str):
    assert names_nobody(text)
    with pytest.raises(Invalid, match="leave it empty"):
        optional_names(text, "agreed_with")


@pytest.mark.parametrize("text", ["", "Nadia Noone", "Care council", "李"])
def test_a_text_that_names_somebody_may_be_saved(text: str):
    assert not names_nobody(text)
    assert optional_names(text, "agreed_with") == text


def test_what_is_too_long_is_told_in_the_words_of_the_refusal():
    assert fault_of_length("a" * 200, 160) == (
        "This is 200 letters long. Keep it to 160: take out 40."
    )
    assert fault_of_length(" " + "a" * 160 + " ", 160) == ""
    assert letters_left("abc", 10) == 7
