"""Words of a typed card code that are on no list, and which words may have been meant.

These rules use only the lists, which anybody may read. They never say of a single word whether it
belongs to the code of a card.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

MOST_WORDS = 8  # nothing is offered for a longer text
MOST_OFFERED = 3
LONGEST_IN_ONE = 60  # letters of a code that was typed without its spaces
ALIKE = 60  # of 100

# Spellings that children mix up, with one sign for each sound.
_SOUNDS = (
    (r"ph", "f"), (r"wh", "w"), (r"gh", ""), (r"kn", "n"), (r"ck|c(?![eiyh])|q", "k"),
    (r"c(?=[eiy])", "s"), (r"z", "s"), (r"[aeiouy]+", "a"), (r"(.)\1+", r"\1"), (r"(?<=.)a$", ""),
)  # fmt: skip


@dataclass(frozen=True)
class UnknownWord:
    """A word that is on no list, as typed, and the nearest words that are on one."""

    typed: str
    nearest: tuple[str, ...]


def is_no_code(code: str, lengths: Sequence[int]) -> bool:
    """Say whether a tidy code cannot be one, whatever its words: too few or far too many."""
    return not min(lengths) <= len(code.split()) <= MOST_WORDS


def put_apart(code: str, words: Callable[[int], Sequence[str]], lengths: Sequence[int]) -> str:
    """Return a tidy code that was typed as one word with its spaces, where there is one way to do
    that; else as it was typed.
    """
    if " " in code or len(code) > LONGEST_IN_ONE:
        return code
    found = [way for length in lengths for way in _ways(code, length, frozenset(words(length)))]
    return found[0] if len(found) == 1 else code


def is_one_short(code: str, words: Callable[[int], Sequence[str]], lengths: Sequence[int]) -> bool:
    """Say whether a tidy code, as long as an old one, has only words of which new ones are made.

    It may be a new code of which one word is missing. This says nothing of any card.
    """
    typed = code.split()
    newest = set(words(lengths[0]))
    return len(typed) == lengths[0] - 1 and all(word in newest for word in typed)


def _ways(code: str, length: int, listed: frozenset[str]) -> list[str]:
    """Return the ways in which a text is this many listed words, with their spaces."""
    if length == 1:
        return [code] if code in listed else []
    return [
        f"{code[:end]} {rest}"
        for end in range(2, len(code))
        if code[:end] in listed
        for rest in _ways(code[end:], length - 1, listed)
    ]


def sound(word: str) -> str:
    """Return a key that is the same for spellings of one sound."""
    for pattern, sign in _SOUNDS:
        word = re.sub(pattern, sign, word)
    return word


def unknown_words(
    code: str, words: Callable[[int], Sequence[str]], lengths: Sequence[int]
) -> list[UnknownWord]:
    """Return the words that are on no list, in the order typed.

    `code` is tidy, and `lengths` has the newest first. The number of words says on which list to
    look; for any other number, look on all lists. Two words that make one listed word count as one.
    """
    typed = code.split()
    if len(typed) > MOST_WORDS:
        return []
    if len(typed) in lengths:
        known = words(len(typed))
    else:
        known = [word for length in lengths for word in words(length)]
    newest, listed = words(lengths[0]), set(known)
    likely = known if len(typed) in lengths else newest  # searching all of them takes long
    found: list[UnknownWord] = []
    if len(typed) > lengths[0]:
        whole = set(newest)
        found = [
            UnknownWord(f"{one} {two}", (one + two,))
            for one, two in zip(typed, typed[1:], strict=False)
            if one + two in whole
        ]
    joined = {part for word in found for part in word.typed.split()}
    strange = [word for word in dict.fromkeys(typed) if word not in listed and word not in joined]
    return found + [UnknownWord(word, nearest(word, likely)) for word in strange]


def nearest(typed: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the few words most like the typed one; words that sound the same come first."""
    same = _by_sound(tuple(known)).get(sound(typed), ())
    close = process.extract(
        typed[:20], known, scorer=fuzz.ratio, limit=MOST_OFFERED, score_cutoff=ALIKE
    )
    return tuple(dict.fromkeys([*same[:2], *(word for word, _, _ in close)]))[:MOST_OFFERED]


@cache
def _by_sound(known: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the words of a list by how they sound, worked out once for each list."""
    found: dict[str, list[str]] = {}
    for word in known:
        found.setdefault(sound(word), []).append(word)
    return found


def put_right(code: str, typed: str, instead: str) -> str:
    """Return the code with one word replaced by another and everything else unchanged."""
    if not typed:
        return code
    parts = re.escape(typed).replace("\\ ", r"[^a-z]+")
    return re.sub(rf"(?<![a-z]){parts}(?![a-z])", instead, code.lower(), count=1)
