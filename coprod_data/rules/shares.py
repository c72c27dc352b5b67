"""A share of people as survey teams write it: `71%`, `0.71`, `half`, `c`, `28 of 40`."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from coprod_data.permissions import Invalid
from coprod_data.rules.small_numbers import SMALLEST

SMALLEST_BASE = 10
"""Of fewer people no share is shown or compared."""
SMALLEST_BASE_OF_ALL = 20
"""Of fewer people it is not shown that all of them or none said something."""

HIDDEN_AS = frozenset(
    {"c", "*", "**", "x", "z", "..", ":", "-", "–", "—", "n/a", "na", "low", "suppressed", "hidden",
     "[c]", "[x]", "<5", "< 5", "fewer than 5", "less than 5", "under 5", "1-4", "1 to 4"}
)  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_ROUGHLY = re.compile(
    r"\b(?:about|around|almost|nearly|over|under|(?:more|less|fewer) than|just|roughly|some)\b"
)
_OF = re.compile(r"(?P<part>\w+) (?:in|of|out of) (?:every )?(?P<whole>\w+)")


@dataclass(frozen=True)
class Share:
    """A share in percent with one decimal, or None with `hidden` for a cell that its source hid.

    `words` is how it was written, where that was not a number; `doubt` a question to the person who
    brings it, or ''. `base` is how many answered, where the cell says so.
    """

    percent: Decimal | None
    words: str = ""
    hidden: bool = False
    doubt: str = ""
    base: int | None = None


def read_share(written: str) -> Share:
    """Return what a cell says. Raises Invalid for what is no share of people."""
    text = " ".join(written.split()).casefold()
    if not text:
        raise Invalid(
            "This cell is empty. Type the share, or c for a number that must stay hidden."
        )
    if text in HIDDEN_AS:
        return Share(None, hidden=True)
    if (
        number := _number(text.removesuffix("%").replace("per cent", "").replace("percent", ""))
    ) is not None:
        return _of_number(number, text)
    return _of_words(text, " ".join(written.split()))


def whole(percent: Decimal) -> int:
    """Return a share as it is shown: whole, halves up, so that the same share reads the same."""
    return int(percent.quantize(Decimal(1), ROUND_HALF_UP))


def permille(percent: Decimal | None) -> int | None:
    """Return a share as it is kept: a whole number of tenths of a percent."""
    return None if percent is None else int(_tenth(percent) * 10)


def of_permille(kept: int | None) -> Decimal | None:
    """Return a kept share in percent."""
    return None if kept is None else Decimal(kept) / 10


def is_private(percent: Decimal, base: int | None) -> bool:
    """Say whether a share of so many people would tell of fewer than five of them.

    Nobody can say where the base is not known; then the share is as private as its source made it.
    """
    if base is None:
        return False
    if base < SMALLEST_BASE:
        return True
    said = int((percent * base / 100).quantize(Decimal(1), ROUND_HALF_UP))
    if said in (0, base):
        return base < SMALLEST_BASE_OF_ALL
    return said < SMALLEST or base - said < SMALLEST


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _of_number(number: Decimal, text: str) -> Share:
    if not 0 <= number <= 100:
        raise Invalid(f"{text} is no share. Type a number from 0 to 100.")
    says_percent = "%" in text or "cent" in text
    if 0 < number < 1 and not says_percent:
        asked = _tenth(number * 100)
        return Share(asked, doubt=f"{text}: is this {whole(asked)}%?")
    return Share(_tenth(number))


def _of_words(text: str, written: str) -> Share:
    rough = bool(_ROUGHLY.search(text))
    plain = _ROUGHLY.sub("", text).strip()
    percent, base = _fraction(plain)
    if percent is None:
        raise Invalid(f"We cannot read “{written}” as a share. Type a number, with or without %.")
    if not 0 <= percent <= 100:
        raise Invalid(f"{written} is more than all of them. Check both numbers.")
    about = _tenth(percent)
    doubt = f"“{written}”: shall we take {whole(about)}%?" if rough else ""
    return Share(about, words="" if base else written, doubt=doubt, base=base)


def _fraction(text: str) -> tuple[Decimal | None, int | None]:
    """Return a fraction in words as percent, and its base where figures name it."""
    if text in ("all", "everybody", "everyone"):
        return Decimal(100), None
    if text in ("none", "nobody", "no one"):
        return Decimal(0), None
    if of := _OF.fullmatch(text):
        part, base = _counted(of["part"]), _counted(of["whole"])
        if part is None or not base:
            return None, None
        named = (
            base if of["whole"].isdigit() and " of " in text and " out of " not in text else None
        )
        return Decimal(part) * 100 / base, named
    counted = re.fullmatch(r"(?:(a|\w+)[ -])?(half|third|quarter|fifth|tenth)s?", text)
    if counted is None:
        return None, None
    part = 1 if counted[1] in (None, "a") else _counted(counted[1])
    return (None if part is None else Decimal(part) * 100 / _PARTS[counted[2]]), None


def _counted(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 9 else _NUMBERS.get(word)


def _tenth(percent: Decimal) -> Decimal:
    return percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
