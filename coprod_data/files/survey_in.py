"""Survey results of a sheet in its own shape, as findings: each row with its doubts in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coprod_data.commands.surveys import FindingTyped
from coprod_data.files.csv_read import SheetRefused
from coprod_data.permissions import Invalid
from coprod_data.rules.names import is_first_name
from coprod_data.rules.shares import read_share
from coprod_data.vocabulary.surveys import FindingSide

HEADINGS: dict[str, tuple[str, ...]] = {
    "indicator": ("indicator", "question", "measure", "statement", "what we asked", "item"),
    "share": ("percent", "%", "share", "value", "result", "score", "this year", "our council"),
    "base": ("base", "n", "respondents", "answered", "number of replies", "sample", "count"),
    "side": ("side", "higher is", "higher_is", "kind", "direction"),
    "comparator": ("comparator", "other councils", "national", "benchmark", "average", "all las"),
    "reworded": ("reworded", "wording changed", "question changed"),
}
NEEDED = ("indicator", "share")
_OF_ONE_PERSON = re.compile(
    r"\b(?:first ?name|sur ?name|full ?name|forename|child'?s? name|date of birth|d\.?o\.?b\.?"
    r"|birthday|nhs number|upn|postcode|address|e-?mail|respondent id|case number)\b"
)
_WORRIES = ("worse", "worry", "worries", "negative", "concern", "bad")
_YES = ("yes", "y", "true", "1", "x")
PEOPLE = (
    "The column “{heading}” is about single young people. Results come in as shares of a group, "
    "never person by person. Nothing was kept. Delete that column, count, and bring the counts."
)
READ_FIRST = 30  # rows in which the headings are looked for


@dataclass(frozen=True)
class RowIn:
    """A row as it would arrive: a finding, or a `fault`; a `doubt` is a question about it."""

    number: int
    words: str
    finding: FindingTyped | None
    doubt: str = ""
    fault: str = ""


def heading_row(
    rows: Sequence[Sequence[str]], headings: Mapping[str, tuple[str, ...]] = HEADINGS
) -> int:
    """Return which row most likely holds the headings, counted from 0."""
    scores = [len(columns_of(row, headings)) for row in rows[:READ_FIRST]]
    return scores.index(max(scores)) if scores else 0


def columns_of(
    row: Sequence[str], headings: Mapping[str, tuple[str, ...]] = HEADINGS
) -> dict[str, int]:
    """Return what each column most likely is, by name of `headings`."""
    found: dict[str, int] = {}
    plain = [" ".join(heading.casefold().split()) for heading in row]
    for name, known in headings.items():
        exact = [at for at, heading in enumerate(plain) if heading in known]
        near = [
            at for at, heading in enumerate(plain)
            if any(len(word) > 2 and word in heading for word in known)
        ]  # fmt: skip
        free = [at for at in (*exact, *near) if at not in found.values()]
        if free:
            found[name] = free[0]
    return found


def refuse_people(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Refuse a sheet about single people, before anything is kept. Raises SheetRefused."""
    for at, heading in enumerate(headings):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        named = sum(_is_a_name(cell) for cell in cells)
        if _OF_ONE_PERSON.search(heading.casefold()) or (len(cells) > 2 and named * 2 > len(cells)):
            raise SheetRefused(PEOPLE.format(heading=heading or f"column {at + 1}"))


def findings_in(
    rows: Sequence[Sequence[str]], heading_at: int, columns: Mapping[str, int]
) -> list[RowIn]:
    """Return each row below the headings that says anything. Raises SheetRefused."""
    if heading_at >= len(rows):
        raise SheetRefused("There is no such row. Choose the row that holds the headings.")
    for name in NEEDED:
        if name not in columns:
            wanted = "what was asked" if name == "indicator" else "the share"
            raise SheetRefused(f"Choose the column that says {wanted}.")
    below = rows[heading_at + 1 :]
    refuse_people(rows[heading_at], below)
    shares = [cell_of(row, columns, "share") for row in below]
    of_one = any(re.fullmatch(r"0?[.,]\d+", share) for share in shares)
    read = []
    for number, row in enumerate(below, heading_at + 2):
        if not any(cell.strip() for cell in row):
            continue
        read.append(_row(number, row, columns, of_one=of_one))
    if not read:
        raise SheetRefused("There is no row below the headings. Choose another row or sheet.")
    return read


def _row(number: int, row: Sequence[str], columns: Mapping[str, int], *, of_one: bool) -> RowIn:
    words = " ".join(cell_of(row, columns, "indicator").split())
    written = cell_of(row, columns, "share")
    if not words:
        return RowIn(number, words, None, fault="It does not say what was asked.")
    if not written and not cell_of(row, columns, "base"):
        return RowIn(number, words, None, fault="A heading in between: it has no share.")
    try:
        share = read_share(f"{written}.0" if of_one and written in ("0", "1") else written)
        percent, doubt = share.percent, share.doubt
        if of_one and written in ("1", "1.0"):
            percent, doubt = Decimal(100), "1: is this 100%?"
        base = share.base or whole_number(cell_of(row, columns, "base"), "replies")
        compared = cell_of(row, columns, "comparator")
        beside = read_share(compared).percent if compared else None
    except Invalid as fault:
        return RowIn(number, words, None, fault=fault.sentence)
    side = cell_of(row, columns, "side").casefold()
    finding = FindingTyped(
        indicator=words,
        side=FindingSide.WORRY if any(one in side for one in _WORRIES) else FindingSide.GOOD,
        percent=percent,
        said=share.words,
        base=base,
        comparator=beside,
        reworded=cell_of(row, columns, "reworded").casefold() in _YES,
    )
    return RowIn(number, words, finding, doubt)


def cell_of(row: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    """Return what a row says in a column, "" where it has none."""
    at = columns.get(name)
    return row[at].strip() if at is not None and at < len(row) else ""


def whole_number(written: str, word: str) -> int | None:
    """Return a number of people, None for an empty cell. Raises Invalid."""
    plain = written.replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > 7:
        raise Invalid(f"We cannot read “{written}” as a number of {word}.")
    return int(plain)


def _is_a_name(cell: str) -> bool:
    words = cell.split()
    return 1 < len(words) < 4 and all(w[:1].isupper() for w in words) and is_first_name(words[0])
