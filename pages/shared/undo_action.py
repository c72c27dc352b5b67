"""Undoing one's own last step on an action: on its page in The Promise, and on My work."""

import streamlit as st

from coprod_data.commands.actions_undo import undo_last_step
from coprod_data.queries.events_of import UndoRow
from pages.parts.forms import saving
from pages.parts.html import show
from pages.parts.times import clock


def undo_button(action_id: int, last: UndoRow, *, of: str = "") -> None:
    """Show what the reader did last, with a button that undoes it; `of` names the action."""
    words, button = st.columns([4, 1], vertical_alignment="center")
    with words:
        show(
            "undo.html",
            did=last.did,
            of=of,
            until=clock(last.until),
            afterwards=last.afterwards,
        )
    with button:
        if st.button("Undo", key=f"undo-{action_id}-{last.id}"):
            with saving("Undone. It is as it was before.") as (db, actor):
                undo_last_step(db, actor, action_id, shown=last.id)
