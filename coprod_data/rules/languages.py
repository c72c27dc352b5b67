"""What language a text may be in, so that a reader of it is asked. A guess that gates nothing.

By script first, then by the small words that every sentence needs. Text speak and short texts often
say too little, and then nothing is said.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from coprod_data.rules.flag_words import folded
from coprod_data.rules.word_files import sections_of

_LEAST = 2  # small words of a language before it is named
_SHARE = 0.15  # and of all words

_SCRIPTS = (
    ("Arabic script", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("Cyrillic script", "\u0400-\u052f"),
    ("Greek script", "\u0370-\u03ff"),
    ("Hebrew script", "\u0590-\u05ff"),
    ("Ethiopic script", "\u1200-\u137f"),
    ("Devanagari script", "\u0900-\u097f"),
    ("Bengali script", "\u0980-\u09ff"),
    ("Gurmukhi script", "\u0a00-\u0a7f"),
    ("Gujarati script", "\u0a80-\u0aff"),
    ("Tamil script", "\u0b80-\u0bff"),
    ("Thai script", "\u0e00-\u0e7f"),
    ("Korean script", "\uac00-\ud7af\u1100-\u11ff"),
    ("Japanese script", "\u3040-\u30ff"),
    ("Chinese script", "\u4e00-\u9fff"),
)
_OF_SCRIPT = [(name, re.compile(f"[{letters}]")) for name, letters in _SCRIPTS]
_TELLING = {  # letters that one language of a script has and its neighbours have not
    "Cyrillic script": (("Ukrainian", "іїєґ"), ("Russian", "ыэё"), ("Bulgarian", "ъ")),
    "Arabic script": (("Urdu", "ٹڈڑےں"), ("Pashto", "ټډړښځڅ"), ("Kurdish", "ڕڵێۆ"),
        ("Farsi", "پچژگ")),
}  # fmt: skip
ENGLISH = "English"
# Text that had to be respelled: letters set apart, or digits in the place of letters.
_APART = re.compile(r"(?:(?<![^\W\d_])[^\W_](?![^\W\d_])[\s.\-_*]+){4}")
_DIGIT_FOR_LETTER = re.compile(r"[^\W\d_][0-9@$!]+[^\W\d_]")


@dataclass(frozen=True)
class Language:
    """A guess: the name of a language or script, empty where nothing can be said."""

    name: str
    script: bool = False

    @property
    def other(self) -> bool:
        """Say whether somebody who reads another language than English should look."""
        return self.name not in {"", ENGLISH}

    @property
    def words(self) -> str:
        """Return how it reads on screen, empty for English and for what is unknown."""
        if not self.other:
            return ""
        return self.name if self.script else f"Looks like {self.name}"


def language_of(*texts: str) -> Language:
    """Return the language or script that most of these texts is in."""
    text = " ".join(texts)
    letters = sum(letter.isalpha() for letter in text)
    name, found = max(
        ((name, len(pattern.findall(text))) for name, pattern in _OF_SCRIPT),
        key=lambda one: one[1],
    )
    if found >= 3 and found * 4 >= letters:
        for language, telling in _TELLING.get(name, ()):
            if any(letter in telling for letter in text.casefold()):
                return Language(language)
        return Language(name, script=True)
    return _of_small_words(text)


def _of_small_words(text: str) -> Language:
    if _APART.search(text) or _DIGIT_FOR_LETTER.search(text):
        return Language("")  # single letters would be small words of whatever language
    words = re.findall(r"[^\W\d_]+", folded(text))
    counts: Counter[str] = Counter()
    for word in set(words):
        counts.update(_small_words().get(word, ()))
    if not counts:
        return Language("")
    english = counts.pop(ENGLISH, 0)
    name, found = counts.most_common(1)[0] if counts else ("", 0)
    if found >= _LEAST and found > english and found >= _SHARE * len(words):
        return Language(name)
    return Language(ENGLISH if english >= _LEAST else "")


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """Return for each small word the languages that have it."""
    by_word: dict[str, tuple[str, ...]] = {}
    for language, lines in sections_of("small_words").items():
        for word in {word for line in lines for word in line.split()}:
            by_word[word] = (*by_word.get(word, ()), language)
    return by_word
