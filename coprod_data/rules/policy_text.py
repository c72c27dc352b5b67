"""The text of a policy: cleaned of markup, measured, compared, and what was cut."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from math import ceil

WORDS_A_PAGE = 450
LONGEST_PART = 20_000  # letters
LEAST_KEPT = 4  # words in a row that were taken out are kept; fewer are a correction

_UNREAD = re.compile(r"<!--.*?-->|<(style|script|xml|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])\s*>", re.IGNORECASE)
_MARK = re.compile(r"</?(?:[a-z][a-z0-9]*)(?::[a-z]+)?(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FROM_WORD = re.compile(r"class=\"?Mso|<o:p>|<!--\[if|mso-|<(?:p|span|div)\b[^<>]*>", re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]*[·•§\uf0b7o][ \t]+", re.MULTILINE)


class Change(StrEnum):
    """What happened to words between two versions."""

    SAME = "same"
    ADDED = "added"
    CUT = "cut"


@dataclass(frozen=True)
class Length:
    """How long a version is, against the pages that it should have at most."""

    words: int
    target_pages: int

    @property
    def pages(self) -> int:
        """How many pages that is, one begun counts."""
        return max(1, ceil(self.words / WORDS_A_PAGE))

    @property
    def target_words(self) -> int:
        """How many words it should have at most."""
        return self.target_pages * WORDS_A_PAGE

    @property
    def over(self) -> int:
        """How many words it has too many."""
        return max(0, self.words - self.target_words)


def without_markup(text: str) -> str:
    """Return a text as it reads, where it was pasted with the markup of a word processor.

    A text that only has a "<" in it stays as it is.
    """
    if not _FROM_WORD.search(text):
        return text
    plain = html.unescape(_MARK.sub("", _BREAK.sub("\n", _UNREAD.sub("", text))))
    plain = _BULLET.sub("- ", plain.replace("\xa0", " "))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in plain.split("\n"))).strip()


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def changes(old: str, new: str) -> list[tuple[str, Change]]:
    """Return two wordings of a part as one text in pieces: the same, cut, added."""
    before, after = old.split(), new.split()
    pieces: list[tuple[str, Change]] = []
    for words, change in _pieces(before, after):
        if words:
            pieces.append((" ".join(words), change))
    return pieces


def cut_from(old: str, new: str) -> list[str]:
    """Return the passages that a new wording leaves out: nothing that was written is lost."""
    return [
        words
        for words, change in changes(old, new)
        if change is Change.CUT and count_words(words) >= LEAST_KEPT
    ]


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Change]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield new[c:d], Change.SAME
        else:
            yield old[a:b], Change.CUT
            yield new[c:d], Change.ADDED
