"""The small language in which a list says what a text means, and how a text is held against it.

A phrase is read word by word:

    he/she      one of these words             <they>      one of the words of that class
    abus*       any word that begins so        word?       this word, or none
    ~ ~~ ~1     up to two, five, one words     !up/with    but not one of these next; as the
                of any kind in between                     first, not one of these just before

A phrase is tried only where its rarest word is, and gaps are short, so time grows with the length
of a text and not faster.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

BREAK = "|"  # a sentence ends here; no gap reaches over it
GAPS = {"~1": 1, "~": 2, "~~": 5}
_BEGINNING = 3  # letters by which words with a star are looked up, and their least

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Part:
    """One place of a phrase: the words that fit, how far before it words may come in between."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    gap: int
    optional: bool
    forbids: bool

    def fits(self, word: str) -> bool:
        """Say whether a word may come here."""
        return word in self.words or (bool(self.beginnings) and word.startswith(self.beginnings))


@dataclass(frozen=True)
class Phrase:
    """Parts in their order, where the rarest is, and how many words may come before that."""

    text: str
    not_after: Part | None
    parts: tuple[Part, ...]
    rarest: int
    before: int
    needed: tuple[frozenset[str], ...]  # of each of these, one word has to be somewhere

    def starts_near(self, words: Sequence[str], at: int) -> Iterator[tuple[int, int]]:
        """Yield where the phrase begins and ends when its rarest word is at `at`."""
        for start in range(max(0, at - self.before), at + 1):
            if not self.parts[0].fits(words[start]):
                continue
            if self.not_after and start and self.not_after.fits(words[start - 1]):
                continue
            end = self._end(words, start, 0)
            if end > at:
                yield start, end
                return

    def _end(self, words: Sequence[str], at: int, number: int) -> int:
        if number == len(self.parts):
            return at
        part = self.parts[number]
        if part.forbids:
            refused = at < len(words) and part.fits(words[at])
            return -1 if refused else self._end(words, at, number + 1)
        for place in range(at, min(at + part.gap, len(words) - 1) + 1):
            if place > at and words[place - 1] == BREAK:
                break
            if part.fits(words[place]):
                end = self._end(words, place + 1, number + 1)
                if end >= 0:
                    return end
        return self._end(words, at, number + 1) if part.optional else -1


def phrase(text: str, classes: dict[str, str], common: frozenset[str]) -> Phrase:
    """Return the phrase that a line of a list says."""
    parts: list[Part] = []
    gap = 0
    for piece in text.split():
        if piece in GAPS:
            gap = GAPS[piece]
            continue
        parts.append(_part(piece, classes, gap))
        gap = 0
    not_after = parts.pop(0) if parts[0].forbids else None
    asked = [n for n, part in enumerate(parts) if not part.optional and not part.forbids]
    rarest = min(asked, key=lambda n: (len(parts[n].words & common) > 0, len(parts[n].words)))
    before = sum(1 + part.gap for part in parts[:rarest] if not part.forbids)
    needed = sorted(
        (parts[n].words for n in asked if n != rarest and not parts[n].beginnings), key=len
    )
    return Phrase(
        text, not_after, tuple(parts), rarest, before + parts[rarest].gap, tuple(needed[:2])
    )


def _part(piece: str, classes: dict[str, str], gap: int) -> Part:
    forbids = piece.startswith("!")
    optional = piece.endswith("?")
    words: list[str] = []
    waiting = [piece.removeprefix("!").removesuffix("?")]
    while waiting:
        for name in waiting.pop().replace("/", " ").split():
            if name.startswith("<"):
                waiting.append(classes[name.strip("<>")])
            else:
                words.append(name)
    return Part(
        words=frozenset(word for word in words if not word.endswith("*")),
        beginnings=tuple(word.removesuffix("*") for word in words if word.endswith("*")),
        gap=gap,
        optional=optional,
        forbids=forbids,
    )


class Book(Generic[Meaning]):
    """Phrases and what each means, looked up by their rarest words."""

    def __init__(self) -> None:
        """Begin with no phrase."""
        self.words: set[str] = set()
        self.rare: set[str] = set()
        self.beginnings: set[str] = set()
        self._before = self._behind = 1
        self._by_word: dict[str, list[tuple[Phrase, Meaning]]] = defaultdict(list)
        self._by_beginning: dict[str, list[tuple[str, Phrase, Meaning]]] = defaultdict(list)

    def add(self, one: Phrase, meaning: Meaning) -> None:
        """Add a phrase with its meaning."""
        part = one.parts[one.rarest]
        self._before = max(self._before, one.before + 1)
        self._behind = max(self._behind, sum(1 + every.gap for every in one.parts) + 1)
        self.rare |= part.words
        for every in one.parts:
            self.words |= every.words
            self.beginnings.update(every.beginnings)
        for word in part.words:
            self._by_word[word].append((one, meaning))
        for beginning in part.beginnings:
            self._by_beginning[beginning[:_BEGINNING]].append((beginning, one, meaning))

    def find(self, words: Sequence[str], enough: bool = True) -> Iterator[tuple[Meaning, int, int]]:
        """Yield each meaning with the places of its words; with `enough`, each meaning once.

        What was found among the same words before is not looked for again, so that a text that
        says one thing over and over costs no more than one that does not.
        """
        present = frozenset(words)
        found: set[Meaning] = set()
        seen: dict[tuple[str, ...], list[tuple[Meaning, int, int]]] = {}
        for at, word in enumerate(words):
            if not (looked_up := self._at(word)):
                continue
            begins = max(0, at - self._before)
            around = (str(at - begins), *words[begins : at + self._behind])
            if around not in seen:
                seen[around] = [
                    (meaning, start - at, end - at)
                    for one, meaning in looked_up
                    if not (enough and meaning in found)
                    and not any(present.isdisjoint(needed) for needed in one.needed)
                    for start, end in one.starts_near(words, at)
                ]
            for meaning, start, end in seen[around]:
                found.add(meaning)
                yield meaning, at + start, at + end

    def asks_for(self, word: str) -> bool:
        """Say whether a word is the rarest of any phrase."""
        return bool(self._at(word))

    def _at(self, word: str) -> list[tuple[Phrase, Meaning]]:
        by_word = self._by_word.get(word, [])
        starred = self._by_beginning.get(word[:_BEGINNING])
        if not starred:
            return by_word
        return by_word + [(one, meaning) for head, one, meaning in starred if word.startswith(head)]
