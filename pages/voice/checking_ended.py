"""What left the queue in the last 30 days: each may be held, put back, or taken back in."""

import streamlit as st

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import return_to_queue
from coprod_data.permissions import Permission
from coprod_data.queries.entries_queue import WaitingEntry, ended_entries
from coprod_data.vocabulary.entries import QueueState
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.frame import name_tab
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.voice.checking_opening import open_entry
from pages.voice.checking_place import NAMED, back_to_list, go
from pages.voice.checking_rows import ended_row

A_PAGE = 10


def ended_list() -> None:
    """Show what was ended, kept, passed on or asked back, and what went out after a flag."""
    name_tab("The last 30 days")
    st.button("Back to the list", key="back-to-list", on_click=back_to_list)
    with refusals(stop=True), reading() as (db, actor):
        rows, now = ended_entries(db, actor), actor.at
        reads = actor.may(Permission.ENTRIES_READ_RAW)
    show("section.html", title="The last 30 days", count=len(rows))
    st.text("The latest first, with what was let out after a flag. Nothing here is lost.")
    if not rows:
        show(
            "empty.html", title="Nothing yet", icon="history",
            words="What you close, keep, pass on or ask back is listed here for 30 days.",
        )  # fmt: skip
    everything = "everything" in st.query_params
    for row in rows if everything else rows[:A_PAGE]:
        with st.container(key=f"queue-{row.id}", horizontal=True):
            show("queue_row.html", row=ended_row(row, now))
            _acts(row, reads=reads)
    if len(rows) > A_PAGE and not everything:
        st.button(
            f"Show {len(rows) - A_PAGE} more", key="show-more",
            on_click=go, args=("everything", "1"),
        )  # fmt: skip


def _acts(row: WaitingEntry, *, reads: bool) -> None:
    if reads and row.about_me:
        st.button(
            f"See no. {row.id}", key=f"see-{row.id}", on_click=go, args=(NAMED.ENTRY, str(row.id))
        )
    elif reads and not row.typed_by_me:
        st.button(
            f"Read no. {row.id}", key=f"read-{row.id}", on_click=open_entry, args=(row.id,)
        )  # taking words back in needs a reason, so it is on the entry's own page
    if st.button(f"Hold no. {row.id}", key=f"hold-{row.id}"):
        with saving("It is on hold.") as (db, actor):
            hold_entry(db, actor, row.id)
    if row.state is QueueState.RELEASED or row.typed_by_me or not reads:
        return
    if st.button(f"Put back no. {row.id}", key=f"back-{row.id}"):
        with saving(f"No. {row.id} is back in the queue.") as (db, actor):
            return_to_queue(db, actor, row.id)
