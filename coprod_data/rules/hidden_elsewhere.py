"""Where words that a checker hid in one place still are in another: pointed out, never changed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_data.rules.names import APOSTROPHES, is_first_name, ordinary, plain

_BRACKET = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
_PASSED_OVER = frozenset(f"{APOSTROPHES}-‐‑–_")
_STOPS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "be",
        "but",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "i",
        "im",
        "in",
        "is",
        "it",
        "its",
        "me",
        "mine",
        "my",
        "no",
        "not",
        "of",
        "off",
        "on",
        "or",
        "our",
        "ours",
        "she",
        "so",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "who",
        "with",
        "you",
        "your",
        "yours",
        "best",
        "mate",
        "friend",
        "friends",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "sir",
        "cllr",
    ]
)
_SHORTEST = 2


@dataclass(frozen=True)
class Place:
    """Where hidden words still are: the name of the text, the words as they are there, from, to."""

    where: str
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class _Sought:
    letters: str
    capital: bool  # an ordinary word counts only where it has a capital


def still_there(hidden: Sequence[str], places: Mapping[str, str]) -> list[Place]:
    """Return each place where hidden words, or a part of them that names somebody, still are.

    Capitals, accents, spaces, apostrophes and hyphens make no difference, nor does an s behind.
    What is in square brackets is a role and is passed over.
    """
    sought = sorted(set(_sought(hidden)), key=lambda one: (-len(one.letters), one.capital))
    found: list[Place] = []
    for where, text in places.items():
        here: list[Place] = []
        letters, origins = _letters_of(text)
        for one in sought:
            for start, end in _finds(one, text, letters, origins):
                if all(end <= other.start or start >= other.end for other in here):
                    here.append(Place(where, text[start:end], start, end))
        found += sorted(here, key=lambda place: place.start)
    return found


def _sought(hidden: Sequence[str]) -> Iterator[_Sought]:
    for words in hidden:
        parts = _WORD.findall(words)
        if any(plain(part) not in _STOPS for part in parts):
            yield _Sought("".join(plain(part) for part in parts), capital=False)
        for number, part in enumerate(parts if len(parts) > 1 else ()):
            if _tells(part, first=number == 0):
                yield _Sought(plain(part), capital=ordinary(part))
                name = re.sub(rf"[{APOSTROPHES}]s$", "", part, flags=re.IGNORECASE)
                yield _Sought(plain(name), capital=ordinary(name))


def _tells(part: str, *, first: bool) -> bool:
    """Say whether one of several hidden words may tell somebody by itself."""
    if len(part) < _SHORTEST or plain(part) in _STOPS:
        return False
    if part.isdigit():
        return len(part) >= 4
    if ordinary(part):
        return part[0].isupper() and not (first and not is_first_name(part))
    return True


def _letters_of(text: str) -> tuple[str, list[int]]:
    """Return a text as letters to compare by, and for each the place it comes from.

    What is passed over has no letter; any other sign is a wall that no words reach over.
    """
    shown = _BRACKET.sub(lambda role: "\0" * len(role[0]), text)
    letters: list[str] = []
    origins: list[int] = []
    for at, sign in enumerate(shown):
        if sign.isspace() or sign in _PASSED_OVER:
            continue
        for letter in plain(sign) or ("\0" if not _is_mark(sign) else ""):
            letters.append(letter)
            origins.append(at)
    return "".join(letters), origins


def _is_mark(sign: str) -> bool:
    return "\u0300" <= sign <= "\u036f"


def _finds(one: _Sought, text: str, letters: str, origins: list[int]) -> Iterator[tuple[int, int]]:
    if len(one.letters) < _SHORTEST:
        return
    at = letters.find(one.letters)
    while at >= 0:
        start, end = origins[at], origins[at + len(one.letters) - 1] + 1
        behind = re.match(rf"[{APOSTROPHES}]?[sS](?!\w)", text[end:])
        whole = (start == 0 or not text[start - 1].isalnum()) and (
            end == len(text) or not text[end].isalnum() or behind is not None
        )
        if whole and (not one.capital or text[start].isupper()):
            yield start, end
        at = letters.find(one.letters, at + 1)
