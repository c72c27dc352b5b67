"""What happened, in sentences: for the history, and for the history on a record itself."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coprod_data.queries.events import EventRow
from coprod_data.queries.events_of import PAGE_SIZE, HappenedRow
from coprod_data.queries.events_told import Change, Value
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.events import EventKind
from pages.parts.html import show
from pages.parts.times import in_month, on, on_and_at

A_FEW = 5
RATING, STAGE, STATE = "rating", "stage", "state"
SAY_STATE = tuple(  # these say by themselves what the state is then
    kind.words for kind in (EventKind.AGENDA_PUBLISHED, EventKind.MEETING_ENDED)
)
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
                "did": did,
                "reason": row.reason,
                "changes": [shown_change(change) for change in changes],
            }
            for row in (rows[:A_FEW] if short else rows)
            for did, changes in [in_one_sentence(row)]
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
    did, changes = in_one_sentence(row)
    if not changes:
        return did
    return f"{did}: {'; '.join(change_words(change) for change in changes)}"


def in_one_sentence(row: EventRow | HappenedRow) -> tuple[str, list[Change]]:
    """Return what somebody did, and the changes that this does not say yet.

    A new stage and a new rating of an action are one sentence. What reads the same before and after
    is no change to a reader.
    """
    changes = [one for one in row.changes if not one.what or _differs(one)]
    stage = next((one for one in changes if one.what == STAGE and one.old and one.new), None)
    rated = next((one for one in changes if one.what == RATING), None)
    now = _colour(rated.new) if rated else ""
    if row.did == EventKind.ACTION_MOVED.words and stage:
        did = f"moved it from {stage.old} to {stage.new}" + (f" and rated it {now}" if now else "")
        return did, [one for one in changes if one not in (stage, rated)]
    if row.did == EventKind.ACTION_UPDATED.words and rated and now:
        before = _colour(rated.old)
        did = f"changed the rating from {before} to {now}" if before else f"rated it {now}"
        return did, [one for one in changes if one is not rated]
    if row.did in SAY_STATE:
        return row.did, [one for one in changes if one.what != STATE]
    return row.did, changes


def change_words(change: Change) -> str:
    """Return one change in words; a fact without a name is its value."""
    what, old, new = shown_change(change)
    return f"{what} from {old} to {new}" if what else new


def shown_change(change: Change) -> tuple[str, str, str]:
    """Return what changed, its old and its new value; a new rating is a fact: "rated green"."""
    if change.what != RATING:
        return change.what, value_words(change.old), value_words(change.new)
    if change.old is None:
        return "", "", f"rated {_colour(change.new)}"
    old, new = (_colour(one) or value_words(None) for one in (change.old, change.new))
    return RATING, old, new


def _differs(change: Change) -> bool:
    return value_words(change.old) != value_words(change.new)


def _colour(rating: Value) -> str:
    """Return a rating by its colour, as in a sentence: "red"."""
    return value_words(rating).partition(":")[0].lower() if rating else ""


def value_words(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value, date):
        return on(value)
    return "none" if value is None else value
