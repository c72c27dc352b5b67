"""How many gave an answer, so coarse that it tells what nobody said by themselves."""

from collections.abc import Sequence

from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.vocabulary.sessions import FeedbackShare


def share_of(number: int, answers: int) -> FeedbackShare:
    """Return how many of so many it is; fewer than five are never more than few."""
    if number < SMALLEST or 3 * number < answers:
        return FeedbackShare.FEW
    return FeedbackShare.MOST if 3 * number >= 2 * answers else FeedbackShare.SOME


def shares_of(numbers: Sequence[int]) -> tuple[FeedbackShare, ...]:
    """Return the share of each answer to one sentence; none where fewer than five answered."""
    answers = sum(numbers)
    if answers < SMALLEST:
        return ()
    return tuple(share_of(number, answers) for number in numbers)
