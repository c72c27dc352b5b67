"""The wishes to talk beside entries that have left the queue, as rows above it."""

from collections.abc import Collection
from datetime import datetime

import streamlit as st

from coprod_data.queries.entries_wishes import OpenWish
from pages.parts.html import show
from pages.voice.checking_place import NAMED, Place, go
from pages.voice.checking_rows import moment

SHOWN_IN = frozenset({"all", "mine", "wish", "urgent"})  # lists that such a wish is in


def without_a_row(wishes: list[OpenWish], listed: Collection[int]) -> list[OpenWish]:
    """Return the wishes beside entries that have no row of their own in the queue."""
    return [wish for wish in wishes if wish.entry_id not in listed]


def list_wishes(wishes: list[OpenWish], at: Place, now: datetime) -> None:
    """Show these wishes in the lists that they belong to, the oldest first."""
    if at.show not in SHOWN_IN or at.theme or at.language:
        return
    if wishes:
        title = "They want somebody to talk to them, and their words have left the queue"
        show("section.html", title=title, count=len(wishes))
    for wish in wishes:
        with st.container(key=f"queue-wish-{wish.id}", horizontal=True):
            show("queue_row.html", row=_row(wish, now))
            st.button(
                f"See no. {wish.entry_id}", key=f"wish-{wish.id}-row",
                on_click=go, args=(NAMED.WISH, str(wish.id)),
            )  # fmt: skip


def _row(wish: OpenWish, now: datetime) -> dict[str, object]:
    return {
        "number": wish.entry_id,
        "title": wish.theme,
        "icon": wish.icon,
        "detail": f"Asked {moment(wish.made_at, now)}",
        "pills": [("Wants a person", "violet", "phone")],
        "by": moment(wish.due, now),
        "by_word": "Reach them by",
        "by_note": "Over our target" if wish.late else "",
        "late": wish.late,
        "who": wish.opened_by,
        "who_note": "Waits for a second person" if wish.closing else "",
        "tone": "alert",
    }
