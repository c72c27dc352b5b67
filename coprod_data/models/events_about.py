"""Which events are about some records, each found by its index: SQL, no reads."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models.events import Event

Subjects = tuple[str, int | sa.Select[int]]


def events_about(*subjects: Subjects) -> type[Event]:
    """Return the events about these records, to select from: each a table with one or more ids.

    They are collected before anything is sorted. PostgreSQL would otherwise read the whole log
    backwards, in the hope that the newest of them come soon.
    """
    each = [
        sa.select(Event).where(
            Event.subject_type == table,
            Event.subject_id == ids if isinstance(ids, int) else Event.subject_id.in_(ids),
        )
        for table, ids in subjects
    ]
    found = sa.union_all(*each).cte("about").prefix_with("MATERIALIZED", dialect="postgresql")
    return aliased(Event, found)
