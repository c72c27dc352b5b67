"""The words of ten years: four thousand, the common ones often, and four planted ones to search."""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, islice
from random import Random

from coprod_data.rules.word_flags import can_flag
from coprod_data.store.card_codes import words as plain_words

COMMON, MIDDLING, RARE, TWO = "together", "bicycle", "xylophone", "together bedroom"
SECOND = TWO.split()[1]
SHARES = {COMMON: 0.10, SECOND: 0.05, MIDDLING: 0.005}
RARE_SHARE, RARE_AT_LEAST = 0.00001, 3

VOCABULARY = 4_000
SHORTEST, LONGEST = 8, 40
FRIGHT = "I am scared at night."

SMALL = (
    "the and to my I a of it in is that me we when they for have you with so but on are was "
    "at be all she he there because can our them about more people like time really just one "
    "would if what up out who how some only always after before every her his from as very "
    "make talk home school family day worker carer room live friends help listen good feel "
    "new money house year week been had never were could should then than other over ask told "
    "said know think thing things again away back someone nobody everyone place care own many "
    "much last first next their your us by an or this too still even which where while until "
    "since mum dad brother sister nan dog phone bus food meeting review social foster college "
    "job flat night morning birthday weekend summer holiday move moved changed "
)


@cache
def vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the words, the most frequent first, and their running weights.

    None begins with a planted word, for a search finds beginnings, and no flag rests on one.
    """
    planted = (*SHARES, RARE)
    others = [word for word in plain_words() if word.isalpha()]
    Random("vocabulary").shuffle(others)  # noqa: S311 - words, not secrets
    kept = [
        word
        for word in dict.fromkeys([*SMALL.split(), *others])
        if not can_flag(word) and not word.startswith(planted)
    ][:VOCABULARY]
    return tuple(kept), tuple(accumulate(1 / (rank + 2) for rank in range(len(kept))))


class Talk:
    """Words as they come in talk, drawn many at once."""

    def __init__(self, random: Random) -> None:
        self._random, self._words = random, self._drawn()

    def some(self, least: int, most: int) -> list[str]:
        """Return so many of the next words."""
        return list(islice(self._words, self._random.randint(least, most)))

    def _drawn(self) -> Iterator[str]:
        words, weights = vocabulary()
        while True:
            yield from self._random.choices(words, cum_weights=weights, k=10_000)


def sentence(words: list[str]) -> str:
    """Return words as a sentence."""
    text = " ".join(words)
    return f"{text[:1].upper()}{text[1:]}."
