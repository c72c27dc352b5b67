"""The script of the wall's demonstration: what happens in the room, second by second."""

from dataclasses import dataclass
from datetime import timedelta

FIRST_WORDS = 5  # as in a real room: nothing is shown before so many are let out
EACH_STEP = timedelta(seconds=3)  # in which one more card is let out
EACH_TURN = timedelta(seconds=8)  # for which the same words stay


@dataclass(frozen=True)
class Scene:
    """What the screen shows at a moment: words by their place, None before the first, and how many
    cards nobody has read yet.
    """

    place: int | None
    waiting: int


def scene(since: timedelta, count: int) -> Scene:
    """Return what a demonstration with so many words shows after a time.

    Cards come in and are let out one by one; then the words turn by themselves, again and again.
    """
    steps = max(0, since // EACH_STEP)
    if count < FIRST_WORDS or steps < FIRST_WORDS:
        return Scene(None, min(count, 2 + steps) if steps < FIRST_WORDS else 0)
    let_out = min(count, steps)
    turns = (since - FIRST_WORDS * EACH_STEP) // EACH_TURN
    return Scene(turns % let_out, count - let_out)
