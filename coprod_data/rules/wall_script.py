"""The script of the wall's demonstration: what happens in the room, second by second."""

from datetime import timedelta

FIRST_WORDS = 5  # as in a real room: nothing is shown before so many are let out
EACH_STEP = timedelta(seconds=3)  # in which one more card is let out
EACH_TURN = timedelta(seconds=8)  # for which the same words stay


def scene(since: timedelta, count: int) -> int | None:
    """Return which of so many words a demonstration shows after a time, None before the first.

    Cards come in and are let out one by one; then the words turn by themselves, again and again.
    """
    steps = max(0, since // EACH_STEP)
    if count < FIRST_WORDS or steps < FIRST_WORDS:
        return None
    let_out = min(count, steps)
    turns = (since - FIRST_WORDS * EACH_STEP) // EACH_TURN
    return turns % let_out
