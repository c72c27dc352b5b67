"""Which entry a checker has open: opening records who reads, and the next opens on a press only."""

import time

import streamlit as st

from coprod_data.commands.entries_checks import open_to_read
from pages.parts.faults import refusals
from pages.parts.sign_in import writing

OPEN = "checking-open"
OPENED_AT = "checking-opened-at"
A_MOMENT = 1.5  # seconds in which a second press was still meant for what was here before


def opened() -> int | None:
    """Return the number of the entry that is open in this tab."""
    number = st.session_state.get(OPEN)
    return number if isinstance(number, int) else None


def open_entry(entry_id: int) -> None:
    """Open an entry's words for this person, or show why not. Used as a callback."""
    with refusals():
        with writing() as (db, actor):
            open_to_read(db, actor, entry_id)
        st.session_state[OPEN] = entry_id
        st.session_state[OPENED_AT] = time.monotonic()


def leave() -> None:
    """Close the entry in this tab; the list is as it was before. Used as a callback."""
    st.session_state.pop(OPEN, None)


def only_just(key: str = OPENED_AT) -> bool:
    """Say whether what is shown is so new that nobody can have read it."""
    return time.monotonic() - float(st.session_state.get(key, 0.0)) < A_MOMENT
