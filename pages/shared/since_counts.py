"""How much was done in the plan since the Board met: each number leads to its list."""

from dataclasses import dataclass

from coprod_data.queries.actions_since import MOST, SinceNumbers
from coprod_data.vocabulary.actions import Since
from pages.shared.lists import address


@dataclass(frozen=True)
class SinceCount:
    """`number` as it is shown, with `of` and `words` for what it counts, and the list it leads to.

    Where there is little room `of` may be left out.
    """

    number: str
    of: str
    words: str
    icon: str
    href: str


PARTS = {  # by their names in the address: `of` and `words` for one and for several, and a sign
    "milestones": (("", "milestone met"), ("", "milestones met"), "flag"),
    "outcomes": (("", "outcome signed"), ("", "outcomes signed"), "together"),
    "taken_up": (("opportunity", "taken up"), ("opportunities", "taken up"), "hand"),
    "still": (("", "action did not move"), ("", "actions did not move"), "pause"),
}


def since_counts(found: SinceNumbers) -> list[SinceCount]:
    """Return what was done since the Board last met, and what did not move."""
    return [_count(part, getattr(found, part)) for part in PARTS]


def _count(part: str, number: int) -> SinceCount:
    one, several, icon = PARTS[part]
    of, words = one if number == 1 else several
    shown = f"{MOST} or more" if number >= MOST else str(number)
    here = address("/actions", show="since", **{"from": Since.MEETING}, part=part)
    return SinceCount(shown, of, words, icon, here)
