"""How hard a text is to read: Flesch-Kincaid grade and automated readability index.

Grade 4 is about nine years old. Scores mislead below five words.
"""

import re
from dataclasses import dataclass

FEWEST_WORDS = 5
EASIEST_AGE = 5
SCHOOL_BEGINS = 5  # years old in the grade before the first

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE = re.compile(r"[.?!:;]+(?=\s|$)|\n")


@dataclass(frozen=True)
class Score:
    """Grades by two formulas; below zero is easier than any school year."""

    flesch_kincaid: float
    automated: float

    @property
    def hardest(self) -> float:
        """The grade by the formula that finds it harder."""
        return max(self.flesch_kincaid, self.automated)


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text that have words."""
    return [part.strip() for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Return how many beats a word has when somebody says it."""
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, len(groups) - silent)


def score(text: str) -> Score:
    """Return how hard a text is."""
    said = words(text) or [""]
    count, lines = len(said), max(1, len(sentences(text)))
    letters, beats = sum(map(len, said)), sum(map(syllables, said))
    return Score(
        0.39 * count / lines + 11.8 * beats / count - 15.59,
        4.71 * letters / count + 0.5 * count / lines - 21.43,
    )


def reading_age(text: str) -> int | None:
    """Return from about which age a text can be read; None where it has too few words to say."""
    if len(words(text)) < FEWEST_WORDS:
        return None
    return max(EASIEST_AGE, round(score(text).hardest) + SCHOOL_BEGINS)
