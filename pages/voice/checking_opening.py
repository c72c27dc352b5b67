"""Which entry a checker has open: opening records who reads, and the next opens by itself."""

import time

import streamlit as st

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.permissions import Refused
from coprod_data.queries.entries_queue import WaitingEntry, entries_to_check
from coprod_data.vocabulary.entries import QueueState
from pages.parts.faults import refusals
from pages.parts.frame import announce
from pages.parts.sign_in import reading, writing

OPEN = "checking-open"
OPENED_AT = "checking-opened-at"
A_MOMENT = 1.5  # seconds in which a second press was still meant for the entry before


def opened() -> int | None:
    """Return the number of the entry that is open in this tab."""
    number = st.session_state.get(OPEN)
    return number if isinstance(number, int) else None


def open_entry(entry_id: int) -> None:
    """Open an entry's words for this person, or show why not. Used as a callback."""
    with refusals():
        _open(entry_id)


def leave() -> None:
    """Close the entry in this tab; it keeps its place in the queue."""
    st.session_state.pop(OPEN, None)


def only_just_opened() -> bool:
    """Say whether the entry opened so recently that nobody can have read it."""
    return time.monotonic() - float(st.session_state.get(OPENED_AT, 0.0)) < A_MOMENT


def go_on(done: str, entry_id: int) -> None:
    """Say what was done and open the next entry waiting for this person, if there is one."""
    announce(done)  # at once: a second press may end this run before the next one is open
    with reading() as (db, actor):
        waiting = [
            row for row in entries_to_check(db, actor) if is_next(row) and row.id != entry_id
        ]
    leave()
    for row in waiting:
        try:
            _open(row.id)
        except Refused:  # somebody else opened it first
            continue
        announce(f"{done} The next one is open.")
        st.rerun()
    announce(f"{done} Nothing else is waiting for you.")
    st.rerun()


def is_next(row: WaitingEntry) -> bool:
    """Say whether a row of the queue is waiting for this person, so that it opens by itself."""
    if row.typed_by_me:
        return False
    if row.state is QueueState.SECOND_READER:
        return not row.proposed_by_me
    return row.state is QueueState.SUBMITTED or (
        row.state is QueueState.IN_REVIEW and row.taken_by_me
    )


def _open(entry_id: int) -> None:
    with writing() as (db, actor):
        open_to_read(db, actor, entry_id)
    st.session_state[OPEN] = entry_id
    st.session_state[OPENED_AT] = time.monotonic()
