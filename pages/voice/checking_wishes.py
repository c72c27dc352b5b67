"""The wishes to talk that have no row of an entry, as rows under a heading of their own."""

from collections.abc import Collection
from datetime import datetime

import streamlit as st

from coprod_data.queries.entries_queue import WaitingEntry
from coprod_data.queries.entries_wishes import OpenWish
from coprod_data.vocabulary.entries import QueueState
from pages.parts.html import show
from pages.parts.looks import look
from pages.voice.checking_place import NAMED, Place, go
from pages.voice.checking_rows import moment

SHOWN_IN = frozenset({"all", "mine", "wish", "urgent"})  # lists that such a wish is in


def without_a_row(
    wishes: list[OpenWish], rows: list[WaitingEntry], held: Collection[int]
) -> list[OpenWish]:
    """Return the wishes that no row of an entry tells of.

    The row of an entry in the queue tells of the wish that counts, and that of one on hold or taken
    back, which safeguarding opens, of all.
    """
    sealed = (QueueState.HELD, QueueState.TAKEN_BACK)
    of_all = {*held, *(row.id for row in rows if row.state in sealed)}
    of_one = {row.id for row in rows}
    return [
        wish
        for wish in wishes
        if wish.entry_id not in (of_all if wish.taken_back else of_all | of_one)
    ]


def of_this_list(wishes: list[OpenWish], at: Place) -> list[OpenWish]:
    """Return these wishes where the list that is shown has any."""
    return wishes if at.show in SHOWN_IN and not at.theme and not at.language else []


def list_wishes(wishes: list[OpenWish], now: datetime, *, head: bool) -> None:
    """Show these wishes under their heading, the oldest first; with `head` the columns' names."""
    if wishes:
        title = "They want somebody to talk to them"
        show("section.html", title=title, count=len(wishes))
        if head:
            show("queue_head.html")
    for wish in wishes:
        with st.container(key=f"queue-wish-{wish.id}", horizontal=True):
            show("queue_row.html", row=_row(wish, now))
            st.button(
                _button(wish),
                key=f"wish-{wish.id}-row", on_click=go, args=(NAMED.WISH, str(wish.id)),
            )  # fmt: skip


def _button(wish: OpenWish) -> str:
    if not wish.which and not wish.taken_back:
        return f"See no. {wish.entry_id}"
    which = f"{wish.which.capitalize()} wish" if wish.which else "Read wish"  # all of it is seen
    return f"{which} ({wish.entry_id})"


def _row(wish: OpenWish, now: datetime) -> dict[str, object]:
    return {
        "number": wish.entry_id,
        "title": wish.theme,
        "icon": wish.icon,
        "detail": _detail(wish, now),
        "pills": [look(QueueState.TAKEN_BACK)]
        if wish.taken_back
        else [("Wants a person", "violet", "phone")],
        "by": moment(wish.due, now),
        "by_word": "Read by" if wish.taken_back else "Reach them by",
        "by_note": "Over our target" if wish.late else "",
        "late": wish.late,
        "who": wish.opened_by,
        "who_note": "Waits for a second person" if wish.closing else "",
        "tone": "alert",
    }


def _detail(wish: OpenWish, now: datetime) -> str:
    """Return which wish of its card it is, and when it was asked and taken back."""
    asked = f"{wish.which} wish, asked" if wish.which else "asked"
    parts = [f"{asked} {moment(wish.made_at, now)}"]
    if wish.taken_back_at is not None:
        parts.append(f"taken back {moment(wish.taken_back_at, now)}")
    told = ", ".join(parts)
    return f"{told[0].upper()}{told[1:]}"
