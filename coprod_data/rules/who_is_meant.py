"""Which of the people who work here a text may be about, so that they do not read it themselves.

Names are looked for, nothing else: a nickname, a slip of the pen or "the tall one" is missed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_data.rules.account_names import TITLES, names_of
from coprod_data.rules.names import APOSTROPHES, ordinary, plain
from coprod_data.rules.who_is_accused import NAME, accused
from coprod_data.vocabulary.entry_care import AboutUs

NEAR = 3  # words between a first name and the trade, at most
AROUND = 30  # words on each side of a first name in which it may say what they did
_TRADE = frozenset(
    [
        "worker",
        "workers",
        "lead",
        "staff",
        "manager",
        "managers",
        "carer",
        "carers",
        "keyworker",
        "socialworker",
        "pa",
    ]
)
_TRADE_OF_TWO = {("youth", "voice"), ("social", "worker"), ("key", "worker")}
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
_SENTENCE_ENDS = ".!?:\n"
_ASKED = frozenset(["tell", "show"])  # what follows is a name, though it is an ordinary word


@dataclass(frozen=True)
class Named:
    """An account holder: the number of the account and the full name on it."""

    id: int
    full_name: str


@dataclass(frozen=True)
class Meant:
    """Whose accounts a text is certainly about, and whose it may be about, never both."""

    certain: set[int]
    maybe: set[int]


@dataclass(frozen=True)
class SaidAbout:
    """What a young person said of whom their words are about: one of us, and who.

    `whom` are ids of people of the two teams; anybody else among them counts for nothing.
    """

    about_us: AboutUs | None = None
    whom: frozenset[int] = frozenset()


NOTHING_SAID = SaidAbout()


@dataclass(frozen=True)
class _Word:
    letters: str
    capital: bool
    begins: bool  # first of a sentence, where a capital says nothing
    sentence: int


def meant(text: str, people: Sequence[Named]) -> Meant:
    """Return who is meant: certain by full name, title and surname, or first name and trade.

    So is a first name with the wish that they are not told, or with what they did to the author.
    A first name by itself is a maybe. Capitals, accents, apostrophes and hyphens make no
    difference. A name of one letter never counts, a first name that is an ordinary word only with
    a capital inside a sentence.
    """
    words = list(_words(text))
    certain = {person.id for person in people if _certainly(words, person)}
    maybe = {person.id for person in people if _first_name_at(words, person)}
    return Meant(certain, maybe - certain)


def _words(text: str) -> Iterator[_Word]:
    sentence, end = 0, 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        end = found.end()
        before = text[: found.start()].rstrip(" \"'“‘(-")
        begins = not before or before[-1] in _SENTENCE_ENDS
        sentence += any(sign in between for sign in _SENTENCE_ENDS)
        capital = found[0][0].isupper() and not found[0][1:].isupper()
        yield _Word(plain(found[0]), capital, begins, sentence)


def _full_names(names: list[str]) -> set[str]:
    """Return the ways to say a full name, without spaces: all of it, or two names of it."""
    two = [(names[0], names[-1]), (names[0], names[1]), (names[-2], names[-1])]
    ways = [one for one in (tuple(names), *two) if any(len(name) > 1 for name in one)]
    return {"".join(one) for one in ways}


def _certainly(words: list[_Word], person: Named) -> bool:
    names = names_of(person.full_name)
    if len(names) > 1:
        wanted = _full_names(names)
        if any(_begins_with(words, at, one) for at in range(len(words)) for one in wanted):
            return True
        if _by_title(words, names[-1]):
            return True
    places = _first_name_at(words, person)
    return any(_near_trade(words, at) or _accused(words, at, places, names[0]) for at in places)


def _begins_with(words: list[_Word], at: int, name: str) -> int:
    """Return after how many words from `at` a name without spaces is complete, or 0."""
    joined = ""
    for number, word in enumerate(words[at:], start=1):
        joined += word.letters
        if joined in {name, f"{name}s"}:
            return number
        if not name.startswith(joined):
            return 0
    return 0


def _by_title(words: list[_Word], surname: str) -> bool:
    if len(surname) < 2:
        return False
    return any(
        words[at].letters in TITLES
        and _begins_with(words, at + 1, surname)
        and (words[at + 1].capital or not ordinary(surname))
        for at in range(len(words) - 1)
    )


def _first_name_at(words: list[_Word], person: Named) -> list[int]:
    """Return where the first name is, one that is a word too only with a telling capital."""
    name = names_of(person.full_name)[:1]
    if not name or len(name[0]) < 2:
        return []
    return [
        at
        for at, word in enumerate(words)
        if _begins_with(words, at, name[0])
        and (
            not ordinary(name[0])
            or (word.capital and not word.begins)
            or (at > 0 and words[at - 1].letters in _ASKED)
        )
    ]


def _accused(words: list[_Word], at: int, places: list[int], name: str) -> bool:
    """Say whether the sentence of a first name, or the next one, asks not to tell or accuses."""
    around, sentence = list[str](), words[at].sentence
    place, end, here = max(0, at - AROUND), min(len(words), at + AROUND), set(places)
    while place < end:
        word = words[place]
        long = _begins_with(words, place, name) if place in here else 0
        if sentence <= word.sentence <= sentence + 1:
            if around and word.sentence > words[place - 1].sentence:
                around.append("|")
            said = "".join(one.letters for one in words[place : place + long])
            around.append(NAME + said.removeprefix(name) if long else word.letters)
        place += long or 1
    return accused(" ".join(around))


def _near_trade(words: list[_Word], at: int) -> bool:
    around = range(max(0, at - NEAR - 1), min(len(words), at + NEAR + 2))
    letters = [word.letters for word in words]
    return any(
        letters[place] in _TRADE or tuple(letters[place : place + 2]) in _TRADE_OF_TWO
        for place in around
    )
