"""How many things wait for somebody, as their menu says it."""

from typing import Any

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_work import plain_work_on_entries
from coprod_data.queries.work import number_of_turns


def number_waiting(db: Any, actor: Actor) -> int:
    """Return the number of things whose turn it is for this person to do."""
    number = number_of_turns(db, actor)
    if actor.may(Permission.ENTRIES_QUEUE) or actor.may(Permission.ENTRIES_READ_HELD):
        number += sum(row.count for row in plain_work_on_entries(db, actor))
    return number
