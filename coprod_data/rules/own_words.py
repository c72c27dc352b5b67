"""Which of a text's words are a young person's own: six in a row, or four that say something.

Capitals, accents, apostrophes, punctuation and spaces make no difference, nor do letters that look
like others, signs without ink, and numbers put between words.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import accumulate

from coprod_data.rules.letters import normal
from coprod_data.rules.look_alikes import as_latin, parted
from coprod_data.rules.names import APOSTROPHES
from coprod_data.rules.word_files import sections_of
from coprod_data.rules.word_files import words_of as words_in_list

MANY, FEW = 6, 4  # words in a row; few are enough when one of them is rare
TELLING = 2  # words of a few in a row that are not in every text
RARE = 2  # in at most so many of a council's texts

_JOINING = f"{APOSTROPHES}\u200b\u200c\u200d\u2060\u00ad"
_WORD = re.compile(rf"[^\W_]+(?:[{_JOINING}]+[^\W_]+)*")
_FIRST = 3  # letters by which a run is looked up

Rare = Callable[[Iterable[str]], bool]


@dataclass(frozen=True)
class Word:
    """A word of a text: its letters to compare by, and where it is."""

    letters: str
    start: int
    end: int


@dataclass(frozen=True)
class Runs:
    """Every run of words of an entry, as letters without spaces, with its words as written."""

    many: frozenset[str]
    few: dict[str, tuple[str, ...]]
    _by_start: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def without(self, other: "Runs") -> "Runs":
        """Return the runs that the other words do not have."""
        return _runs(
            set(self.many - other.many),
            {run: words for run, words in self.few.items() if run not in other.few},
        )

    def beginning(self, letters: str) -> tuple[str, ...]:
        """Return the runs that begin with these first letters, the longest first."""
        return self._by_start.get(letters[:_FIRST], ())


def words_of(text: str) -> list[Word]:
    """Return the words of a text in their order."""
    return [
        Word(letters, found.start(), found.end())
        for found in _WORD.finditer(parted(text))
        if (letters := _plain(found[0]))
    ]


def runs_of(texts: Iterable[str | None]) -> Runs:
    """Return the runs of these texts, which are all of one young person's entry."""
    many: set[str] = set()
    few: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for words in _readings(words_of(text or "")):
            for at in range(len(words) - FEW + 1):
                run = words[at : at + FEW]
                few["".join(word.letters for word in run)] = tuple(
                    (text or "")[word.start : word.end] for word in run
                )
            for at in range(len(words) - MANY + 1):
                many.add("".join(word.letters for word in words[at : at + MANY]))
    return _runs(many, few)


def windows_of(texts: Iterable[str | None], counts: Iterable[int]) -> set[str]:
    """Return the letters, without spaces, of each so many words in a row of these texts."""
    return {
        "".join(words[at : at + count])
        for words in (letters_of(text or "") for text in texts)
        for count in counts
        for at in range(len(words) - count + 1)
    }


def _runs(many: set[str], few: dict[str, tuple[str, ...]]) -> Runs:
    starts: dict[str, list[str]] = {}
    for run in sorted(many | set(few), key=len, reverse=True):
        starts.setdefault(run[:_FIRST], []).append(run)
    return Runs(frozenset(many), few, {start: tuple(runs) for start, runs in starts.items()})


def hash_of(run: str) -> int:
    """Return the hash of the letters of a run."""
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)


def own_words_in(text: str, runs: Runs, rare: Rare) -> list[tuple[int, int]]:
    """Return where a text holds an entry's own words, from and to, from left to right.

    `rare` says of the words of a short run whether one of them is rare.
    """
    return joined(span for words in _readings(words_of(text)) for span in _spans(words, runs, rare))


def _spans(words: list[Word], runs: Runs, rare: Rare) -> Iterator[tuple[int, int]]:
    letters = "".join(word.letters for word in words)
    places, at = {}, 0
    for number, word in enumerate(words):
        places[at] = number
        at += len(word.letters)
    places[at] = len(words)
    for begins, number in places.items():
        for run in runs.beginning(letters[begins : begins + _FIRST]):
            ends = begins + len(run)
            if ends not in places or not letters.startswith(run, begins):
                continue
            if run in runs.many or rare(runs.few[run]):
                yield words[number].start, words[places[ends] - 1].end
                break


def runs_in(text: str, lengths: Collection[int]) -> dict[str, list[tuple[int, int]]]:
    """Return each run of whole words of a text that has one of these numbers of letters.

    With each is where it is, from and to.
    """
    found: dict[str, dict[tuple[int, int], None]] = {}
    for words in _readings(words_of(text)):
        letters = "".join(word.letters for word in words)
        begins = [0, *accumulate(len(word.letters) for word in words)]
        ends = {place: number for number, place in enumerate(begins[1:])}
        for number, place in enumerate(begins[:-1]):
            for length in lengths:
                if (last := ends.get(place + length)) is not None:
                    span = words[number].start, words[last].end
                    found.setdefault(letters[place : place + length], {})[span] = None
    return {run: sorted(spans) for run, spans in found.items()}


def repeats(text: str, others: Iterable[str | None]) -> bool:
    """Say whether a text holds six words in a row of one of these other texts.

    As `own_words_in` finds them. The others are gone through one by one, only until one is found,
    and nothing is kept of them: there may be thousands.
    """
    texts = [_starts("".join(words), words) for words in _as_letters(text)]
    for other in others:
        for said in _as_letters(other or ""):
            for at in range(len(said) - MANY + 1):
                run = "".join(said[at : at + MANY])
                if any(_holds(run, *one) for one in texts):
                    return True
    return False


def _starts(letters: str, words: list[str]) -> tuple[str, set[int], set[str]]:
    places = {0, *accumulate(map(len, words))}
    return letters, places, {letters[place : place + MANY] for place in places}


def _holds(run: str, letters: str, places: set[int], starts: set[str]) -> bool:
    return run[:MANY] in starts and any(  # six words have six letters
        place + len(run) in places and letters.startswith(run, place) for place in places
    )


def whole_in(text: str, words: str) -> list[tuple[int, int]]:
    """Return where a text holds all of these words in a row, from left to right."""
    letters = "".join(letters_of(words))
    return runs_in(text, [len(letters)]).get(letters, []) if letters else []


def quoted_in(text: str, said: str | None) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where a text holds six or more words in a row of what somebody said.

    With each place, where they said it. What repeats their words in another order is left out.
    """
    spans = own_words_in(text, runs_of([said]), lambda _words: False)
    found = [(span, whole_in(said or "", text[slice(*span)])) for span in spans]
    return [(span, places[0]) for span, places in found if places]


def tells_something(words: Iterable[str]) -> bool:
    """Say whether a few words in a row say more than any text does: two are no small ones."""
    return sum(one not in _in_every_text() for one in letters_of(" ".join(words))) >= TELLING


@cache
def _in_every_text() -> frozenset[str]:
    small = " ".join(sections_of("small_words")["English"]).split()
    return words_in_list("commonest_words") | frozenset(small)


def letters_of(text: str) -> list[str]:
    """Return the letters of a text's words, in order, without their places."""
    return [letters for word in _WORD.findall(parted(text)) if (letters := _plain(word))]


def _readings(words: list[Word]) -> Iterator[list[Word]]:
    """Yield the words of a text, and where there are numbers, the words without these."""
    yield words
    if any(word.letters.isdecimal() for word in words):
        yield [word for word in words if not word.letters.isdecimal()]


def _as_letters(text: str) -> Iterator[list[str]]:
    words = letters_of(text)
    yield words
    if any(map(str.isdecimal, words)):
        yield [word for word in words if not word.isdecimal()]


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans from left to right, those that touch or overlap as one."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return together


def replaced(text: str, spans: Iterable[tuple[int, int]], by: str) -> str:
    """Return a text with other words in the place of each span."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], by]
        at = end
    return "".join([*parts, text[at:]])


def _plain(word: str) -> str:
    if word.isascii():  # nearly every word
        return word.lower() if word.isalnum() else "".join(filter(str.isalnum, word.lower()))
    spelt = as_latin(normal("NFKD", as_latin(word).casefold()))
    return "".join(
        letter for letter in spelt if letter.isalnum() and unicodedata.category(letter) != "Lm"
    )
