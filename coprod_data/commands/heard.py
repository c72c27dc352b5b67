"""How many of each broad group the council has: its own totals, with their day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.models import HeardTotal
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.heard import HeardGroup

MOST = 100_000


def set_totals(
    db: Session,
    actor: Actor,
    *,
    numbers: Mapping[HeardGroup, int | None],
    as_of: date | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Write down how many of each broad group the council has, as of a day.

    A number from 1 to 4 is refused, because it could tell who they are: it is left out, as one is
    that nobody knows. `opened` is what the form showed. Raises Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.HEARD_TOTALS)
    if as_of is None or as_of > london_day(actor.at):
        raise Invalid("Write the day that these numbers are from.", field="as_of")
    for group, number in numbers.items():
        if number is not None and not SMALLEST <= number <= MOST:
            raise Invalid(
                f"{group.words}: leave out a number below {SMALLEST}. It could tell who they are.",
                field=group.value,
            )
    rows = {row.heard: row for row in db.scalars(sa.select(HeardTotal).with_for_update())}
    now = {group.value: rows[group].number if group in rows else None for group in numbers}
    typed = {group.value: number for group, number in numbers.items()}
    must_be_as_opened(now, opened, typed)
    first = next(iter(rows.values()), None)
    for group, number in numbers.items():
        row = rows.get(group)
        if row is None and number is not None:
            row = HeardTotal(heard=group, number=number, as_of=as_of)
            db.add(row)
            first = first or row
        elif row is not None and number is None:
            db.delete(row)
        elif row is not None and number is not None:
            row.number, row.as_of = number, as_of
    if first is not None:
        record_if_changed(db, actor, EventKind.HEARD_TOTALS_SET, first)
