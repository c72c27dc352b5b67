"""The lists of words beside this file: read once, one entry a line, notes behind a `#`."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("word_lists")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of a list without notes and empty lines."""
    raw = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in (kept.split("#")[0].strip() for kept in raw) if line)


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a list; a line may hold several, with spaces between."""
    return frozenset(word for line in lines_of(name) for word in line.split())


@cache
def pairs_of(name: str) -> tuple[tuple[str, str], ...]:
    """Return the two sides of each `this = that` of a list; `this, that = other` is two."""
    return tuple(
        (left.strip(), right.strip())
        for line in lines_of(name)
        for left in line.split("=")[0].split(",")
        for right in [line.split("=")[1]]
    )


@cache
def sections_of(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of a list under each heading, a line like `strong:`."""
    sections: dict[str, list[str]] = {}
    for line in lines_of(name):
        if line.endswith(":"):
            heading = line.removesuffix(":")
        else:
            sections.setdefault(heading, []).append(line)
    return {heading: tuple(lines) for heading, lines in sections.items()}
