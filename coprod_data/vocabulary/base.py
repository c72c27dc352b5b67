"""What closed lists share: members that hold their words."""

from enum import IntEnum, StrEnum
from typing import Self


class Worded(StrEnum):
    """A closed list whose members say how they read on screen: `OPEN = "open", "Open"`."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        """Make a member from its value, which is stored in the table, and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member


class WordedNumber(IntEnum):
    """A closed list of numbers whose members say how they read on screen."""

    words: str

    def __new__(cls, value: int, words: str = "") -> Self:
        """Make a member from its number, which is stored in the table, and its words."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member
