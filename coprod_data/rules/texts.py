"""What a typed text must be before it is saved: cleaned, neither empty nor too long."""

import re
import unicodedata

from coprod_data.permissions import Invalid
from coprod_data.rules.letters import normal

LONGEST = 5_000
ONLY_SIGNS = "Write a few words. Dots or one letter are not enough."
SHRINKS = 4  # times: a text whose marks are letters of their own is shorter once it is cleaned

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zs"})  # a text of only joiners and marks says nothing
_CRIES = frozenset("!?¿¡؟\uff01\uff1f")
_FACE = re.compile(r"[:;=]['´`]?-?[()\[\]/\\|<>{}]|</?3")
_BLANK = frozenset("\u2800\U0001d159")  # signs without ink
_NOBODY = frozenset({
    "nobody", "no one", "noone", "none", "no", "nil", "na", "n a", "not applicable", "not yet",
    "nobody yet", "no one yet", "none yet", "tbc", "tbd", "to be confirmed", "unknown", "not known",
    "me", "just me", "myself",
})  # fmt: skip
_FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"), " ")  # letters without ink


def clean(text: str) -> str:
    """Return a text without control and direction-override characters or spaces at its ends.

    Line breaks and tabs stay; letters of any language, emoji and their joiners stay. A letter
    without ink, which would join two words to one, is a space; no letter has over thirty marks.
    """
    text = _LINE_ENDS.sub("\n", text).translate(_FILLERS)
    kept = "".join(
        letter
        for letter in text
        if letter in "\n\t"
        or (unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _DIRECTION)
    )
    return normal("NFC", kept).strip()


def clean_start(text: str, longest: int) -> str:
    """Return the first letters of a text cleaned, however long it is: never more than `longest`."""
    return clean(text.strip()[: longest * SHRINKS])[:longest]


def clean_beside(original: str, shown: str, field: str) -> str:
    """Return what somebody made of an original, cleaned as it was when it came. Raises Invalid."""
    if len(shown) > LONGEST * SHRINKS:
        raise _too_long(len(shown), LONGEST, field)
    return clean(shown) if clean(original) == original else _LINE_ENDS.sub("\n", shown)


def is_blank(text: str) -> bool:
    """Say whether a text shows nothing: empty, or only spaces, joiners, marks and fillers."""
    return all(
        letter in _BLANK
        or ord(letter) in _FILLERS
        or letter in "\n\t"
        or unicodedata.category(letter) in _UNSEEN
        for letter in text
    )


def says_something(text: str) -> bool:
    """Say whether a text may say something: a word, a number, a picture, a cry.

    Dots say nothing, nor does one letter or sign. "??", "!!" and ":(" may be all that a child can
    write; one letter may be a word where it is none of ours.
    """
    if any(unicodedata.category(one) == "So" and one not in _BLANK for one in text):
        return True
    letters = [one for one in text if unicodedata.category(one)[0] in "LN"]
    if len(letters) > 1 or any(not one.isascii() for one in letters):
        return True
    return sum(one in _CRIES for one in text) > 1 or _FACE.search(text) is not None


def optional_text(text: str, field: str, longest: int = LONGEST) -> str:
    """Return a cleaned text that may be empty; one of invisible characters counts as empty.

    Raises Invalid when it is too long.
    """
    text = text.strip()
    if len(text) > longest * SHRINKS and not is_blank(text):
        raise _too_long(len(text), longest, field)
    cleaned = clean(text)
    if is_blank(cleaned):
        return ""
    if len(cleaned) > longest:
        raise _too_long(len(cleaned), longest, field)
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


def optional_names(text: str, field: str, longest: int = 160) -> str:
    """Return on one line who took part; it may be empty, but never names nobody. Raises Invalid."""
    line = " ".join(optional_text(text, field, longest).split())
    if names_nobody(line):
        raise Invalid("Say who it was, or leave it empty.", field=field)
    return line


def names_nobody(text: str) -> bool:
    """Say whether a text that should name who took part says that nobody did, or nothing yet."""
    words = "".join(one if one.isalnum() else " " for one in text.casefold()).split()
    return " ".join(words) in _NOBODY or (bool(text.strip()) and not words)


def fault_of_length(text: str, longest: int) -> str:
    """Return the sentence with which a text would be refused as too long, or nothing."""
    try:
        optional_text(text, "", longest)
    except Invalid as fault:
        return fault.sentence
    return ""


def letters_left(text: str, longest: int) -> int:
    """Return how many letters more a text may have; below zero, how many are too many."""
    return longest - len(clean(text))


def _too_long(letters: int, longest: int, field: str) -> Invalid:
    return Invalid(
        f"This is {letters:,} letters long. Keep it to {longest:,}: "
        f"take out {letters - longest:,}.",
        field=field,
    )


def place_words(place: int) -> str:
    """Return which one of several something is: first, second, third, 4th and so on."""
    words = ("first", "second", "third")
    return words[place - 1] if place <= len(words) else f"{place}th"
