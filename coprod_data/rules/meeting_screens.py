"""The places of a meeting's screen: one question a place, in one order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from coprod_data.permissions import Invalid
from coprod_data.vocabulary.meetings import MeetingScreen

_WRITTEN = re.compile(r"([a-z]{3,8})-([0-9]{1,9})")
_KINDS = {kind.value: kind for kind in MeetingScreen}
MOST_WORDS = 50  # of one text: a screen has about 70 words, and is read from the last row


@dataclass(frozen=True)
class Place:
    """A question of a kind; `number` is of what it asks about: an item, a decision, or 0.

    For words it counts from 1, so that no address tells which entry they are.
    """

    kind: MeetingScreen
    number: int = 0

    def __str__(self) -> str:
        return f"{self.kind.value}-{self.number}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the place that is written so. Raises Invalid."""
        found = _WRITTEN.fullmatch(text)
        kind = _KINDS.get(found[1]) if found else None
        if found is None or kind is None:
            raise Invalid("Go on from the screen of the meeting.", field="screen")
        return cls(kind, int(found[2]))


def nearest(places: Sequence[Place], turned_to: str) -> Place:
    """Return the place that a screen was turned to, if it is still there.

    Else the first of its kind or what comes after that, because what it asked has been answered;
    the first of all before the first turn. The last kind is always among `places`.
    """
    if not turned_to:
        return places[0]
    wanted, order = Place.read(turned_to), list(MeetingScreen)
    if wanted in places:
        return wanted
    return next(one for one in places if order.index(one.kind) >= order.index(wanted.kind))


def first_words(text: str) -> str:
    """Return as many words of a text as people read on a wall, with dots where it goes on."""
    words = text.split()
    return " ".join(words) if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])} ..."
