"""What is different between two wordings of a sentence, word by word."""

from collections.abc import Sequence
from difflib import SequenceMatcher

Part = tuple[str, bool]  # some words, and whether they are new


def same_words(text: str) -> str:
    """Return a sentence without what does not make it another: case, spaces, its full stop."""
    return " ".join(text.casefold().split()).rstrip(".")


def new_words(old: Sequence[str], new: str) -> tuple[Part, ...]:
    """Return a wording in parts, each with whether none of the older sentences has it there."""
    words = new.split()
    fresh = [True] * len(words)
    plain = [_plain(word) for word in words]
    for sentence in old:
        before = [_plain(word) for word in sentence.split()]
        for block in SequenceMatcher(None, before, plain, autojunk=False).get_matching_blocks():
            fresh[block.b : block.b + block.size] = [False] * block.size
    parts: list[tuple[list[str], bool]] = []
    for word, is_new in zip(words, fresh, strict=True):
        if parts and parts[-1][1] is is_new:
            parts[-1][0].append(word)
        else:
            parts.append(([word], is_new))
    return tuple((" ".join(some), is_new) for some, is_new in parts)


def _plain(word: str) -> str:
    return word.casefold().strip(".,;:!?“”‘’\"'")
