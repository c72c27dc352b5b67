"""What happened, in sentences: for the history, and for the history on a record itself."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.queries.events import EventRow
from coprod_data.queries.events_of import PAGE_SIZE, HappenedRow
from coprod_data.queries.events_told import Change, Value
from coprod_data.rules.clocks import london_day
from pages.parts.html import show
from pages.parts.times import in_month, on, on_and_at

A_FEW = 5
RATING = "RAG rating"
HISTORY = "history"  # in the address: "all" for the whole of it


def show_happened(
    rows: Sequence[HappenedRow], *, title: str = "What happened here", here: str = ""
) -> None:
    """Show what happened to a record, newest first, with old and new values.

    With `here`, the address of its page, only the newest, and a link to all of it.
    """
    short = bool(here) and len(rows) > A_FEW + 1 and st.query_params.get(HISTORY) != "all"
    more = (_all_of(rows), f"{here}&{HISTORY}=all") if short else None
    show(
        "happened.html",
        title=title,
        rows=[
            {
                "when": on_and_at(row.at),
                "who": "You" if row.own else row.who,
                "did": row.did,
                "reason": row.reason,
                "changes": [shown_change(change) for change in row.changes],
            }
            for row in (rows[:A_FEW] if short else rows)
        ],
        newest=PAGE_SIZE if len(rows) == PAGE_SIZE and not short else 0,
        all=more,
    )


def _all_of(rows: Sequence[HappenedRow]) -> str:
    """Return the words of the link to the whole history."""
    if len(rows) == PAGE_SIZE:
        return f"The newest {PAGE_SIZE} changes"
    return f"All {len(rows)} changes since {in_month(london_day(rows[-1].at))}"


def what(row: EventRow | HappenedRow) -> str:
    """Return what somebody did, with old and new values."""
    if not row.changes:
        return row.did
    return f"{row.did}: {'; '.join(change_words(change) for change in row.changes)}"


def change_words(change: Change) -> str:
    """Return one change in words; a fact without a name is its value."""
    what, old, new = shown_change(change)
    return f"{what} from {old} to {new}" if what else new


def shown_change(change: Change) -> tuple[str, str, str]:
    """Return what changed, its old and its new value; a new rating is a fact: "rated green"."""
    old, new = value_words(change.old), value_words(change.new)
    if change.what == RATING and change.old is None:
        return "", "", f"rated {new.partition(':')[0].lower()}"
    return change.what, old, new


def value_words(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value, date):
        return on(value)
    return "none" if value is None else value
