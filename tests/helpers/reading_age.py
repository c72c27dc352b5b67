"""Whether a sentence of ours is too hard: its grade, its length, and words nobody here may use."""

import re

from coprod_data.rules.reading_age import FEWEST_WORDS, score, sentences, syllables, words

__all__ = ["HARDEST_PAGE", "score", "syllables", "too_hard"]

LONGEST_SENTENCE = 15
HARDEST_PAGE, HARDEST_STRING = 4.0, 6.0

# Words of people who run care, and words that a nine-year-old does not read.
BANNED = (
    "LAC", "placement", "contact", "case", "respite", "challenge", "stakeholder", "transition",
    "co-production", "coproduction", "provision", "sibling group", "safeguarding", "disclosure",
    "moderation", "submit", "entry", "consent", "withdraw", "redact", "authenticate",
)  # fmt: skip


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
