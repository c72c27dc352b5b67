"""Words weighed together: a text may sound like harm though no phrase of the lists is in it.

Each word, and each pair of neighbours, weighs how much likelier a made-up disclosure is than a
made-up harmless sentence where it is found (logistic regression). The weights, and from where they
ask for care, are in `word_lists/weights.txt`; `python -m tests.helpers.weighing` makes that file
again. They name no reason: they move an entry up, and whoever decides about it says first why
nobody is at risk, as after a weak phrase. English only.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from coprod_data.rules.flag_phrases import BREAK
from coprod_data.rules.word_files import sections_of

_PIECE = 12  # words weighed together, each once; longer sentences come in overlapping pieces
_FEWEST = 3  # words of a text that are weighed
_AT_MOST = 8  # more words than these weigh as much as so many of their mean


def ask_for_care(words: Sequence[str]) -> bool:
    """Say whether the words of a text, as `Spelling` makes them out, weigh enough.

    One or two words tell nothing: what they mean is in the lists of phrases.
    """
    weights, enough = _weights()
    return len({*words} - {BREAK}) >= _FEWEST and weight_of(words, weights) >= enough


def is_weighed(word: str) -> bool:
    """Say whether a word has a weight, so that it is a word of English."""
    return word in _weights()[0]


def weight_of(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return how much the words sound like a disclosure, above nought, or like none, below.

    It is the mean over the sentences, of chances and not of weights: one grave sentence counts
    among many others, but a text does not weigh more because it is longer.
    """
    each = [
        share_of(piece) * sum(weights.get(one, 0.0) for one in features(piece))
        for piece in _pieces(words)
    ] or [0.0]
    most = max(each)
    return most + math.log(sum(math.exp(weight - most) for weight in each) / len(each))


def features(piece: Sequence[str]) -> set[str]:
    """Return the words of a piece of a sentence and its pairs of neighbours, each once."""
    pairs = (f"{one} {other}" for one, other in pairwise(piece))
    return {one for one in (*piece, *pairs) if one.isascii() and one.replace(" ", "").isalpha()}


def share_of(piece: Sequence[str]) -> float:
    """Return how much of its features a piece weighs: many words weigh as much as a few."""
    return min(1.0, _AT_MOST / len(set(piece)))


def _pieces(words: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for end in [at for at, word in enumerate(words) if word == BREAK] + [len(words)]:
        for begin in range(start, max(start + 1, end - _PIECE // 2), _PIECE // 2):
            if piece := words[begin : min(end, begin + _PIECE)]:
                yield piece
        start = end + 1


@cache
def _weights() -> tuple[dict[str, float], float]:
    lists = sections_of("weights")
    pairs = (line.split(" = ") for line in lists["weights"])
    return {word: float(weight) for word, weight in pairs}, float(lists["enough"][0])
