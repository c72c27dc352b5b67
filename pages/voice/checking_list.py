"""The rows of the checking queue, the most urgent first, each kind under its own heading."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

import streamlit as st

from coprod_data.queries.entries_holds import HeldEntry
from coprod_data.queries.entries_queue import WaitingEntry
from coprod_data.queries.entries_wishes import OpenWish
from coprod_data.vocabulary.entries import QueueState
from pages.parts.html import show
from pages.voice.checking_opening import open_entry
from pages.voice.checking_place import NAMED, Place, go, shown, waits_for_others
from pages.voice.checking_rows import held_row, queue_row
from pages.voice.checking_wishes import list_wishes, of_this_list

A_PAGE = 10


def list_rows(
    rows: list[WaitingEntry],
    holds: list[HeldEntry],
    wishes: list[OpenWish],
    at: Place,
    now: datetime,
    *,
    opens: bool,
) -> None:
    """Show what is on hold, urgent entries, wishes to talk, what is to be read, and what waits for
    others.
    """
    urgent, to_read, others = _parts(shown(rows, at))
    on_hold = holds if at.show in ("all", "hold") and not at.theme and not at.language else []
    wanted = of_this_list(wishes, at)
    found = [*urgent, *to_read, *others]
    if not found and not on_hold and not wanted:
        if rows or holds or wishes:
            st.text("Nothing here. Choose All to see the rest.")
        return
    first = next((row.id for row in found if row.for_me), None)
    most = len(on_hold) + len(found) if at.everything else max(A_PAGE, _urgent(found, on_hold))
    left = max(0, most - len(on_hold))
    above = bool(on_hold or urgent)
    if above or (found and not wanted):
        show("queue_head.html")
    for hold in on_hold[:most]:
        _hold(hold, now, opens=opens)
    _entries(urgent, left, first, now)
    list_wishes(wanted, now, head=not above)
    above = above or bool(wanted)
    left -= len(urgent)
    if to_read and left > 0 and above:
        show("section.html", title="To read", count=len(to_read))
    _entries(to_read, left, first, now)
    left -= len(to_read)
    if others and left > 0 and (above or to_read):
        show("section.html", title="Waiting for someone else", count=len(others))
    _entries(others, left, first, now)
    more_button(len(on_hold) + len(found) - most)


def _parts(
    found: list[WaitingEntry],
) -> tuple[list[WaitingEntry], list[WaitingEntry], list[WaitingEntry]]:
    """Return these rows in three lists, each in its order: urgent, to be read, and of others."""
    urgent = list(takewhile(_is_urgent, found))
    rest = found[len(urgent) :]
    to_read = [row for row in rest if not waits_for_others(row)]
    return urgent, to_read, [row for row in rest if waits_for_others(row)]


def _is_urgent(row: WaitingEntry) -> bool:
    return row.urgent or row.state in (QueueState.TAKEN_BACK, QueueState.HELD)


def _urgent(found: list[WaitingEntry], on_hold: list[HeldEntry]) -> int:
    """Return how many rows there are down to the last urgent one, which are never folded."""
    places = [number for number, row in enumerate(found, start=1) if _is_urgent(row)]
    return len(on_hold) + max(places, default=0)


def _hold(hold: HeldEntry, now: datetime, *, opens: bool) -> None:
    with st.container(key=f"queue-{hold.id}", horizontal=True):
        show("queue_row.html", row=held_row(hold, now))
        if opens and not hold.about_me:
            read_button(hold.id, primary=hold.first_read_at is None or hold.late)
        else:
            st.button(
                f"See no. {hold.id}", key=f"hold-{hold.id}",
                on_click=go, args=(NAMED.HOLD, str(hold.id)),
            )  # fmt: skip


def _entries(rows: Sequence[WaitingEntry], most: int, first: int | None, now: datetime) -> None:
    for row in rows[: max(0, most)]:
        with st.container(key=f"queue-{row.id}", horizontal=True):
            show("queue_row.html", row=queue_row(row, now))
            if row.about_me:
                st.button(
                    f"See no. {row.id}", key=f"see-{row.id}",
                    on_click=go, args=(NAMED.ENTRY, str(row.id)),
                )  # fmt: skip
            elif not row.typed_by_me:
                read_button(row.id, primary=row.id == first)


def read_button(entry_id: int, *, primary: bool) -> None:
    """Show the button that opens an entry."""
    st.button(
        f"Read no. {entry_id}", key=f"read-{entry_id}", on_click=open_entry, args=(entry_id,),
        type="primary" if primary else "secondary",
    )  # fmt: skip


def more_button(left: int) -> None:
    """Show the button that unfolds this many rows, if there are any."""
    if left > 0:
        st.button(
            f"Show the other {left}" if left > 1 else "Show the other one", key="show-more",
            on_click=go, args=("everything", "1"),
        )  # fmt: skip
