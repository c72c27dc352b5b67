"""Which texts say nearly the same: compared by their longer words, in any order."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

NEAR = 58  # of 100: above it, most pairs of a labelled list are about the same thing
MOST = 3
_SHORT = 3  # letters; "the", "and", "my" are in every text


def nearest(text: str, others: Mapping[int, str]) -> list[int]:
    """Return the keys of the texts that say nearly the same, the nearest first, three at most."""
    found = process.extract(
        _told(text), {key: _told(other) for key, other in others.items()},
        scorer=fuzz.token_set_ratio, score_cutoff=NEAR, limit=MOST,
    )  # fmt: skip
    return [key for _, _, key in found]


def _told(text: str) -> str:
    words = utils.default_process(text).split()
    return " ".join(word for word in words if len(word) > _SHORT)
