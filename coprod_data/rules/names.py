"""First names of a shipped list in a text. The list is long and still misses many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coprod_data.rules.letters import normal
from coprod_data.rules.word_files import words_of

APOSTROPHES = "'’‘ʼ`´"
_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}-][^\W\d_]+)*")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]?[sS]$|[{APOSTROPHES}]$")
_SURNAME = re.compile(rf"\s+(?:Mc|Mac|O[{APOSTROPHES}])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_SENTENCE_ENDS = '.!?:\n"“([•'
_BEFORE_A_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|of|by|since|until|till|next|last))\s+$"
)
_MONTHS = frozenset({"april", "august", "june", "may"})


@dataclass(frozen=True)
class Found:
    """A name with the places where it begins and ends."""

    start: int
    end: int
    words: str


def plain(word: str) -> str:
    """Return a word without capitals, accents, apostrophes and hyphens, to compare names by."""
    return "".join(
        letter for letter in normal("NFKD", word).casefold() if letter.isalnum() or letter.isspace()
    )


def ordinary(word: str) -> bool:
    """Say whether a word in lower case is more likely a word than a name."""
    small = plain(word)
    return small in words_of("names_also_words") or small in words_of("ordinary_words")


def is_first_name(word: str) -> bool:
    """Say whether the list has this name, with or without an s behind it."""
    names = words_of("first_names")
    return plain(word) in names or plain(_POSSESSIVE.sub("", word)) in names


def first_names(text: str) -> Iterator[Found]:
    """Yield the first names of a text, each with a surname in capitals behind it.

    A name that is a word too ("will", "grace") counts only with a capital inside a sentence.
    """
    at = 0
    for found in _WORD.finditer(text):
        if found.start() < at or not _names(text, found):
            continue
        name = _without_possessive(found[0])
        end = found.start() + len(name)
        surname = _SURNAME.match(text, end)
        if surname and len(name) == len(found[0]):
            end = surname.end()
        yield Found(found.start(), end, text[found.start() : end])
        at = end


def _names(text: str, found: re.Match[str]) -> bool:
    word = _without_possessive(found[0])
    if len(word) < 2 or not is_first_name(word):
        return False
    if not ordinary(word):
        return True
    before = text[: found.start()]
    inside = before.rstrip(" ")
    if not word[0].isupper() or word.isupper() or not inside or inside[-1] in _SENTENCE_ENDS:
        return False
    return plain(word) not in _MONTHS or not _BEFORE_A_MONTH.search(before)


def _without_possessive(word: str) -> str:
    if plain(word) in words_of("first_names"):
        return word
    return _POSSESSIVE.sub("", word)
