"""What was typed into a search, and the part of a text in which it is found."""

from coprod_data.permissions import Invalid
from coprod_data.rules.texts import SHRINKS, clean

LEAST, MOST = 2, 100  # letters that may be searched for
AROUND = 90  # letters on each side


def words_typed(typed: str) -> list[str]:
    """Return the words of a search, each once. Raises Invalid where it is too short or too long."""
    cleaned = clean(typed.strip()[: MOST * SHRINKS + 1])
    if len(cleaned) > MOST:
        raise Invalid(f"Search for {MOST} letters at most.", field="search")
    words = list(dict.fromkeys(cleaned.casefold().split()))
    if sum(letter.isalnum() for word in words for letter in word) < LEAST:
        raise Invalid(f"Type at least {LEAST} letters or digits.", field="search")
    return words


def excerpt(text: str, words: list[str]) -> str:
    """Return a text, or where it is long its part around the first of these words."""
    line = " ".join(text.split())
    if len(line) <= 2 * AROUND:
        return line
    folded = line.lower()
    place = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    start = max(0, min(place - AROUND, len(line) - 2 * AROUND))
    end = start + 2 * AROUND
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")
