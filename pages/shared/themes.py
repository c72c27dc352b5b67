"""The theme that the address of a list names: of the plan, report cards and opportunities."""

from collections.abc import Collection, Mapping
from typing import Any

from coprod_data.permissions import Actor
from coprod_data.queries.promise import theme_now
from pages.parts.address import address_now, number_in
from pages.parts.faults import refusals
from pages.parts.sign_in import reading


def theme_in_address(known: Collection[int]) -> int | None:
    """Return which of these themes the address names; one of an earlier Promise is what it is now.

    An address on an old paper so keeps its number.
    """
    with refusals(stop=True), reading() as (db, actor):
        return theme_named(db, actor, address_now(), known)


def theme_named(
    db: Any, actor: Actor, address: Mapping[str, str], known: Collection[int]
) -> int | None:
    """Return which of these themes an address names, as `theme_in_address` does."""
    number = number_in(address, "theme")
    if number is None or number in known:
        return number
    now = theme_now(db, actor, number)
    return now if now in known else None
