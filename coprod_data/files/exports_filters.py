"""The filters of a sheet as its address names them, and lists read page by page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from coprod_data.permissions import Invalid

DAMAGED = "This link is damaged. Go back and follow it again."

Filters = Mapping[str, str]
Member = TypeVar("Member", bound=StrEnum)
Row = TypeVar("Row")


def number(filters: Filters, name: str) -> int | None:
    """Return the number that a filter names. Raises Invalid."""
    typed = filters.get(name, "")
    if typed and not (typed.isdecimal() and len(typed) < 10):
        raise Invalid(DAMAGED, field=name)
    return int(typed) if typed else None


def member(filters: Filters, name: str, choices: type[Member]) -> Member | None:
    """Return the member of a closed list that a filter names. Raises Invalid."""
    typed = filters.get(name, "")
    return members(typed, name, choices)[0] if typed else None


def members(typed: str, name: str, choices: type[Member]) -> tuple[Member, ...]:
    """Return the members that a filter names with commas between them. Raises Invalid."""
    try:
        return tuple(choices(value) for value in typed.split(",") if value)
    except ValueError:
        raise Invalid(DAMAGED, field=name) from None


def pages(read: Callable[..., Sequence[Row]]) -> Iterator[Row]:
    """Read all pages of a list."""
    page = 1
    while rows := read(page=page):
        yield from rows
        page += 1
