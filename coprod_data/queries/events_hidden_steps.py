"""Events that somebody may not know of, because they are about an entry that may be about them."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Base,
    CardEntry,
    ContactWish,
    EntryQuestion,
    EntrySummary,
    Event,
    Reply,
    SafeguardingHold,
)
from coprod_data.permissions import Actor
from coprod_data.scopes.entries import may_open

OF_THE_TEAM = frozenset(  # not what young people keep or sign: nobody reads whose card it is
    one.__tablename__ for one in (SafeguardingHold, ContactWish, EntryQuestion, EntrySummary, Reply)
)


def entries_of(db: Session, events: Sequence[Event]) -> dict[int, int]:
    """Return, by event id, the entry that what the team did with it belongs to."""
    found: dict[int, int] = {}
    for name, about in _subjects(events).items():
        if name not in OF_THE_TEAM:
            continue
        table = Base.metadata.tables[name]
        rows = sa.select(table.c.id, table.c.entry_id).where(table.c.id.in_(about))
        for subject, entry_id in db.execute(rows):
            found.update(dict.fromkeys(about[subject], entry_id))
    return found


def hidden_from(db: Session, actor: Actor, events: Sequence[Event]) -> set[int]:
    """Return which of these events are about an entry, or a record that belongs to one, of which
    this person may not know.
    """
    hidden: set[int] = set()
    for name, about in _subjects(events).items():
        table = Base.metadata.tables.get(name)
        if table is CardEntry.__table__:
            theirs = sa.select(CardEntry.id).where(CardEntry.id.in_(about))
        elif table is not None and "entry_id" in table.c:
            belongs = CardEntry.id == table.c.entry_id
            theirs = sa.select(table.c.id).join(CardEntry, belongs).where(table.c.id.in_(about))
        else:
            continue
        for subject in db.scalars(theirs.where(~may_open(actor))):
            hidden.update(about[subject])
    return hidden


def _subjects(events: Sequence[Event]) -> dict[str, dict[int, list[int]]]:
    """Return the events by the table and the number of the record that they are about."""
    subjects: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        if event.subject_id is not None:
            subjects[event.subject_type][event.subject_id].append(event.id)
    return subjects
