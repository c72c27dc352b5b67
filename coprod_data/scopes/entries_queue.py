"""What is on the lists beside the queue: conditions in SQL, no reads. They open no words."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coprod_data.models import CardEntry
from coprod_data.scopes.entries import as_in_its_index, built_once, flagged, held
from coprod_data.vocabulary.entries import Review

Condition = sa.ColumnElement[bool]


def unanswered(before: datetime, entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry was asked back before this moment and got no answer."""
    return sa.and_(
        entry.review == as_in_its_index(Review.ASKED_BACK),
        entry.dealt_at < before,
        entry.withdrawn_at.is_(None),
        ~held(entry),
    )


def left_the_queue(since: datetime) -> tuple[Condition, Condition]:
    """Return two conditions of which one is true for what left the queue after a moment.

    What was ended, kept, passed on or asked back; and what was let out after a flag. Two, because
    each has an index.
    """
    ended = CardEntry.review.in_(
        [as_in_its_index(one) for one in (
            Review.CLOSED, Review.KEPT, Review.PERSONAL_HELP, Review.ASKED_BACK
        )]
    )  # fmt: skip
    out = sa.and_(CardEntry.review == as_in_its_index(Review.RELEASED), flagged())
    recent = sa.and_(CardEntry.dealt_at >= since, CardEntry.withdrawn_at.is_(None), ~held())
    return sa.and_(ended, recent), sa.and_(out, recent)


@built_once
def taken_back_unread(entry: Any = CardEntry) -> Condition:
    """Return the condition that an entry was taken back before it left the queue while it was
    flagged, or after one person alone had read it.

    Its words are kept for safeguarding only, until they are held or let go.
    """
    return sa.and_(entry.kept_unread, ~held(entry))
