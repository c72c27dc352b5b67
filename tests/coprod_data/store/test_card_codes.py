"""Card codes: the same form spells the same words, and nothing stored can spell them again."""

import re
from hashlib import sha256
from itertools import combinations, count

import pytest

from coprod_data.store import card_codes
from coprod_data.store.card_codes import (
    COST,
    LISTS,
    NEW_CODE,
    OLD_CODE,
    code_digest,
    code_digests,
    form_digest,
    new_code,
    spell_code,
    spell_stored,
    tidy_code,
    words,
)
from coprod_data.store.keys import Key, Keys

KEY = Key("1", b"k" * 32)
OTHER = Key("2", b"o" * 32)


def test_the_long_list_holds_7776_plain_words_once_each():
    assert len(words(OLD_CODE)) == len(set(words(OLD_CODE))) == 7776
    assert all(re.fullmatch("[a-z]{3,10}", word) for word in words(OLD_CODE))


def test_the_short_list_holds_1296_short_words_once_each():
    assert len(words()) == len(set(words())) == 1296
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words())
    assert sum(map(len, words())) / len(words()) < 6.5


def test_no_two_words_differ_by_a_final_s_alone():
    for length in LISTS:
        listed = set(words(length))

        assert not [word for word in listed if f"{word}s" in listed]


def a_letter_apart(one: str, other: str) -> bool:
    """Whether one slip of a finger makes one word of the other."""
    if len(one) == len(other):
        differ = [
            place for place, pair in enumerate(zip(one, other, strict=True)) if len({*pair}) > 1
        ]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1
        return len(differ) < 2 or (
            swapped and (one[differ[0]], one[differ[1]]) == (other[differ[1]], other[differ[0]])
        )
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:place] + long[place + 1 :] == short for place in range(len(long))
    )


@pytest.mark.parametrize(("one", "other"), [("cat", "cot"), ("rain", "train"), ("tap", "atp")])
def test_a_slip_of_a_finger_is_known_as_one(one: str, other: str):
    assert a_letter_apart(one, other)


def test_no_two_words_of_the_short_list_are_a_letter_apart_or_a_plural():
    near = [pair for pair in combinations(words(), 2) if a_letter_apart(*pair)]

    assert near == []
    assert not [word for word in words() if f"{word}es" in words()]


def test_no_two_words_of_the_short_list_sound_alike():
    """Spellings of one sound count as one, as a child may write what they hear."""
    heard: dict[str, str] = {}
    for word in words():
        plain = word
        for spelt, said in (("ph", "f"), ("wh", "w"), ("kn", "n"), ("wr", "r"), ("ck", "k"),
                            ("ee", "ea"), ("ie", "y"), ("ou", "ow"), ("oa", "o"), ("z", "s"),
                            ("ai", "ay"), ("mb", "m"), ("gh", "")):  # fmt: skip
            plain = plain.replace(spelt, said)
        plain = re.sub(r"(.)\1", r"\1", plain)
        assert plain not in heard, (word, heard.get(plain))
        heard[plain] = word


def test_five_words_of_the_short_list_are_harder_to_guess_than_a_four_word_one_was_at_its_cost():
    assert len(words()) ** NEW_CODE > 2**51


@pytest.mark.parametrize("length", [NEW_CODE, OLD_CODE])
def test_a_code_is_so_many_words_of_its_list(length: int):
    spelt = spell_code("form-1", KEY, length).split(" ")

    assert len(spelt) == length
    assert set(spelt) <= set(words(length))


def test_a_code_of_the_first_release_is_spelt_as_it_was():
    assert spell_code("form-1", KEY, OLD_CODE) == "afternoon clamshell kipper houseplant"


def test_a_kept_form_is_spelt_by_its_own_list_and_key():
    keys = Keys((OTHER, KEY))
    new = new_code("form-1", keys)

    assert (new.length, new.key) == (NEW_CODE, "1")
    assert spell_stored("form-1", "1", new.length, keys, new.digest) == new.words
    assert spell_stored("form-1", "1", None, keys, None) == spell_code("form-1", KEY, OLD_CODE)
    assert spell_stored("form-1", "2", None, keys, None) == spell_code("form-1", OTHER, OLD_CODE)


def test_a_word_comes_once_in_a_code_and_one_given_out_before_stays_as_it_was():
    def old(form: str) -> str:
        return spell_code(form, KEY, repeats=True)

    forms = (f"form-{number}" for number in count())
    twice = next(form for form in forms if len(set(old(form).split())) < NEW_CODE)

    assert len(set(spell_code(twice, KEY).split())) == NEW_CODE
    keys = Keys((KEY,))
    given = code_digest(old(twice), KEY)
    assert spell_stored(twice, "1", NEW_CODE, keys, given) == old(twice)
    made = new_code(twice, keys)
    assert spell_stored(twice, "1", NEW_CODE, keys, made.digest) == made.words


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


@pytest.mark.parametrize(
    ("length", "digest"),
    [
        (OLD_CODE, "6d301ee635ff9b155c7a88eb3dec473068dc36e420912543fd9140017a192f17"),
        (NEW_CODE, "05843326614478d8f90a7aece4c77ef3db0b89e9a9ba82c83009b50d42deff59"),
    ],
)
def test_the_order_of_the_words_never_changes(length: int, digest: str):
    """A changed list would change every card's code and lock young people out of their cards."""
    assert sha256(LISTS[length].read_bytes()).hexdigest() == digest


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
    assert not set(unkind.split()) & {*words(OLD_CODE), *words(NEW_CODE)}
