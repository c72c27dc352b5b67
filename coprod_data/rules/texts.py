"""What a typed text must be before it is saved: cleaned, neither empty nor too long."""

import re
import unicodedata

from coprod_data.permissions import Invalid

LONGEST = 5_000

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zs"})  # a text of only joiners and marks says nothing
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")  # letters and signs without ink


def clean(text: str) -> str:
    """Return a text without control and direction-override characters or spaces at its ends.

    Line breaks and tabs stay; letters of any language, emoji and their joiners stay.
    """
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return "".join(
        letter
        for letter in text
        if letter in "\n\t"
        or (unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _DIRECTION)
    ).strip()


def is_blank(text: str) -> bool:
    """Say whether a text shows nothing: empty, or only spaces, joiners, marks and fillers."""
    return all(
        letter in _BLANK or letter in "\n\t" or unicodedata.category(letter) in _UNSEEN
        for letter in text
    )


def optional_text(text: str, field: str, longest: int = LONGEST) -> str:
    """Return a cleaned text that may be empty; one of invisible characters counts as empty.

    Raises Invalid when it is too long.
    """
    cleaned = clean(text)
    if is_blank(cleaned):
        return ""
    if len(cleaned) > longest:
        raise Invalid(
            f"This is {len(cleaned):,} letters long. Keep it to {longest:,}: "
            f"take out {len(cleaned) - longest:,}.",
            field=field,
        )
    return cleaned


def required_text(text: str, field: str, sentence: str, longest: int = LONGEST) -> str:
    """Return a cleaned text. Raises Invalid with `sentence` when empty, or when too long."""
    cleaned = optional_text(text, field, longest)
    if not cleaned:
        raise Invalid(sentence, field=field)
    return cleaned


def required_line(text: str, field: str, sentence: str, longest: int = 160) -> str:
    """Return a cleaned text on one line: a title or a name. Raises Invalid."""
    return " ".join(required_text(text, field, sentence, longest).split())
