"""The theme that the address of a list names: of the plan, report cards and opportunities."""

from collections.abc import Collection

from coprod_data.queries.promise import theme_now
from pages.parts.address import number_in_address
from pages.parts.faults import refusals
from pages.parts.sign_in import reading


def theme_in_address(known: Collection[int]) -> int | None:
    """Return which of these themes the address names; one of an earlier Promise is what it is now.

    An address on an old paper so keeps its number.
    """
    number = number_in_address("theme")
    if number is None or number in known:
        return number
    with refusals(stop=True), reading() as (db, actor):
        now = theme_now(db, actor, number)
    return now if now in known else None
