"""Every closed list gives the words of its members, once."""

import importlib
import inspect
from enum import Enum

import pytest

from coprod_data.permissions import ActorKind, Permission, Role
from coprod_data.vocabulary.base import Worded, WordedNumber
from tests.helpers.source import ROOT


def lists() -> list[type[Worded | WordedNumber]]:
    found: list[type[Worded | WordedNumber]] = [Role, ActorKind]
    for path in sorted((ROOT / "coprod_data" / "vocabulary").glob("*.py")):
        module = importlib.import_module(f"coprod_data.vocabulary.{path.stem}")
        found += [
            one
            for _, one in inspect.getmembers(module, inspect.isclass)
            if issubclass(one, Worded | WordedNumber) and issubclass(one, Enum) and len(one)
        ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("closed_list", lists(), ids=lambda one: one.__name__)
def test_every_member_has_its_words(closed_list: type[Worded]):
    assert [member for member in closed_list if not member.words] == []


def test_every_right_says_what_it_lets_somebody_do_and_who_holds_it():
    assert [right for right in Permission if not right.words or not right.holders] == []
