"""Unicode's normal forms of a text, in time that grows with its length and no faster.

Marks behind one letter are put in order by comparing each with those before it. So a text of
nothing but marks would take minutes: more than anybody writes on a letter are left out first.
"""

import unicodedata
from typing import Literal

MOST_MARKS = 30  # on one letter; the most marks that any language stacks is far fewer

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
_SPACING_MARKS = "\uff9e\uff9f"  # letters that become marks in the compatible forms


def normal(form: Form, text: str) -> str:
    """Return a text in a normal form, with at most thirty marks on one letter."""
    if text.isascii():
        return text
    return with_few_marks(unicodedata.normalize(form, with_few_marks(text)))


def with_few_marks(text: str) -> str:
    """Return a text without the marks that come behind thirty others."""
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if is_mark(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def is_mark(letter: str) -> bool:
    """Say whether a letter is put on the one before it, now or in a normal form."""
    return unicodedata.category(letter)[0] == "M" or letter in _SPACING_MARKS
