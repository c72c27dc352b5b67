"""The words of a text as the lists of flags spell them, however a child wrote them.

Capitals, marks, digits and signs inside words, letters apart ("h e h i t s m e"), letters drawn
out, the commonest slips, text speak and emoji. What cannot be made out stays as it is written.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product

from coprod_data.rules.flag_phrases import BREAK
from coprod_data.rules.letters import normal
from coprod_data.rules.word_files import pairs_of

_PIECE = re.compile(
    r"(?:[^\W_]|[$@](?=[^\W_]))+(?:[@$!|€*#]+[^\W_]+)*\**"  # a word, signs inside it
    r"|(?<!\.)\.(?=\s|$)|[!?]+(?=\s|$)"  # the end of a sentence
)
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_DIGITS = str.maketrans("034578@$€!|", "oeastbaseil")
_ONE = {"1": "il", "!": "il", "|": "il", "6": "gb", "9": "g", "2": "z"}
_TATWEEL = "\u0640"  # draws Arabic words out
_LETTERS = str.maketrans("łøđıىة", "lodiيه")
_DRAWN_OUT = re.compile(r"(.)\1+")
_VOWELS = "aeiou"
_MOST_LOOKED_AT = 24  # letters of one word; longer ones are no words
_SLIP_FROM = 6  # letters a word needs before a slip in it is looked for


def folded(text: str) -> str:
    """Return a text without capitals, accents and apostrophes, letters in their plain form."""
    plain = normal("NFKC", text).casefold().translate(_LETTERS)
    plain = _APOSTROPHES.sub("", plain).replace(_TATWEEL, "")
    return "".join(
        letter
        for letter in normal("NFD", plain)
        if unicodedata.category(letter) not in {"Mn", "Cf"}
    )


class Spelling:
    """How words are made out: those that a list may ask for, and the ordinary ones beside them."""

    def __init__(
        self,
        asked: Iterable[str],
        rare: Iterable[str],
        beginnings: Iterable[str],
        ordinary: frozenset[str],
    ) -> None:
        """Take the words of all phrases, the rare ones, beginnings of words, ordinary English."""
        self._beginnings = tuple(begin for begin in beginnings if begin.isascii())
        self._ordinary = ordinary
        self._swaps = {left: tuple(right.split()) for left, right in pairs_of("spelling")}
        self._emoji = dict(pairs_of("emoji"))
        self._any_emoji = re.compile("|".join(map(re.escape, self._emoji)))
        self._known = ordinary | frozenset(asked) | self._swaps.keys()
        self._initials = {word for word in self._swaps if len(word) == 2} - ordinary - {"im"}
        self._grave = frozenset(word for word in rare if len(word) > 2 and word.isascii())
        self._slips = dict(_slips(self._grave - ordinary, self._known))
        self._joined: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for left, right in pairs_of("joined"):
            words = tuple(left.split())
            self._joined.setdefault(words[0], []).append((words, right))

    def knows(self, word: str) -> bool:
        """Say whether a list has this word, as it was made out, or the beginning of it."""
        return word in self._known or word.startswith(self._beginnings)

    def words(self, text: str) -> list[str]:
        """Return the words of a text, made out, with a break where a sentence ends."""
        marked = self._any_emoji.sub(lambda found: f" {self._emoji[found[0]]} ", text)
        pieces = [BREAK if piece[0] in ".!?" else piece for piece in _PIECE.findall(folded(marked))]
        seen: dict[str, tuple[str, ...]] = {}
        words: list[str] = []
        for piece in self._together(pieces):
            if piece not in seen:
                seen[piece] = self._made_out(piece)
            words += seen[piece]
        return list(self._as_one(words))

    def _together(self, pieces: list[str]) -> Iterator[str]:
        """Yield the pieces; letters apart and halves of one grave word are put together."""
        at = 0
        while at < len(pieces):
            end = at
            while end < len(pieces) and (len(pieces[end]) == 1):
                end += 1
            while end > at and pieces[end - 1] == BREAK:
                end -= 1
            run = "".join(piece for piece in pieces[at:end] if piece != BREAK)
            if len(run) >= 4 or (len(run) == 3 and run in self._grave):
                for begin in range(0, len(run), 60):
                    yield from self._apart(run[begin : begin + 60])
                at = end
                continue
            both = "".join(pieces[at : at + 2])
            halves = pieces[at : at + 2]
            if both in self._grave and len(both) > 4 and not self._ordinary.issuperset(halves):
                yield both
                at += 2
                continue
            yield pieces[at]
            at += 1

    def _made_out(self, piece: str) -> tuple[str, ...]:
        if piece == BREAK or len(piece) > _MOST_LOOKED_AT * 3:
            return (piece,)
        if piece in self._swaps:
            return self._swaps[piece]
        if piece in self._known or not piece.isascii():
            return (piece,)
        if "*" in piece or "#" in piece:
            return (self._starred(piece),)
        if not piece.isalpha() and not piece.isdigit():
            return self._without_digits(piece)
        return self._guessed(piece) or (piece,)

    def _guessed(self, word: str) -> tuple[str, ...]:
        """Return what a word of letters that nobody knows may be; nothing when that is unclear."""
        for times in (r"\1\1", r"\1"):
            shorter = _DRAWN_OUT.sub(times, word)
            if shorter != word and shorter in self._known:
                return self._swaps.get(shorter, (shorter,))
        if word.endswith("in") and f"{word}g" in self._known:  # "hittin", "wearin"
            return self._swaps.get(f"{word}g", (f"{word}g",))
        if word in self._slips:
            return (self._slips[word],)
        if 7 <= len(word) <= _MOST_LOOKED_AT:
            apart = self._apart(word)
            known = all(part in self._known and (len(part) > 1 or part in "ai") for part in apart)
            if known and self._grave.intersection(apart) and self._initials.isdisjoint(apart):
                return tuple(new for part in apart for new in self._swaps.get(part, (part,)))
        return ()

    def _without_digits(self, piece: str) -> tuple[str, ...]:
        plain = piece.translate(_DIGITS)
        doubtful = [letter for letter in piece if letter in _ONE]
        if len(doubtful) <= 3:
            choices = [_ONE.get(letter, letter) for letter in piece]
            for letters in product(*choices):
                word = "".join(letters).translate(_DIGITS)
                if word in self._known or self._guessed(word) or word.startswith(self._beginnings):
                    return self._swaps.get(word) or self._guessed(word) or (word,)
        parts = [part for part in re.split(r"[@$!|€]+", piece) if part]
        if len(parts) > 1:
            return tuple(word for part in parts for word in self._swaps.get(part, (part,)))
        return (plain if plain.isalpha() and plain in self._known else piece,)

    def _starred(self, piece: str) -> str:
        if not 3 <= len(piece) <= _MOST_LOOKED_AT or not piece[0].isalpha():
            return piece
        shape = re.compile(
            "".join(r"\w" if sign in "*#" else re.escape(sign) for sign in piece.translate(_DIGITS))
        )
        shorter = re.compile(
            re.sub(r"(?:\\w){2,}", r"\\w+", shape.pattern)  # f**k for any number of letters
        )
        letters = sum(sign.isalpha() for sign in piece)
        if letters < 2:
            return piece
        fits = [word for word in self._grave if shape.fullmatch(word) or shorter.fullmatch(word)]
        return min(fits, key=lambda word: (abs(len(word) - len(piece)), word), default=piece)

    def _apart(self, run: str) -> list[str]:
        """Return letters without spaces as the fewest known words; unknown letters one by one."""
        best: list[tuple[int, int]] = [(0, 0)]
        for end in range(1, len(run) + 1):
            best.append(
                min(
                    (best[start][0] + self._weight(run[start:end]), start)
                    for start in range(max(0, end - 14), end)
                )
            )
        words, end = [], len(run)
        while end:
            start = best[end][1]
            words.append(run[start:end])
            end = start
        return words[::-1]

    def _weight(self, word: str) -> int:
        if len(word) == 1:
            return 3 if word in "aiu" else 12
        if word in self._grave:
            return 2
        return 3 + (len(word) == 2) if word in self._known else 12 * len(word)

    def _as_one(self, words: list[str]) -> Iterator[str]:
        """Yield the words; two or three that mean one are put together."""
        at = 0
        while at < len(words):
            for left, right in self._joined.get(words[at], ()):
                if tuple(words[at : at + len(left)]) == left:
                    yield right
                    at += len(left)
                    break
            else:
                yield words[at]
                at += 1


def _slips(words: Iterable[str], known: frozenset[str] | set[str]) -> Iterator[tuple[str, str]]:
    """Yield what one slip makes of a word: a letter left out, doubled or swapped, another vowel."""
    for word in sorted(words):
        if len(word) < _SLIP_FROM:
            continue
        for at, letter in enumerate(word):
            before, after = word[:at], word[at + 1 :]
            made = [before + letter * 2 + after]
            if at:
                made += [before + after, before + after[:1] + letter + after[1:]]
            if letter in _VOWELS:
                made += [before + vowel + after for vowel in _VOWELS]
            for slip in made:
                if slip not in known:
                    yield slip, word
