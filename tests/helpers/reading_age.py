"""How hard a text is to read: Flesch-Kincaid grade, automated readability index, sentence length.

Grade 4 is about nine years old. Scores mislead below five words, where only the banned words count.
"""

import re
from dataclasses import dataclass

LONGEST_SENTENCE = 15
HARDEST_PAGE, HARDEST_STRING = 4.0, 6.0
FEWEST_WORDS = 5

# Words of people who run care, and words that a nine-year-old does not read.
BANNED = (
    "LAC", "placement", "contact", "case", "respite", "challenge", "stakeholder", "transition",
    "co-production", "coproduction", "provision", "sibling group", "safeguarding", "disclosure",
    "moderation", "submit", "entry", "consent", "withdraw", "redact", "authenticate",
)  # fmt: skip

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE = re.compile(r"[.?!:;]+(?=\s|$)|\n")


@dataclass(frozen=True)
class Score:
    """Grades by two formulas; below zero is easier than any school year."""

    flesch_kincaid: float
    automated: float

    @property
    def hardest(self) -> float:
        return max(self.flesch_kincaid, self.automated)


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, len(groups) - silent)


def score(text: str) -> Score:
    said = words(text) or [""]
    count, lines = len(said), max(1, len(sentences(text)))
    letters, beats = sum(map(len, said)), sum(map(syllables, said))
    return Score(
        0.39 * count / lines + 11.8 * beats / count - 15.59,
        4.71 * letters / count + 0.5 * count / lines - 21.43,
    )


def banned_in(text: str) -> list[str]:
    return [word for word in BANNED if re.search(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE)]


def too_hard(text: str) -> list[str]:
    """Everything that is wrong with one string of ours, a line each."""
    faults = [f"banned word “{word}” in: {text}" for word in banned_in(text)]
    for sentence in sentences(text):
        if len(words(sentence)) > LONGEST_SENTENCE:
            faults.append(f"{len(words(sentence))} words in: {sentence}")
    if len(words(text)) >= FEWEST_WORDS and (grade := score(text).hardest) > HARDEST_STRING:
        faults.append(f"grade {grade:.1f}: {text}")
    return faults
