"""Passwords: long ones are welcome, easy ones are refused, and every answer takes the same time."""

import pytest

from coprod_data.files.seed import PASSWORD as PRINTED
from coprod_data.permissions import Invalid
from coprod_data.store import passwords
from coprod_data.store.passwords import (
    COST,
    DUMMY_HASH,
    checked_password,
    common_passwords,
    hash_password,
    is_password,
)

NAMES = ("Jo Smith", "Westmarch Council", "Corporate Parenting Board", "The Promise")


@pytest.mark.parametrize(
    "password",
    [
        "cardboard and other things",
        "four plain words here",
        "żółw żółw żółw 7",
        "x7" * 6 + "abcde",
    ],
)
def test_a_long_password_is_taken_without_letter_classes(password: str):
    assert checked_password(password, "jo.smith", NAMES) == password


def test_ten_thousand_common_ones_are_refused():
    long = [word for word in common_passwords() if len(word) >= 12]
    assert (len(common_passwords()), len(long) > 20) == (10_000, True)
    twice = ["iloveyou iloveyou", "liverpool-liverpool", "charlie1 charlie1", "dragon.dragon!"]
    for word in (*long, *twice):
        with pytest.raises(Invalid):
            checked_password(word)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("too short", "Use 12 to 64"),
        ("a1b2" * 17, "Use 12 to 64"),
        ("ż" * 30 + "ółwabc" * 2, "too long with these characters"),
        (" spaced at the ends ", "spaces at the beginning or end"),
        ("my Password is long", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("JO.SMITH loves tea", "Leave your username out"),
        ("dragon-1234567890", "easy to guess"),
        ("1234monkey!!!!!", "easy to guess"),
        ("trustno1trustno1", "easy to guess"),
        ("sun-shine-123456", "easy to guess"),
        ("kettle-smith-otter", "Leave your own name"),
        ("otter-kettle-westmarch", "Leave your own name"),
        ("xx-corporateparentingboard", "Leave your own name"),
        (PRINTED, "Leave your own name"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(password: str, sentence: str):
    with pytest.raises(Invalid, match=sentence):
        checked_password(password, "jo.smith", NAMES)


def test_a_hash_costs_twelve_doublings_and_so_does_the_check_of_an_unknown_name(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(passwords, "COST", COST)  # the other tests make cheaper ones

    assert hash_password("four plain words here").startswith("$2b$12$")
    assert DUMMY_HASH.startswith("$2b$12$")


def test_only_the_right_password_fits():
    stored = hash_password("four plain words here")

    assert is_password("four plain words here", stored)
    assert not is_password("four plain words heré", stored)
    assert not is_password("", stored)


@pytest.mark.parametrize("typed", ["four plain words here", "a\x00b", "x" * 5_000, ""])
def test_nobody_signs_in_where_no_password_is_set(typed: str):
    assert not is_password(typed, None)
