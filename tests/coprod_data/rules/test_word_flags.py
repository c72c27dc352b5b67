"""Word flags say why to read an entry sooner, whatever the spelling, and nothing else."""

import pytest

from coprod_data.rules.word_flags import WORDS, flags_in
from coprod_data.vocabulary.entries import Flag


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("He hurts me", [Flag.HURT]),
        ("HE HIT ME!!", [Flag.HURT]),
        ("i cut\nmyself", [Flag.SELF_HARM]),
        ("self-harm", [Flag.SELF_HARM]),
        ("I don’t feel safe", [Flag.UNSAFE]),
        ("i dont  feel, safe", [Flag.UNSAFE]),
        ("I want to run away", [Flag.RUNNING_AWAY]),
        ("They said: don't tell", [Flag.SECRET]),
        ("my older boyfriend buys me things", [Flag.EXPLOITATION]),
        ("I hurt myself and it is a secret", [Flag.HURT, Flag.SELF_HARM, Flag.SECRET]),
        ("The wifi is slow", []),
        ("my secretary", []),
        ("a ganglion", []),
        ("I want a bike", []),
        ("", []),
    ],
)
def test_reasons_are_found_whatever_the_spelling_around_them(text: str, flags: list[Flag]):
    assert flags_in(text) == flags


def test_every_reason_has_words():
    assert set(WORDS) == set(Flag)
    assert all(flags_in(words[0])[:1] for words in WORDS.values())


def test_both_texts_of_an_entry_count():
    assert flags_in("My room is fine", "Nobody knows that I was kicked out") == [Flag.SECRET]
