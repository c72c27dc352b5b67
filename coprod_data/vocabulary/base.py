"""What closed lists share: members that hold their words."""

from enum import IntEnum, StrEnum
from typing import Self

from coprod_data.vocabulary.labels import labelled


class Spoken:
    """Something with words on screen, said with the labels of this council."""

    _words: str

    @property
    def words(self) -> str:
        """How this reads on screen."""
        return labelled(self._words)


class Worded(Spoken, StrEnum):
    """A closed list whose members say how they read on screen: `OPEN = "open", "Open"`."""

    def __new__(cls, value: str, words: str = "") -> Self:
        """Make a member from its value, which is stored in the table, and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._words = words
        return member


class WordedNumber(Spoken, IntEnum):
    """A closed list of numbers whose members say how they read on screen."""

    def __new__(cls, value: int, words: str = "") -> Self:
        """Make a member from its number, which is stored in the table, and its words."""
        member = int.__new__(cls, value)
        member._value_ = value
        member._words = words
        return member
