"""Card codes: the same form spells the same four words, and nothing stored can spell them again."""

import re
from hashlib import sha256

import pytest

from coprod_data.store import card_codes
from coprod_data.store.card_codes import (
    COST,
    WORD_LIST,
    code_digest,
    code_digests,
    form_digest,
    spell_code,
    tidy_code,
    words,
)
from coprod_data.store.keys import Key, Keys

KEY = Key("1", b"k" * 32)
OTHER = Key("2", b"o" * 32)


def test_the_word_list_holds_7776_plain_words_once_each():
    assert len(words()) == len(set(words())) == 7776
    assert all(re.fullmatch("[a-z]{3,10}", word) for word in words())


def test_no_two_words_differ_by_a_final_s_alone():
    listed = set(words())

    assert not [word for word in listed if f"{word}s" in listed]


def test_a_code_is_four_words_of_the_list():
    spelt = spell_code("form-1", KEY).split(" ")

    assert len(spelt) == 4
    assert set(spelt) <= set(words())


def test_the_same_form_spells_the_same_code_and_another_form_or_key_another():
    code = spell_code("form-1", KEY)

    assert spell_code("form-1", KEY) == code
    assert spell_code("form-2", KEY) != code
    assert spell_code("form-1", OTHER) != code


@pytest.mark.parametrize(
    "typed",
    ["Apple-Bridge  cloud\nDOOR", " apple bridge cloud door ", "apple, bridge, cloud, door."],
)
def test_a_code_may_be_typed_loosely(typed: str):
    assert tidy_code(typed) == "apple bridge cloud door"
    assert code_digest(typed, KEY) == code_digest("apple bridge cloud door", KEY)


def test_a_digest_is_looked_for_under_every_key_still_kept():
    found = code_digests("apple bridge cloud door", Keys((KEY, OTHER)))

    assert [number for number, _ in found] == ["1", "2"]
    assert len({digest for _, digest in found}) == 2


def test_what_is_stored_holds_neither_code_nor_form():
    code = spell_code("form-1", KEY)

    assert code not in code_digest(code, KEY)
    assert form_digest("form-1", KEY) != form_digest("form-1", OTHER)
    assert len(form_digest("form-1", KEY)) == len(code_digest(code, KEY)) == 64


def test_a_stored_code_costs_the_same_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(card_codes, "COST", COST)  # the other tests make cheaper ones

    digest = code_digest("apple bridge cloud door", KEY)

    assert digest == "7f76ab6a128425889d4b5d01d33f148c0e38f1d63b0856d6c571b869d6be65e6"


def test_the_order_of_the_words_never_changes():
    """A changed list would change every card's code and lock young people out of their cards."""
    listed = sha256(WORD_LIST.read_bytes()).hexdigest()

    assert listed == "6d301ee635ff9b155c7a88eb3dec473068dc36e420912543fd9140017a192f17"


@pytest.mark.parametrize(
    "unkind",
    [
        "seduce neglector custody cannabis opium cruelty outcast shame",
        "imbecile scapegoat morbidly hazing idiocy unwanted unloving abandon",
        "casino pistol prison police coroner mortuary orphan divorcee poverty",
        "chihuahua psyche color harbor tinker downs",
    ],
)
def test_no_word_of_a_code_could_hurt_or_baffle_the_child_who_holds_it(unkind: str):
    assert not set(unkind.split()) & set(words())
