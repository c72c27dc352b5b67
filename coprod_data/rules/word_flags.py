"""Words that ask a person to read an entry sooner. They never refuse, hide or close anything.

The lists in `word_lists` say what a text may mean: who, does what, to whom. Strong meanings ask for
a second reader; weak ones move the entry up, and whoever decides says first why nobody is at risk.
Many disclosures use none of these words, so a person reads every entry. Where no phrase is found,
`word_weights` says whether the words together sound like harm. The young person never sees a flag.
"""

from dataclasses import dataclass
from functools import cache

from coprod_data.rules.flag_phrases import Book, phrase
from coprod_data.rules.flag_words import Spelling
from coprod_data.rules.languages import language_of
from coprod_data.rules.word_files import pairs_of, sections_of, words_of
from coprod_data.rules.word_weights import ask_for_care, is_weighed
from coprod_data.vocabulary.entries import NOT_OF_WORDS, Flag

KINDS = {flag.value: flag for flag in Flag if flag not in NOT_OF_WORDS}
LANGUAGES = (  # none of them checked by a speaker
    "polish",
    "ukrainian",
    "arabic",
    "welsh",
    "romanian",
    "albanian",
    "urdu_hindi",
    "spanish",
    "french",
)
HARMLESS = ("harmless_sayings", "harmless_things")
NOTHING = "nothing"  # taken out: it only sounds alarming
_TAKEN_OUT = "_"
FEWEST_WORDS = 3  # before it means something that no list has them
KNOWN_AT_MOST = 0.34  # of the words of a text that nobody can make out
KNOWN_BACKWARDS = 0.7  # of one written backwards: some words are others then


@dataclass(frozen=True)
class Flags:
    """Why to read a text sooner. A reason that is strong is not among the weak ones again.

    `read_with_care`: no phrase gives a reason, but the words together sound like one.
    """

    strong: list[Flag]
    weak: list[Flag]
    read_with_care: bool = False

    def __bool__(self) -> bool:
        """Say whether there is any reason."""
        return bool(self.strong or self.weak or self.read_with_care)


@dataclass(frozen=True)
class _Lists:
    spelling: Spelling
    harmless: Book[str]
    strong: Book[Flag]
    weak: Book[Flag]


def flags_in(*texts: str) -> Flags:
    """Return the reasons to read these texts sooner, each in the order of `Flag`.

    They order the queue and ask for a second reader. No text is refused or kept back for them, and
    a text without any may be as grave as one with all.
    """
    lists = _lists()
    strong: set[Flag] = set()
    weak: set[Flag] = set()
    heavy = False
    for text in texts:
        words = spelled(text)
        heavy = heavy or ask_for_care(words)
        plain, doubtful = list(words), list(words)
        for level, start, end in lists.harmless.find(words, enough=False):
            for held in (plain, doubtful) if level == NOTHING else (plain,):
                held[start:end] = [_TAKEN_OUT] * (end - start)
        strong.update(flag for flag, _, _ in lists.strong.find(plain))
        if doubtful != plain:
            weak.update(flag for flag, _, _ in lists.strong.find(doubtful))
        weak.update(flag for flag, _, _ in lists.weak.find(doubtful))
    guess = language_of(*texts)
    heavy = heavy or any(not language_of(text).name and _strange(text) for text in texts)
    return Flags(
        strong=[flag for flag in Flag if flag in strong],
        weak=[flag for flag in Flag if flag in weak - strong],
        read_with_care=heavy and not (strong or weak) and not guess.other,
    )


def spelled(text: str) -> list[str]:
    """Return the words of a text as the lists spell them."""
    return _lists().spelling.words(text)


def _strange(text: str) -> bool:
    """Say whether hardly a word of a text is in any list: an unknown language, or a disguise; or
    whether it has a reason when it is read backwards.
    """
    words = {word for word in spelled(text) if word.isalpha() and len(word) > 1}
    if len(words) < FEWEST_WORDS:
        return False
    known = sum(_lists().spelling.knows(word) or is_weighed(word) for word in words) / len(words)
    backwards = known <= KNOWN_BACKWARDS and _lists().strong.find(spelled(text[::-1]))
    return known <= KNOWN_AT_MOST or any(True for _ in backwards or ())


@cache
def _lists() -> _Lists:
    common = words_of("commonest_words")
    classes = dict(pairs_of("classes"))
    harmless, strong, weak = Book[str](), Book[Flag](), Book[Flag]()
    for name in HARMLESS:
        for level, lines in sections_of(name).items():
            for line in lines:
                harmless.add(phrase(line, classes, common), level)
    for name, flag in KINDS.items():
        for level, lines in sections_of(name).items():
            book = strong if level == "strong" else weak
            for line in lines:
                book.add(phrase(line, classes, common), flag)
    for name in LANGUAGES:
        for kind, lines in sections_of(name).items():
            for line in lines:
                strong.add(phrase(_as_read(line), classes, common), KINDS[kind])
    asked = harmless.words | strong.words | weak.words
    spelling = Spelling(
        asked, strong.rare | weak.rare, strong.beginnings, words_of("ordinary_words")
    )
    return _Lists(spelling, harmless, strong, weak)


def _as_read(line: str) -> str:
    """Return a line of another language, each word also as it is read when it could be English.

    Polish "mam" is read as one's mum before anybody knows that it is Polish.
    """
    english = dict(pairs_of("spelling"))

    def both(word: str) -> str:
        one = english.get(word, word)
        return word if " " in one or one == word else f"{word}/{one}"

    return " ".join(
        piece if piece[0] in "<~!" else "/".join(both(word) for word in piece.split("/"))
        for piece in line.split()
    )


def can_flag(word: str) -> bool:
    """Say whether a flag can rest on this word: a text of none but other words has no flag."""
    lists = _lists()
    return lists.strong.asks_for(word) or lists.weak.asks_for(word)
